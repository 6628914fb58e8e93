package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.Seeding.Place;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Locations: made one by one or many at once, counted, suspended. */
final class LocationsControl implements ControlArea {
  private static final int MOST_RECORDS = 1_000_000;
  private static final int MOST_USERS = 1000;
  private static final int MOST_AT_ONCE = 10_000;

  private final World world;
  private final Operator operator;

  LocationsControl(World world, Operator operator) {
    this.world = world;
    this.operator = operator;
  }

  @Override
  public void addTo(Router<Operation> router) {
    router.add("POST", "/sandbox/locations", (request, path) -> create(request));
    router.add("POST", "/sandbox/locations/bulk", (request, path) -> createMany(request));
    router.add("GET", "/sandbox/locations", (request, path) -> list());
    router.add("PUT", "/sandbox/locations/{id}", this::change);
    router.add("PUT", "/sandbox/locations/{id}/users/{userId}", this::writeUser);
    router.add("GET", "/sandbox/locations/{id}/counts", (request, path) -> counts(path));
    router.add("POST", "/sandbox/locations/{id}/suspend", (request, path) -> suspend(path, true));
    router.add("POST", "/sandbox/locations/{id}/resume", (request, path) -> suspend(path, false));
  }

  private Reply create(Request request) {
    StrictJson body = StrictJson.of(request);
    Place plain = Place.of(body.text("locationId"));
    Place place =
        new Place(
            plain.locationId(),
            body.optionalText("companyId").orElse(plain.companyId()),
            body.optionalText("name").orElse(plain.name()),
            timezone(body.optionalText("timezone").orElse(plain.timezone())),
            body.optionalText("country").orElse(plain.country()),
            body.flag("allowDuplicateContact", false),
            body.flag("allowDuplicateOpportunity", false));
    Seeding usual = Seeding.of(place);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, body.count(kind.plural(), usual.count(kind), MOST_RECORDS));
    }
    Seeding seeding =
        new Seeding(
            place,
            body.count("users", usual.users(), MOST_USERS),
            counts,
            body.optionalCount("seed").orElse(usual.seed()));
    body.nothingElse();
    operator.createLocations(List.of(seeding));
    return Reply.json(201, describe(seeding.locationId()));
  }

  private Reply createMany(Request request) {
    StrictJson body = StrictJson.of(request);
    String companyId = body.text("companyId");
    String prefix = body.text("prefix");
    int count = body.count("count", 1, MOST_AT_ONCE);
    int contacts = body.count("contacts", 0, MOST_RECORDS);
    int users = body.count("users", 1, MOST_USERS);
    long seed = body.optionalCount("seed").orElse(1L);
    body.nothingElse();
    List<Seeding> seedings =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> Seeding.of(prefix + number).ofCompany(companyId))
            .map(seeding -> seeding.withUsers(users).withContacts(contacts, seed))
            .toList();
    operator.createLocations(seedings);
    return Reply.json(
        201,
        JsonText.object()
            .add("companyId", companyId)
            .add("count", count)
            .add("locations", JsonText.array(seedings.stream().map(Seeding::locationId).toList()))
            .build());
  }

  private Reply change(Request request, Map<String, String> path) {
    String locationId = path.getOrDefault("id", "");
    operator.changeLocation(locationId, JsonText.parseObject(request.body()));
    return Reply.json(200, operator.requireLocation(locationId));
  }

  private Reply writeUser(Request request, Map<String, String> path) {
    return Reply.json(
        200,
        operator.writeUser(
            path.getOrDefault("id", ""),
            path.getOrDefault("userId", ""),
            JsonText.parseObject(request.body())));
  }

  private static String timezone(String name) {
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("property timezone must be an IANA time zone", unknown);
    }
  }

  private Reply list() {
    return Replies.items(
        world.locations().stream().map(it -> describe(it.getString("id"))).toList());
  }

  private Reply counts(Map<String, String> path) {
    String locationId = path.getOrDefault("id", "");
    if (world.location(locationId).isEmpty()) {
      return Replies.error(404, "there is no location " + locationId);
    }
    return Reply.json(200, countsOf(locationId).build());
  }

  private Reply suspend(Map<String, String> path, boolean suspended) {
    String locationId = path.getOrDefault("id", "");
    operator.requireLocation(locationId);
    if (suspended) {
      world.installs().suspend(locationId);
    } else {
      world.installs().resume(locationId);
    }
    return Reply.json(200, describe(locationId));
  }

  private JsonObject describe(String locationId) {
    JsonObject location = operator.requireLocation(locationId);
    return JsonText.object()
        .add("locationId", locationId)
        .add("companyId", location.getString("companyId"))
        .add("name", location.getString("name"))
        .add("installed", world.installs().has(locationId))
        .add("suspended", world.installs().isSuspended(locationId))
        .add("counts", countsOf(locationId))
        .build();
  }

  private JsonObjectBuilder countsOf(String locationId) {
    JsonObjectBuilder counts = JsonText.object();
    for (Kind kind : Kind.values()) {
      counts.add(kind.plural(), world.of(kind, locationId).size());
    }
    return counts.add("users", world.usersOf(locationId).size());
  }
}
