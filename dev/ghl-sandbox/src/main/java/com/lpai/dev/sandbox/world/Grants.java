package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Grant.Actor;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Codes and tokens with their rules (ghl-facts.md 2.2): a code is used once, a refresh token is
 * used once except for a grace of 30 seconds in which it gives the same new pair again.
 */
public final class Grants {

  /**
   * An access token with the refresh token that replaces it.
   *
   * @param refreshToken empty where there is none
   */
  public record TokenPair(String accessToken, String refreshToken, Grant grant) {}

  private static final Duration REFRESH_LIFE = Duration.ofDays(365);
  private static final Duration LONG_LIFE = Duration.ofDays(3650);

  private final Shelf codes;
  private final Shelf accessTokens;
  private final Shelf refreshTokens;
  private final Settings settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  Grants(Storage storage, Settings settings, InstantSource clock) {
    this.codes = storage.shelf("codes");
    this.accessTokens = storage.shelf("access-tokens");
    this.refreshTokens = storage.shelf("refresh-tokens");
    this.settings = settings;
    this.clock = clock;
  }

  /** A code for the app, good once within ten minutes. */
  public String newCode(Grant grant) {
    String code = Ids.secret(30);
    Instant end = clock.instant().plusSeconds(settings.get(Settings.CODE_SECONDS));
    codes.put(code, grant.until(end).toJson());
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

  /** A token for a location of a company that has the app. */
  public TokenPair derive(Grant grant, boolean withRefreshToken) {
    lock.lock();
    try {
      return withRefreshToken ? newPair(grant) : new TokenPair(newAccessToken(grant), "", grant);
    } finally {
      lock.unlock();
    }
  }

  /** What an access token stands for, be it live or not. */
  public Optional<Grant> find(String accessToken) {
    return accessTokens.get(accessToken).map(Grant::of);
  }

  /** What a code or refresh token stands for, without using it. */
  public Optional<Grant> peek(String codeOrRefreshToken) {
    return codes
        .get(codeOrRefreshToken)
        .map(Grant::of)
        .or(() -> refreshTokens.get(codeOrRefreshToken).map(Grants::granted));
  }

  public boolean isLive(Grant grant) {
    return !grant.revoked() && clock.instant().isBefore(grant.expiresAt());
  }

  /** A token of a person who works in GoHighLevel itself. */
  public String newUserToken(Grant grant) {
    String token = Ids.token();
    accessTokens.put(token, grant.until(clock.instant().plus(LONG_LIFE)).toJson());
    return token;
  }

  /** A token that somebody made by hand in GoHighLevel: it has no refresh token. */
  public String newPrivateToken(Grant grant) {
    String token = "pit-" + UUID.randomUUID();
    accessTokens.put(token, grant.until(clock.instant().plus(LONG_LIFE)).toJson());
    return token;
  }

  /**
   * Makes access tokens of the app expire now.
   *
   * @return how many were live
   */
  public int expire(Predicate<Grant> whose) {
    lock.lock();
    try {
      Instant now = clock.instant();
      int expired = 0;
      for (String token : accessTokens.keys()) {
        Optional<Grant> grant = find(token).filter(this::isLive).filter(isOfApp().and(whose));
        if (grant.isPresent()) {
          accessTokens.put(token, grant.get().until(now).toJson());
          expired++;
        }
      }
      return expired;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends codes, access tokens and refresh tokens of the app.
   *
   * @return how many access tokens were live
   */
  public int revoke(Predicate<Grant> whose) {
    return end(isOfApp().and(whose));
  }

  /** Ends private integration tokens. */
  public int revokePrivate(Predicate<Grant> whose) {
    return end(whose.and(grant -> grant.actor() == Actor.PRIVATE));
  }

  private int end(Predicate<Grant> whose) {
    lock.lock();
    try {
      for (String code : codes.keys()) {
        if (codes.get(code).map(Grant::of).filter(whose).isPresent()) {
          codes.remove(code);
        }
      }
      for (String token : refreshTokens.keys()) {
        refreshTokens
            .get(token)
            .filter(record -> whose.test(granted(record)))
            .ifPresent(record -> refreshTokens.put(token, ended(record)));
      }
      int live = 0;
      for (String token : accessTokens.keys()) {
        Optional<Grant> grant = find(token).filter(this::isLive).filter(whose);
        if (grant.isPresent()) {
          accessTokens.put(token, grant.get().ended().toJson());
          live++;
        }
      }
      return live;
    } finally {
      lock.unlock();
    }
  }

  private Optional<TokenPair> refresh(String refreshToken, JsonObject record) {
    Grant grant = granted(record);
    Optional<Instant> usedAt = JsonText.text(record, "usedAt").map(Instant::parse);
    if (!isLive(grant)) {
      return Optional.empty();
    }
    if (usedAt.isPresent()) {
      Duration grace = Duration.ofSeconds(settings.get(Settings.REFRESH_GRACE_SECONDS));
      boolean inGrace = !grace.isZero() && !clock.instant().isAfter(usedAt.get().plus(grace));
      return inGrace
          ? Optional.of(
              new TokenPair(record.getString("nextAccess"), record.getString("nextRefresh"), grant))
          : Optional.empty();
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
    TokenPair pair = new TokenPair(newAccessToken(grant), Ids.token(), grant);
    refreshTokens.put(
        pair.refreshToken(),
        JsonText.object()
            .add("grant", grant.until(clock.instant().plus(REFRESH_LIFE)).toJson())
            .build());
    return pair;
  }

  private String newAccessToken(Grant grant) {
    String token = Ids.token();
    Instant end = clock.instant().plusSeconds(settings.get(Settings.ACCESS_TOKEN_SECONDS));
    accessTokens.put(token, grant.until(end).toJson());
    return token;
  }

  private static Grant granted(JsonObject refreshRecord) {
    return Grant.of(refreshRecord.getJsonObject("grant"));
  }

  private static JsonObject ended(JsonObject refreshRecord) {
    return JsonText.object(refreshRecord)
        .add("grant", granted(refreshRecord).ended().toJson())
        .build();
  }

  private static Predicate<Grant> isOfApp() {
    return grant -> grant.actor() == Actor.APP;
  }
}
