package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Conversations (ghl-facts.md 3.6). */
final class ConversationsArea implements GhlArea {
  private static final String VERSION = "2021-04-15";

  private record Change(Item before, Item after) {}

  private final World world;
  private final Finder finder;
  private final ConversationViews views;
  private final Webhooks webhooks;

  ConversationsArea(World world, Webhooks webhooks) {
    this.world = world;
    this.finder = new Finder(world);
    this.views = new ConversationViews(world);
    this.webhooks = webhooks;
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = "/conversations/{conversationId}";
    return List.of(
        gated("GET", "/conversations/search", "readonly", this::search),
        gated("POST", "/conversations/", "write", this::create),
        gated("GET", one, "readonly", this::get),
        gated("PUT", one, "write", this::update),
        gated("DELETE", one, "write", this::delete));
  }

  private static Endpoint gated(
      String method, String path, String access, Function<Call, Reply> operation) {
    return new Gated(method, path, "conversations." + access, VERSION, Access.LOCATION, operation);
  }

  private Reply search(Call call) {
    ConversationSearch search =
        ConversationSearch.of(world, call, world.settings().get(Settings.MOST_CONVERSATIONS));
    String locationId = call.requiredLocation("locationId");
    ConversationSearch.Found found = search.run(world.of(Kind.CONVERSATIONS, locationId));
    JsonArrayBuilder items = JsonText.array();
    found.hits().forEach(hit -> items.add(views.searchItem(hit.item(), hit.sort())));
    return Reply.json(
        200, JsonText.object().add("conversations", items).add("total", found.total()).build());
  }

  private Reply create(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = new BodyCheck(call.body()).required("locationId", "contactId").checked();
    call.requireLocation(body.getString("locationId"));
    String contactId = body.getString("contactId");
    finder.require(call, Kind.CONTACTS, contactId, "Contact");
    Book book = book(call);
    Item made =
        book.exclusively(
            () -> {
              if (!book.allBy("contactId", contactId).isEmpty()) {
                throw new Refused(
                    Errors.badRequest(
                        "Conversation with the contact id:" + contactId + " already exists!"));
              }
              return book.put(
                  Talk.blank(call.grant().locationId(), contactId, world.clock().instant()));
            });
    return Reply.json(
        201, JsonText.object().add("success", true).add("conversation", views.made(made)).build());
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return Reply.json(200, views.one(existing(call)));
  }

  private Reply update(Call call) {
    call.allowQuery(Set.of());
    JsonObject body =
        new BodyCheck(call.body())
            .required("locationId")
            .numbers("unreadCount")
            .flags("starred")
            .objects("feedback")
            .checked();
    call.requireLocation(body.getString("locationId"));
    Book book = book(call);
    Change change =
        book.exclusively(
            () -> {
              Item before = existing(call);
              JsonObjectBuilder after = JsonText.object(before.json());
              for (String field : List.of("unreadCount", "starred")) {
                Optional.ofNullable(body.get(field)).ifPresent(it -> after.add(field, it));
              }
              return new Change(before, book.put(after.build()));
            });
    if (!isSame(change, "unreadCount") || !isSame(change, "starred")) {
      webhooks.happened(
          "ConversationUnreadUpdate",
          call.grant().locationId(),
          views.unreadWebhook(change.after()));
    }
    return Reply.json(
        200,
        JsonText.object()
            .add("success", true)
            .add("conversation", views.written(change.after()))
            .build());
  }

  private static boolean isSame(Change change, String field) {
    return Objects.equals(change.before().json().get(field), change.after().json().get(field));
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    Item gone =
        book.exclusively(
            () -> {
              Item conversation = existing(call);
              book.remove(conversation);
              return conversation;
            });
    Book messages = world.of(Kind.MESSAGES, call.grant().locationId());
    messages.allBy("conversationId", gone.id()).forEach(messages::remove);
    return Reply.json(200, JsonText.object().add("success", true).build());
  }

  private Item existing(Call call) {
    return finder.require(
        call, Kind.CONVERSATIONS, call.variable("conversationId"), "Conversation");
  }

  private Book book(Call call) {
    return world.of(Kind.CONVERSATIONS, call.grant().locationId());
  }
}
