package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contacts (ghl-facts.md 3.1). */
final class ContactsArea implements GhlArea {
  private static final String READ = "contacts.readonly";
  private static final String WRITE = "contacts.write";
  private static final String VERSION = "2021-07-28";

  private record Change(Item before, Item after) {}

  private record Upserted(Change change, boolean isNew) {}

  private final World world;
  private final Finder finder;
  private final Duplicates duplicates;
  private final ContactEvents events;

  ContactsArea(World world, Webhooks webhooks) {
    this.world = world;
    this.finder = new Finder(world);
    this.duplicates = new Duplicates(world);
    this.events = new ContactEvents(webhooks);
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = "/contacts/{contactId}";
    String tags = "/contacts/{contactId}/tags";
    return List.of(
        new Gated("POST", "/contacts/search", READ, VERSION, Access.LOCATION, this::search),
        new Gated(
            "GET", "/contacts/search/duplicate", READ, VERSION, Access.LOCATION, this::duplicate),
        new Gated("POST", "/contacts/upsert", WRITE, VERSION, Access.LOCATION, this::upsert),
        new Gated("POST", "/contacts/", WRITE, VERSION, Access.LOCATION, this::create),
        new Gated("GET", one, READ, VERSION, Access.LOCATION, this::get),
        new Gated("PUT", one, WRITE, VERSION, Access.LOCATION, this::update),
        new Gated("DELETE", one, WRITE, VERSION, Access.LOCATION, this::delete),
        new Gated("POST", tags, WRITE, VERSION, Access.LOCATION, call -> tag(call, 201, true)),
        new Gated("DELETE", tags, WRITE, VERSION, Access.LOCATION, call -> tag(call, 200, false)));
  }

  private Reply search(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    boolean lowerCaseNamesOnly = world.settings().get(Settings.LOWER_CASE_NAMES_IN_SEARCH);
    Search.Found found = Search.of(body, ContactSearch.FIELDS).run(book(call));
    JsonArrayBuilder items = JsonText.array();
    for (Search.Hit hit : found.hits()) {
      items.add(ContactViews.searchItem(hit.item().json(), hit.cursor(), lowerCaseNamesOnly));
    }
    return Reply.json(
        200, JsonText.object().add("contacts", items).add("total", found.total()).build());
  }

  private Reply duplicate(Call call) {
    call.allowQuery(Set.of("locationId", "number", "email"));
    Optional<String> locationId = call.request().queryValue("locationId");
    if (locationId.isEmpty()) {
      return Errors.unprocessable(
          List.of("locationId should not be empty", "locationId must be a string"));
    }
    call.requireLocation(locationId.get());
    Optional<String> email = call.request().queryValue("email").map(ContactsArea::email);
    Optional<String> phone =
        call.request().queryValue("number").flatMap(it -> PhoneForm.normalised(it, country(call)));
    JsonValue found =
        duplicates
            .find(book(call), locationId.get(), email, phone)
            .map(it -> (JsonValue) ContactViews.detail(it.contact().json()))
            .orElse(JsonValue.NULL);
    return Reply.json(200, JsonText.object().add("contact", found).build());
  }

  private Reply create(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    Map<String, JsonValue> input = ContactInput.ofCreate(body, country(call));
    Book book = book(call);
    Item contact =
        book.exclusively(
            () -> {
              Item created =
                  ContactEdit.created(
                      world.newId(), call.grant().locationId(), input, world.clock().instant());
              duplicates.refuse(book, created, input.keySet());
              book.put(created);
              return created;
            });
    events.created(contact);
    return Reply.json(
        201, JsonText.object().add("contact", ContactViews.created(contact.json())).build());
  }

