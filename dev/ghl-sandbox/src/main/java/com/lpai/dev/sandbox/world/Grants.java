package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Grant.Actor;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Codes and tokens with their rules (ghl-facts.md 2.2): a code is used once, a refresh token is
 * used once except for a grace of 30 seconds in which it gives the same new pair again.
 */
public final class Grants {

  /** An access token with the refresh token that replaces it. */
  public record TokenPair(String accessToken, String refreshToken, Grant grant) {}

  /** How long an access token lives. */
  public static final Duration ACCESS_LIFE = Duration.ofSeconds(86_399);

  private static final Duration CODE_LIFE = Duration.ofMinutes(10);
  private static final Duration REFRESH_LIFE = Duration.ofDays(365);
  private static final Duration REFRESH_GRACE = Duration.ofSeconds(30);
  private static final Duration USER_TOKEN_LIFE = Duration.ofDays(3650);

  private final Shelf codes;
  private final Shelf accessTokens;
  private final Shelf refreshTokens;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  Grants(Storage storage, InstantSource clock) {
    this.codes = storage.shelf("codes");
    this.accessTokens = storage.shelf("access-tokens");
    this.refreshTokens = storage.shelf("refresh-tokens");
    this.clock = clock;
  }

  /** A code for the app, good once within ten minutes. */
  public String newCode(String locationId, String companyId, String userId, String scope) {
    String code = Ids.secret(30);
    Instant end = clock.instant().plus(CODE_LIFE);
    codes.put(code, new Grant(Actor.APP, locationId, companyId, userId, scope, end).toJson());
    return code;
  }

  /** Trades a code for tokens; empty when it is unknown, used or too old. */
  public Optional<TokenPair> redeem(String code) {
    lock.lock();
    try {
      Optional<Grant> grant = codes.get(code).map(Grant::of).filter(this::isLive);
      codes.remove(code);
      return grant.map(this::newPair);
    } finally {
      lock.unlock();
    }
  }

  /** Trades a refresh token for a new pair; empty when it is unknown, used up or too old. */
  public Optional<TokenPair> refresh(String refreshToken) {
    lock.lock();
    try {
      return refreshTokens.get(refreshToken).flatMap(record -> refresh(refreshToken, record));
    } finally {
      lock.unlock();
    }
  }

  /** What an access token stands for, be it expired or not. */
  public Optional<Grant> find(String accessToken) {
    return accessTokens.get(accessToken).map(Grant::of);
  }

  /** What a code or refresh token stands for, without using it. */
  public Optional<Grant> peek(String codeOrRefreshToken) {
    return codes
        .get(codeOrRefreshToken)
        .map(Grant::of)
        .or(
            () ->
                refreshTokens
                    .get(codeOrRefreshToken)
                    .map(record -> Grant.of(record.getJsonObject("grant"))));
  }

  public boolean isLive(Grant grant) {
    return clock.instant().isBefore(grant.expiresAt());
  }

  /** A token of a person who works in GoHighLevel itself. */
  public String newUserToken(String locationId, String companyId, String userId, String scope) {
    String token = Ids.token();
    Instant end = clock.instant().plus(USER_TOKEN_LIFE);
    Grant grant = new Grant(Actor.USER, locationId, companyId, userId, scope, end);
    accessTokens.put(token, grant.toJson());
    return token;
  }

  /** Ends everything the app holds for a location. */
  public void revokeApp(String locationId) {
    lock.lock();
    try {
      revoke(codes, locationId);
      revoke(accessTokens, locationId);
      for (String key : refreshTokens.keys()) {
        boolean hit =
            refreshTokens
                .get(key)
                .map(record -> Grant.of(record.getJsonObject("grant")))
                .filter(grant -> isOfApp(grant, locationId))
                .isPresent();
        if (hit) {
          refreshTokens.remove(key);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<TokenPair> refresh(String refreshToken, JsonObject record) {
    Grant grant = Grant.of(record.getJsonObject("grant"));
    Optional<Instant> usedAt = JsonText.text(record, "usedAt").map(Instant::parse);
    if (usedAt.isPresent()) {
      boolean inGrace = !clock.instant().isAfter(usedAt.get().plus(REFRESH_GRACE));
      return inGrace
          ? Optional.of(
              new TokenPair(record.getString("nextAccess"), record.getString("nextRefresh"), grant))
          : Optional.empty();
    }
    if (!isLive(grant)) {
      return Optional.empty();
    }
    TokenPair next = newPair(grant);
    refreshTokens.put(
        refreshToken,
        JsonText.object(record)
            .add("usedAt", clock.instant().toString())
            .add("nextAccess", next.accessToken())
            .add("nextRefresh", next.refreshToken())
            .build());
    return Optional.of(next);
  }

  private TokenPair newPair(Grant grant) {
    Instant now = clock.instant();
    TokenPair pair = new TokenPair(Ids.token(), Ids.token(), grant);
    accessTokens.put(pair.accessToken(), grant.until(now.plus(ACCESS_LIFE)).toJson());
    refreshTokens.put(
        pair.refreshToken(),
        JsonText.object().add("grant", grant.until(now.plus(REFRESH_LIFE)).toJson()).build());
    return pair;
  }

  private static void revoke(Shelf shelf, String locationId) {
    for (String key : shelf.keys()) {
      if (shelf.get(key).map(Grant::of).filter(it -> isOfApp(it, locationId)).isPresent()) {
        shelf.remove(key);
      }
    }
  }

  private static boolean isOfApp(Grant grant, String locationId) {
    return grant.actor() == Actor.APP && grant.locationId().equals(locationId);
  }
}
