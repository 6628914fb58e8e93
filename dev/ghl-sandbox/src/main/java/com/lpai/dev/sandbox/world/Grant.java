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
 * @param actor who acts with it
 * @param locationId empty for a company's
 * @param userId who installed; empty when nobody is named
 * @param scope space separated, as GoHighLevel sends it
 * @param revoked whether it ended before its time; kept, so that its calls can still be told apart
 */
public record Grant(
    Actor actor,
    String locationId,
    String companyId,
    String userId,
    String scope,
    Instant expiresAt,
    boolean revoked) {

  /** Who makes a call. */
  public enum Actor {
    /** The Marketplace app, by OAuth. */
    APP,
    /** A person in GoHighLevel's own user interface. */
    USER,
    /** Whoever has a private integration token. */
    PRIVATE
  }

  /** A grant for one location. */
  public static Grant ofLocation(
      Actor actor, String locationId, String companyId, String userId, String scope) {
    return new Grant(actor, locationId, companyId, userId, scope, Instant.EPOCH, false);
  }

  /** A grant for a company: not good for what belongs to one location. */
  public static Grant ofCompany(Actor actor, String companyId, String userId, String scope) {
    return new Grant(actor, "", companyId, userId, scope, Instant.EPOCH, false);
  }

  public boolean isOfCompany() {
    return locationId.isEmpty();
  }

  /** {@code Company} or {@code Location}, as GoHighLevel says it. */
  public String userType() {
    return isOfCompany() ? "Company" : "Location";
  }

  public Set<String> scopes() {
    return new LinkedHashSet<>(List.of(scope.split(" ", -1)));
  }

  Grant until(Instant end) {
    return new Grant(actor, locationId, companyId, userId, scope, end, revoked);
  }

  Grant ended() {
    return new Grant(actor, locationId, companyId, userId, scope, expiresAt, true);
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("actor", actor.name())
        .add("locationId", locationId)
        .add("companyId", companyId)
        .add("userId", userId)
        .add("scope", scope)
        .add("expiresAt", expiresAt.toString())
        .add("revoked", revoked)
        .build();
  }

  static Grant of(JsonObject json) {
    return new Grant(
        Actor.valueOf(json.getString("actor")),
        json.getString("locationId"),
        json.getString("companyId"),
        json.getString("userId"),
        json.getString("scope"),
        Instant.parse(json.getString("expiresAt")),
        json.getBoolean("revoked", false));
  }
}
