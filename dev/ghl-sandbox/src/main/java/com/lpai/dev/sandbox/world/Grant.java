package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a code or token entitles to.
 *
 * @param actor who acts with it: the app, or a person in GoHighLevel's own user interface
 * @param scope space separated, as GoHighLevel sends it
 */
public record Grant(
    Actor actor,
    String locationId,
    String companyId,
    String userId,
    String scope,
    Instant expiresAt) {

  /** Who makes a call. */
  public enum Actor {
    APP,
    USER
  }

  public Set<String> scopes() {
    return new LinkedHashSet<>(List.of(scope.split(" ", -1)));
  }

  Grant until(Instant end) {
    return new Grant(actor, locationId, companyId, userId, scope, end);
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("actor", actor.name())
        .add("locationId", locationId)
        .add("companyId", companyId)
        .add("userId", userId)
        .add("scope", scope)
        .add("expiresAt", expiresAt.toString())
        .build();
  }

  static Grant of(JsonObject json) {
    return new Grant(
        Actor.valueOf(json.getString("actor")),
        json.getString("locationId"),
        json.getString("companyId"),
        json.getString("userId"),
        json.getString("scope"),
        Instant.parse(json.getString("expiresAt")));
  }
}
