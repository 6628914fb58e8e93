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
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Opportunities (ghl-facts.md 3.2). */
final class OpportunitiesArea implements GhlArea {
  private static final String READ = "opportunities.readonly";
  private static final String WRITE = "opportunities.write";
  private static final String VERSION = "2021-07-28";

  /** Where GoHighLevel's own links to the next page lead: nowhere. */
  private static final String NEXT_PAGE = "http://localhost:5066/opportunities/search";

  private record Change(Item before, Item after) {}

  private final World world;
  private final Finder finder;
  private final OpportunitySearch search;
  private final OpportunityViews views;
  private final OpportunityEvents events;

  OpportunitiesArea(World world, Webhooks webhooks) {
    this.world = world;
    this.finder = new Finder(world);
    this.search = new OpportunitySearch(world);
    this.views = new OpportunityViews(world);
    this.events = new OpportunityEvents(webhooks, views);
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = "/opportunities/{id}";
    return List.of(
        read("GET", "/opportunities/search", this::search),
        read("POST", "/opportunities/search", this::advancedSearch),
        read("GET", one, this::get),
        write("POST", "/opportunities/", this::create),
        write("POST", "/opportunities/upsert", this::upsert),
        write("PUT", one, this::update),
        write("PUT", one + "/status", this::updateStatus),
        write("DELETE", one, this::delete),
        write("POST", one + "/followers", call -> follow(call, true)),
        write("DELETE", one + "/followers", call -> follow(call, false)));
  }

  private static Endpoint read(String method, String path, Function<Call, Reply> operation) {
    return new Gated(method, path, READ, VERSION, Access.LOCATION, operation);
  }

  private static Endpoint write(String method, String path, Function<Call, Reply> operation) {
    return new Gated(method, path, WRITE, VERSION, Access.LOCATION, operation);
  }

  private Reply search(Call call) {
    call.request().queryValue("location_id").ifPresent(call::requireLocation);
    JsonObject body = search.body(call);
    Search.Found found = Search.of(body, search.fields()).run(book(call));
    return Reply.json(
        200,
        JsonText.object()
            .add("opportunities", items(found, OpportunitySearch.details(call.request())))
            .add("meta", meta(found, body.getInt("page", 1), body.getInt("limit")))
            .add("aggregations", JsonText.object())
            .build());
  }

  private static JsonObjectBuilder meta(Search.Found found, int page, int limit) {
    JsonObjectBuilder meta = JsonText.object().add("total", found.total());
    if (!found.hits().isEmpty()) {
      JsonArray cursor = found.hits().getLast().cursor();
      meta.add("startAfter", cursor.get(0)).add("startAfterId", cursor.get(1));
      if (found.hits().size() == limit) {
        meta.add("nextPage", page + 1)
            .add(
                "nextPageUrl",
                "%s?page=%d&startAfter=%s&startAfterId=%s"
                    .formatted(NEXT_PAGE, page + 1, cursor.get(0), cursor.getString(1)));
      }
    }
    if (page > 1) {
      meta.add("prevPage", page - 1);
    }
    return meta.add("currentPage", page);
  }

  private Reply advancedSearch(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    Search.Found found = Search.of(body, search.fields()).run(book(call));
    return Reply.json(
        200,
        JsonText.object()
            .add("opportunities", items(found, OpportunitySearch.details(body)))
            .add("total", found.total())
            .add("aggregations", JsonText.object())
            .build());
  }

  private JsonArrayBuilder items(Search.Found found, Set<String> details) {
    String cursor = world.settings().get(Settings.OPPORTUNITY_CURSOR);
    JsonArrayBuilder items = JsonText.array();
    found.hits().forEach(hit -> items.add(views.searchItem(hit, cursor, details)));
    return items;
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return opportunity(200, existing(call));
  }

  private Reply create(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    JsonObject input = edit(call).checkedCreate(body);
    Book book = book(call);
    Item made =
        book.exclusively(
            () -> {
              Item wanted = edit(call).created(world.newId(), input, world.clock().instant());
              refuseSecond(book, wanted);
              return book.put(wanted);
            });
    events.created(made);
    return opportunity(201, made);
  }

