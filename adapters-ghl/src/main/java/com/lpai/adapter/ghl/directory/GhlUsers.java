package com.lpai.adapter.ghl.directory;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlUsersClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.User;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** GoHighLevel's users over HTTP (ghl-facts.md 3.4). */
public final class GhlUsers implements CrmUsers {
  private static final Operation SEARCH =
      new Operation("GET", "/users/search", Operation.Effect.READ, "user", "users.readonly");

  private final GhlUsersClient client;
  private final GhlCalls<LocationId> calls;

  public GhlUsers(GhlUsersClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  /** The cursor is the number of GoHighLevel's records on the pages before. */
  @Override
  public CrmResult<CrmPage<User>> page(
      LocationId locationId, CompanyId companyId, String cursor, int size, CallPriority priority) {
    int skip = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    return calls.call(
        locationId,
        priority,
        SEARCH,
        token ->
            client.search(
                token,
                companyId.value(),
                locationId.value(),
                String.valueOf(skip),
                String.valueOf(size)),
        answer ->
            Records.listed(locationId, answer, "users", GhlUsers::user)
                .map(users -> page(users, answer.body(), skip)));
  }

  private static CrmPage<User> page(List<User> users, JsonObject body, int skip) {
    int listed = JsonReads.list(body, "users").size();
    return new CrmPage<>(
        users,
        listed == 0 ? "" : String.valueOf(skip + listed),
        JsonReads.whole(body, "count").orElse(-1L));
  }

  private static Optional<User> user(JsonObject user) {
    if (JsonReads.flag(user.getOrDefault("deleted", JsonValue.FALSE)).orElse(false)) {
      return Optional.empty();
    }
    String email = JsonReads.text(user, "email").strip().toLowerCase(Locale.ROOT);
    return Records.id(user, "id", GhlUserId::new)
        .map(id -> new User(id, name(user), email, role(user)));
  }

  private static String name(JsonObject user) {
    String whole = JsonReads.text(user, "name").strip();
    return whole.isEmpty()
        ? (JsonReads.text(user, "firstName") + " " + JsonReads.text(user, "lastName")).strip()
        : whole;
  }

  private static String role(JsonObject user) {
    String nested = JsonReads.text(JsonReads.child(user, "roles"), "role");
    return nested.isEmpty() ? JsonReads.text(user, "role") : nested;
  }
}
