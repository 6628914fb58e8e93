package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Users (ghl-facts.md 3.4). A location's token sees the users of that location only, a company's
 * those of all its locations.
 */
final class UsersArea implements GhlArea {
  private static final String SCOPE = "users.readonly";
  private static final String VERSION = "2021-07-28";
  private static final Set<String> SEARCH =
      Set.of(
          "companyId",
          "locationId",
          "query",
          "skip",
          "limit",
          "type",
          "role",
          "ids",
          "sort",
          "sortDirection",
          "enabled2waySync");

  private final World world;

  UsersArea(World world) {
    this.world = world;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Gated("GET", "/users/search", SCOPE, VERSION, Access.ANY, this::search),
        new Gated("GET", "/users/{userId}", SCOPE, VERSION, Access.ANY, this::get));
  }

  private Reply search(Call call) {
    call.allowQuery(SEARCH);
    List<String> complaints = new ArrayList<>();
    Optional<String> companyId = call.request().queryValue("companyId");
    if (companyId.isEmpty()) {
      complaints.add("companyId should not be empty");
      complaints.add("companyId must be a string");
    }
    int skip = call.number("skip", 0, complaints);
    int limit = call.number("limit", 25, complaints);
    Errors.refuseIfAny(complaints);
    if (!companyId.equals(Optional.of(call.grant().companyId()))) {
      throw new Refused(Errors.forbidden());
    }
    Optional<String> locationId = call.request().queryValue("locationId");
    if (!call.grant().isOfCompany()) {
      locationId.ifPresent(call::requireLocation);
    }
    List<JsonObject> found = matching(call).toList();
    return Reply.json(
        200,
        JsonText.object()
            .add("users", JsonText.array(found.stream().skip(skip).limit(limit).toList()))
            .add("count", found.size())
            .build());
  }

  private Stream<JsonObject> matching(Call call) {
    Optional<String> query =
        call.request().queryValue("query").map(it -> it.toLowerCase(Locale.ROOT));
    Optional<List<String>> ids =
        call.request().queryValue("ids").map(it -> List.of(it.split(",", -1)));
    Optional<String> type = call.request().queryValue("type");
    Optional<String> role = call.request().queryValue("role");
    Optional<String> locationId = call.request().queryValue("locationId");
    return found(call)
        .filter(user -> locationId.map(it -> worksIn(user, it)).orElse(true))
        .filter(user -> query.map(it -> mentions(user, it)).orElse(true))
        .filter(user -> ids.map(it -> it.contains(user.getString("id"))).orElse(true))
        .filter(user -> type.map(roles(user).getString("type")::equals).orElse(true))
        .filter(user -> role.map(roles(user).getString("role")::equals).orElse(true));
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    String userId = call.variable("userId");
    return visible(call)
        .filter(user -> user.getString("id").equals(userId))
        .findFirst()
        .map(user -> Reply.json(200, JsonText.object(user).remove("deleted").build()))
        .orElseGet(
            () ->
                Errors.notFound(
                    world.settings().get(Settings.NOT_FOUND_STATUS),
                    "User with id " + userId + " not found"));
  }

  private Stream<JsonObject> visible(Call call) {
    return locationIds(call).flatMap(id -> world.usersOf(id).stream());
  }

  private Stream<JsonObject> found(Call call) {
    return world.settings().get(Settings.DELETED_USERS_ARE_FOUND)
        ? locationIds(call).flatMap(id -> world.presentAndDeletedUsersOf(id).stream())
        : visible(call);
  }

  private Stream<String> locationIds(Call call) {
    return call.grant().isOfCompany()
        ? world.locationsOf(call.grant().companyId()).stream().map(it -> it.getString("id"))
        : Stream.of(call.grant().locationId());
  }

  private static boolean worksIn(JsonObject user, String locationId) {
    return roles(user).getJsonArray("locationIds").contains(JsonText.string(locationId));
  }

  private static JsonObject roles(JsonObject user) {
    return user.getJsonObject("roles");
  }

  private static boolean mentions(JsonObject user, String text) {
    return Stream.of("name", "email", "phone")
        .map(field -> user.getString(field).toLowerCase(Locale.ROOT))
        .anyMatch(value -> value.contains(text));
  }
}