  /** Where a location allows one deal of a contact in a pipeline, a second is refused. */
  private void refuseSecond(Book book, Item wanted) {
    if (allowsDuplicates(wanted.locationId())) {
      return;
    }
    boolean closedCount = world.settings().get(Settings.CLOSED_OPPORTUNITY_IS_DUPLICATE);
    JsonObject json = wanted.json();
    Optional<Item> first =
        book.allBy("contactId", json.getString("contactId")).stream()
            .filter(
                it -> {
                  JsonObject other = it.json();
                  return other.getString("pipelineId").equals(json.getString("pipelineId"))
                      && (closedCount || other.getString("status").equals("open"));
                })
            .findFirst();
    if (first.isPresent()) {
      throw new Refused(
          Errors.badRequest(
              "Can not create duplicate opportunity for the contact.",
              "OPPORTUNITY_NO_DUPLICATE",
              JsonText.object().add("existingId", first.get().id())));
    }
  }

  private boolean allowsDuplicates(String locationId) {
    return world
        .location(locationId)
        .map(it -> it.getJsonObject("settings").getBoolean("allowDuplicateOpportunity", false))
        .orElse(false);
  }

  /** Updates the opportunity that it names; without an id it makes one of no contact. */
  private Reply upsert(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    JsonObject input = OpportunityEdit.checkedUpsert(body);
    Optional<String> id = JsonText.text(input, "id").filter(it -> !it.isEmpty());
    Book book = book(call);
    Instant now = world.clock().instant();
    Change change =
        book.exclusively(
            () -> {
              if (id.isEmpty()) {
                Item made = book.put(edit(call).created(world.newId(), input, now));
                return new Change(made, made);
              }
              Item before = finder.require(call, Kind.OPPORTUNITIES, id.get(), "Opportunity");
              return new Change(before, book.put(edit(call).updated(before, input, now)));
            });
    if (id.isEmpty()) {
      events.created(change.after());
    } else {
      events.changed(change.before(), change.after());
    }
    return Reply.json(
        200,
        JsonText.object()
            .add("opportunity", views.detail(change.after()))
            .add("new", id.isEmpty())
            .build());
  }

  private Reply update(Call call) {
    call.allowQuery(Set.of());
    JsonObject input = edit(call).checkedUpdate(call.body());
    return opportunity(200, changed(call, input).after());
  }

  private Reply updateStatus(Call call) {
    call.allowQuery(Set.of());
    changed(call, OpportunityEdit.checkedStatus(call.body()));
    return succeeded();
  }

  private Change changed(Call call, JsonObject input) {
    Book book = book(call);
    Change change =
        book.exclusively(
            () -> {
              Item before = existing(call);
              Item after = edit(call).updated(before, input, world.clock().instant());
              return new Change(before, book.put(after));
            });
    events.changed(change.before(), change.after());
    return change;
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    Item gone =
        book.exclusively(
            () -> {
              Item opportunity = existing(call);
              book.remove(opportunity);
              return opportunity;
            });
    events.deleted(gone);
    return succeeded();
  }

  private Reply follow(Call call, boolean add) {
    call.allowQuery(add ? Set.of() : Set.of("isRemoveAllFollowers"));
    JsonObject body = new BodyCheck(call.body()).textLists("followers").checked();
    if (!body.containsKey("followers")) {
      return Errors.unprocessable(List.of("followers must be an array"));
    }
    Set<String> sent = new LinkedHashSet<>(texts(body.getJsonArray("followers")));
    boolean all =
        call.request().queryValue("isRemoveAllFollowers").map("true"::equals).orElse(false);
    List<String> touched = new ArrayList<>();
    Book book = book(call);
    Item after =
        book.exclusively(
            () -> {
              JsonObject before = existing(call).json();
              Set<String> followers = new LinkedHashSet<>(texts(before.getJsonArray("followers")));
              if (all) {
                sent.addAll(followers);
              }
              sent.stream()
                  .filter(it -> add ? followers.add(it) : followers.remove(it))
                  .forEach(touched::add);
              return book.put(
                  JsonText.object(before).add("followers", JsonText.array(followers)).build());
            });
    return Reply.json(
        add ? 201 : 200,
        JsonText.object()
            .add("followers", after.json().getJsonArray("followers"))
            .add(add ? "followersAdded" : "followersRemoved", JsonText.array(touched))
            .build());
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }

  private Reply opportunity(int status, Item opportunity) {
    return Reply.json(
        status, JsonText.object().add("opportunity", views.detail(opportunity)).build());
  }

  private static Reply succeeded() {
    return Reply.json(200, JsonText.object().add("succeded", true).build());
  }

  private OpportunityEdit edit(Call call) {
    return new OpportunityEdit(world, call.grant().locationId());
  }

  private Item existing(Call call) {
    return finder.require(call, Kind.OPPORTUNITIES, call.variable("id"), "Opportunity");
  }

  private Book book(Call call) {
    return world.of(Kind.OPPORTUNITIES, call.grant().locationId());
  }
}