  private Reply upsert(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    Map<String, JsonValue> input = ContactInput.ofUpsert(body, country(call));
    boolean newIfAllowed = body.getBoolean("createNewIfDuplicateAllowed", false);
    Book book = book(call);
    Upserted upserted =
        book.exclusively(
            () -> {
              Upserted made = upserted(call, book, input, newIfAllowed);
              book.put(made.change().after());
              return made;
            });
    Change change = upserted.change();
    if (upserted.isNew()) {
      events.created(change.after());
    } else {
      events.changed(change.before(), change.after());
    }
    return Reply.json(
        200,
        JsonText.object()
            .add("new", upserted.isNew())
            .add("contact", ContactViews.detail(change.after().json()))
            .build());
  }

  private Upserted upserted(
      Call call, Book book, Map<String, JsonValue> input, boolean newIfAllowed) {
    String locationId = call.grant().locationId();
    Instant now = world.clock().instant();
    Item wanted = ContactEdit.created(world.newId(), locationId, input, now);
    Optional<Item> existing =
        newIfAllowed && duplicates.areAllowed(locationId)
            ? Optional.empty()
            : duplicates.toUpdate(book, wanted);
    if (existing.isEmpty()) {
      return new Upserted(new Change(wanted, wanted), true);
    }
    Item before = existing.get();
    Map<String, JsonValue> own = duplicates.withoutForeign(book, before, input);
    return new Upserted(new Change(before, ContactEdit.updated(before, own, now)), false);
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return Reply.json(
        200, JsonText.object().add("contact", ContactViews.detail(existing(call).json())).build());
  }

  private Reply update(Call call) {
    call.allowQuery(Set.of());
    Map<String, JsonValue> input = ContactInput.ofUpdate(call.body(), country(call));
    Book book = book(call);
    Change change =
        book.exclusively(
            () -> {
              Item before = existing(call);
              Item after = ContactEdit.updated(before, input, world.clock().instant());
              duplicates.refuse(book, after, input.keySet());
              book.put(after);
              return new Change(before, after);
            });
    events.changed(change.before(), change.after());
    return Reply.json(
        200,
        JsonText.object()
            .add("succeded", true)
            .add("contact", ContactViews.detail(change.after().json()))
            .build());
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    Item gone =
        book.exclusively(
            () -> {
              Item contact = existing(call);
              book.remove(contact);
              return contact;
            });
    events.deleted(gone);
    return Reply.json(200, JsonText.object().add("succeded", true).build());
  }

  private Reply tag(Call call, int status, boolean add) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    List<String> unknown =
        body.keySet().stream()
            .filter(name -> !name.equals("tags"))
            .map(name -> "property " + name + " should not exist")
            .toList();
    Errors.refuseIfAny(unknown);
    JsonValue given = body.getOrDefault("tags", JsonValue.NULL);
    Errors.refuseIfAny(ContactInput.tagComplaints(given));
    Book book = book(call);
    Change change =
        book.exclusively(
            () -> {
              Item before = existing(call);
              JsonArray tags = changedTags(before, given.asJsonArray(), add);
              Item after =
                  ContactEdit.updated(before, Map.of("tags", tags), world.clock().instant());
              book.put(after);
              return new Change(before, after);
            });
    events.changed(change.before(), change.after());
    return Reply.json(
        status, JsonText.object().add("tags", change.after().json().getJsonArray("tags")).build());
  }

  private static JsonArray changedTags(Item contact, JsonArray given, boolean add) {
    Set<String> tags = new LinkedHashSet<>();
    contact
        .json()
        .getJsonArray("tags")
        .getValuesAs(JsonString.class)
        .forEach(tag -> tags.add(tag.getString()));
    for (JsonString tag : given.getValuesAs(JsonString.class)) {
      if (add) {
        tags.add(tag.getString());
      } else {
        tags.remove(tag.getString());
      }
    }
    return JsonText.array(tags).build();
  }

  private Item existing(Call call) {
    return finder.require(call, Kind.CONTACTS, call.variable("contactId"), "Contact");
  }

  private Book book(Call call) {
    return world.of(Kind.CONTACTS, call.grant().locationId());
  }

  private String country(Call call) {
    return world
        .location(call.grant().locationId())
        .flatMap(it -> JsonText.text(it, "country"))
        .orElse("US");
  }

  private static String email(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
