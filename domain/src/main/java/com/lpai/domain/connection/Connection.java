package com.lpai.domain.connection;

import com.lpai.domain.tenant.CompanyId;
import java.time.Duration;
import java.time.Instant;

/**
 * The connection to one location or company: its state, and when it needs care.
 *
 * @param companyId the company itself, or the location's; {@link CompanyId#UNKNOWN} for a location
 *     that never installed the app
 * @param derivedFromCompany its tokens were got with the company's token
 * @param refreshedAt since when it has its present tokens
 * @param provedAt when a token of it was last seen to work; {@link Instant#EPOCH} when never
 * @param proofDue when its token is shown to the CRM next, used or not
 * @param version counts stored changes; 0 before the first. It is the fence of a renewal: what the
 *     CRM answered is stored only when nobody stored anything since the renewal was written down
 */
public record Connection(
    CompanyId companyId,
    ConnectionState state,
    boolean derivedFromCompany,
    Migration migration,
    Instant installedAt,
    Instant refreshedAt,
    Instant provedAt,
    Instant proofDue,
    long version) {

  /** Tokens are renewed this long before they end (spec 3). */
  public static final Duration AHEAD = Duration.ofHours(2);

  /** A token is proved this often (spec 3). */
  public static final Duration PROOF_EVERY = Duration.ofDays(7);

  /** Nobody ever needs to look. */
  public static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  public static Connection installed(TokenGrant grant, Instant now) {
    return of(grant.companyId(), grant.tokens(), grant.derivedFromCompany(), now);
  }

  public static Connection installed(CompanyGrant grant, Instant now) {
    return of(grant.companyId(), grant.tokens(), false, now);
  }

  private static Connection of(
      CompanyId companyId, OAuthTokens tokens, boolean derivedFromCompany, Instant now) {
    return new Connection(
        companyId,
        new ConnectionState.Active(tokens),
        derivedFromCompany,
        new Migration.None(),
        now,
        now,
        Instant.EPOCH,
        now.plus(PROOF_EVERY),
        0);
  }

  /** A location that has an API key from the time before OAuth. */
  public static Connection legacy(Secret apiKey, Instant now) {
    Migration.Pending key = new Migration.Pending(apiKey);
    return new Connection(
        CompanyId.UNKNOWN, withKeyOnly(key, now), false, key, now, now, Instant.EPOCH, NEVER, 0);
  }

  private static ConnectionState withKeyOnly(Migration.Pending key, Instant now) {
    return key.isAccepted()
        ? ConnectionState.Legacy.WITHOUT_OAUTH
        : new ConnectionState.NeedsInstall(
            "GoHighLevel does not accept location API keys any more: install the app.", now);
  }

  /** The same connection after another installation: new tokens, whatever the state was. */
  public Connection reinstalled(TokenGrant grant, Instant now) {
    return again(installed(grant, now));
  }

  /** The same for a company. */
  public Connection reinstalled(CompanyGrant grant, Instant now) {
    return again(installed(grant, now));
  }

  private Connection again(Connection fresh) {
    return new Connection(
        fresh.companyId,
        fresh.state,
        fresh.derivedFromCompany,
        migration,
        fresh.installedAt,
        fresh.refreshedAt,
        fresh.provedAt,
        fresh.proofDue,
        version);
  }

  /**
   * A renewal is written down, before the CRM is asked.
   *
   * @param hold how long nobody else asks
   */
  public Connection renewing(Instant now, Duration hold) {
    return switch (state) {
      case ConnectionState.Active(OAuthTokens tokens) ->
          in(new ConnectionState.Refreshing(tokens, Attempts.begun(now, hold)));
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          in(new ConnectionState.Refreshing(tokens, attempts.again(now, hold)));
      case ConnectionState.Suspended(OAuthTokens tokens, String why, Instant since, Instant at) ->
          in(new ConnectionState.Suspended(tokens, why, since, now.plus(hold)));
      case ConnectionState.NeedsReauth(Renewal how, String why, Instant since, Instant at) ->
          in(new ConnectionState.NeedsReauth(how, why, since, now.plus(hold)));
      case ConnectionState.Uninstalled uninstalled -> this;
      case ConnectionState.Legacy legacy -> this;
      case ConnectionState.NeedsInstall needsInstall -> this;
    };
  }

  /**
   * The CRM refuses the tokens that it has just granted. More of them would be refused too, so none
   * is asked for before this time.
   */
  public Connection refusedThoughFresh(String why, Instant now, Instant next) {
    return state instanceof ConnectionState.Active(OAuthTokens tokens)
        ? in(new ConnectionState.Refreshing(tokens, new Attempts(now, 1, next, why)))
        : this;
  }

  /** New tokens came: it works, whatever was. */
  public Connection refreshed(OAuthTokens tokens, Instant now) {
    return new Connection(
        companyId,
        new ConnectionState.Active(tokens),
        derivedFromCompany,
        migration,
        installedAt,
        now,
        provedAt,
        proofDue,
        version);
  }

  /** The CRM could not be asked, or its answer says nothing of the tokens: all stays. */
  public Connection renewalFailed(String why, Instant next) {
    return switch (state) {
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          in(new ConnectionState.Refreshing(tokens, attempts.failed(why, next)));
      case ConnectionState.Suspended(OAuthTokens tokens, String was, Instant since, Instant at) ->
          in(new ConnectionState.Suspended(tokens, was, since, next));
      case ConnectionState.NeedsReauth(Renewal how, String was, Instant since, Instant at) ->
          in(new ConnectionState.NeedsReauth(how, was, since, next));
      default -> this;
    };
  }

  /** The CRM says that the location is not active. */
  public Connection suspended(String why, Instant now, Instant next) {
    return switch (state) {
      case ConnectionState.Active(OAuthTokens tokens) ->
          in(new ConnectionState.Suspended(tokens, why, now, next));
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          in(new ConnectionState.Suspended(tokens, why, now, next));
      case ConnectionState.Suspended(OAuthTokens tokens, String was, Instant since, Instant at) ->
          in(new ConnectionState.Suspended(tokens, why, since, next));
      case ConnectionState.NeedsReauth(Renewal how, String was, Instant since, Instant at) ->
          in(new ConnectionState.NeedsReauth(how, was, since, next));
      default -> this;
    };
  }

  /**
   * The CRM refused the tokens for good. A location whose API key still works falls back to it.
   *
   * @param next when a way back is tried
   */
  public Connection condemned(String why, Instant now, Instant next) {
    if (migration instanceof Migration.Pending key && key.isAccepted()) {
      return in(new ConnectionState.Legacy(why));
    }
    return switch (state) {
      case ConnectionState.Active(OAuthTokens tokens) -> needsReauth(tokens, why, now, next);
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          needsReauth(tokens, why, now, next);
      case ConnectionState.Suspended(OAuthTokens tokens, String was, Instant since, Instant at) ->
          needsReauth(tokens, why, now, next);
      case ConnectionState.NeedsReauth(Renewal how, String was, Instant since, Instant at) ->
          in(new ConnectionState.NeedsReauth(how, why, since, next));
      default -> this;
    };
  }

  private Connection needsReauth(OAuthTokens tokens, String why, Instant now, Instant next) {
    return in(new ConnectionState.NeedsReauth(tokens.renewal(), why, now, next));
  }

  /** The CRM refused the API key: nothing is left but to install. */
  public Connection keyRefused(String why, Instant now) {
    return in(new ConnectionState.NeedsInstall(why, now));
  }

  /** A token was seen to work: an API key is not needed any more, a suspension is over. */
  public Connection proved(Instant now) {
    boolean byOAuth = !(state instanceof ConnectionState.Legacy);
    ConnectionState after =
        state
                instanceof
                ConnectionState.Suspended(
                    OAuthTokens tokens,
                    String why,
                    Instant since,
                    Instant next)
            ? new ConnectionState.Active(tokens)
            : state;
    return new Connection(
        companyId,
        after,
        derivedFromCompany,
        byOAuth && migration instanceof Migration.Pending ? new Migration.Done(now) : migration,
        installedAt,
        refreshedAt,
        now,
        now.plus(PROOF_EVERY),
        version);
  }

  /** The app was uninstalled: tokens and key go. */
  public Connection uninstalled(Instant now) {
    return new Connection(
        companyId,
        new ConnectionState.Uninstalled(now),
        derivedFromCompany,
        migration instanceof Migration.Pending ? new Migration.None() : migration,
        installedAt,
        refreshedAt,
        provedAt,
        proofDue,
        version);
  }

  /** The CRM could not be asked whether the token works: again at this time. */
  public Connection proofPostponed(Instant next) {
    return new Connection(
        companyId,
        state,
        derivedFromCompany,
        migration,
        installedAt,
        refreshedAt,
        provedAt,
        next,
        version);
  }

  /** True when its present tokens were never seen to work. */
  public boolean isUnproven() {
    return migration instanceof Migration.Pending
        ? !(state instanceof ConnectionState.Legacy)
        : provedAt.isBefore(refreshedAt);
  }

  /** How long the present access token lives in all. */
  public Duration life(OAuthTokens tokens) {
    return Duration.between(refreshedAt, tokens.expiresAt());
  }

  /** When somebody must look after it, {@link #NEVER} when nobody must. */
  public Instant careAt() {
    return switch (state) {
      case ConnectionState.Active active -> earlier(renewAt(), proofDue);
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          attempts.notBefore();
      case ConnectionState.Suspended suspended -> suspended.notBefore();
      case ConnectionState.NeedsReauth needsReauth -> needsReauth.notBefore();
      case ConnectionState.Uninstalled uninstalled -> NEVER;
      case ConnectionState.Legacy legacy -> NEVER;
      case ConnectionState.NeedsInstall needsInstall -> NEVER;
    };
  }

  /**
   * When a working token is renewed, {@link #NEVER} in other states. Never before half of its life
   * is over, however short that is.
   */
  public Instant renewAt() {
    if (!(state instanceof ConnectionState.Active(OAuthTokens tokens))) {
      return NEVER;
    }
    Duration half = life(tokens).dividedBy(2);
    return tokens.expiresAt().minus(half.compareTo(AHEAD) < 0 ? half : AHEAD);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Connection in(ConnectionState changed) {
    return new Connection(
        companyId,
        changed,
        derivedFromCompany,
        migration,
        installedAt,
        refreshedAt,
        provedAt,
        proofDue,
        version);
  }

  public Connection atVersion(long stored) {
    return new Connection(
        companyId,
        state,
        derivedFromCompany,
        migration,
        installedAt,
        refreshedAt,
        provedAt,
        proofDue,
        stored);
  }
}
