package com.lpai.adapter.mongo.connection;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.connection.Attempts;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A connection as a document, and back. Its secrets go apart, by name: the document holds their
 * ciphertexts in {@code secrets}. Documents of the first form, which has no {@code careAt}, are
 * read too.
 */
final class ConnectionDocuments {
  /** The data key of the stored secrets. */
  static final String KEY_ID = "keyId";

  /** The data key of secrets that are gone: garbage, deleted as soon as anyone can. */
  static final String RETIRED_KEY_ID = "retiredKeyId";

  static final String COMPANY_ID = "companyId";
  static final String STATE = "state";
  static final String CARE_AT = "careAt";

  /** The state's word while a renewal is begun. */
  static final String REFRESHING = "refreshing";

  private static final String REASON = "reason";
  private static final String SINCE = "since";
  private static final String NOT_BEFORE = "notBefore";
  private static final String ATTEMPTS = "attempts";
  private static final String FIRST = "first";
  private static final String COUNT = "count";
  private static final String TROUBLE = "trouble";
  private static final String TOKENS = "tokens";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String SCOPES = "scopes";
  private static final String RENEWAL = "renewal";
  private static final String DERIVED = "derivedFromCompany";
  private static final String MIGRATION = "migration";
  private static final String MIGRATED_AT = "migratedToOAuth";
  private static final String INSTALLED_AT = "installedAt";
  private static final String REFRESHED_AT = "refreshedAt";
  private static final String PROVED_AT = "provedAt";
  private static final String PROOF_DUE = "proofDue";

  // Names of secrets; the first two are stored inside the tokens.
  private static final String ACCESS = "access";
  private static final String REFRESH = "refresh";
  private static final String API_KEY = "apiKey";

  private static final String BY_REFRESH_TOKEN = "refreshToken";
  private static final String FROM_COMPANY = "company";
  private static final String NEVER = "never";
  private static final String PENDING = "pending";
  private static final String DONE = "done";

  private static final String KEY_IS_GONE =
      "The stored tokens cannot be read any more: their data key is gone from the key vault."
          + " Install the app again.";

  // Times do not depend on secrets.
  private static final Secret ANY_SECRET = new Secret("any");

  private ConnectionDocuments() {}

  /** The connection without any secret. */
  static Document toDocument(Connection connection, long version) {
    Document document = new Document(STATE, connection.state().word());
    if (!connection.companyId().equals(CompanyId.UNKNOWN)) {
      document.append(COMPANY_ID, connection.companyId().value());
    }
    putState(connection.state(), document);
    switch (connection.migration()) {
      case Migration.None none -> {}
      case Migration.Pending pending -> document.append(MIGRATION, PENDING);
      case Migration.Done(Instant at) -> document.append(MIGRATION, DONE).append(MIGRATED_AT, at);
    }
    return document
        .append(DERIVED, connection.derivedFromCompany())
        .append(INSTALLED_AT, connection.installedAt())
        .append(REFRESHED_AT, connection.refreshedAt())
        .append(PROVED_AT, connection.provedAt())
        .append(PROOF_DUE, connection.proofDue())
        .append(CARE_AT, connection.careAt())
        .append(ConnectionPlace.VERSION, version);
  }

  private static void putState(ConnectionState state, Document into) {
    switch (state) {
      case ConnectionState.Active(OAuthTokens tokens) -> into.append(TOKENS, tokens(tokens));
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          into.append(TOKENS, tokens(tokens)).append(ATTEMPTS, attempts(attempts));
      case ConnectionState.Suspended(
              OAuthTokens tokens,
              String reason,
              Instant since,
              Instant notBefore) ->
          into.append(TOKENS, tokens(tokens))
              .append(REASON, reason)
              .append(SINCE, since)
              .append(NOT_BEFORE, notBefore);
      case ConnectionState.NeedsReauth(
              Renewal renewal,
              String reason,
              Instant since,
              Instant notBefore) ->
          into.append(TOKENS, new Document(RENEWAL, word(renewal)))
              .append(REASON, reason)
              .append(SINCE, since)
              .append(NOT_BEFORE, notBefore);
      case ConnectionState.Uninstalled(Instant at) -> into.append(SINCE, at);
      case ConnectionState.Legacy(String oauthProblem) -> into.append(REASON, oauthProblem);
      case ConnectionState.NeedsInstall(String reason, Instant since) ->
          into.append(REASON, reason).append(SINCE, since);
    }
  }

  private static Document tokens(OAuthTokens tokens) {
    return new Document(RENEWAL, word(tokens.renewal()))
        .append(EXPIRES_AT, tokens.expiresAt())
        .append(SCOPES, tokens.scopes().stream().sorted().toList());
  }

  private static Document attempts(Attempts attempts) {
    return new Document(FIRST, attempts.first())
        .append(COUNT, attempts.count())
        .append(NOT_BEFORE, attempts.notBefore())
        .append(TROUBLE, attempts.trouble());
  }

  private static String word(Renewal renewal) {
    return switch (renewal) {
      case Renewal.ByRefreshToken byRefreshToken -> BY_REFRESH_TOKEN;
      case Renewal.FromCompany fromCompany -> FROM_COMPANY;
      case Renewal.Never never -> NEVER;
    };
  }

  /** The connection's secrets by name. */
  static Map<String, Secret> secrets(Connection connection) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    switch (connection.state()) {
      case ConnectionState.Active(OAuthTokens tokens) -> putSecrets(tokens, secrets);
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          putSecrets(tokens, secrets);
      case ConnectionState.Suspended(OAuthTokens tokens, String why, Instant since, Instant at) ->
          putSecrets(tokens, secrets);
      case ConnectionState.NeedsReauth(Renewal how, String why, Instant since, Instant at) ->
          putSecret(how, secrets);
      case ConnectionState.Uninstalled uninstalled -> {}
      case ConnectionState.Legacy legacy -> {}
      case ConnectionState.NeedsInstall needsInstall -> {}
    }
    if (connection.migration() instanceof Migration.Pending(Secret apiKey)) {
      secrets.put(API_KEY, apiKey);
    }
    return secrets;
  }

  private static void putSecrets(OAuthTokens tokens, Map<String, Secret> into) {
    into.put(ACCESS, tokens.access());
    putSecret(tokens.renewal(), into);
  }

  private static void putSecret(Renewal renewal, Map<String, Secret> into) {
    if (renewal instanceof Renewal.ByRefreshToken(Secret token)) {
      into.put(REFRESH, token);
    }
  }

  /** Puts ciphertexts where {@link #sealed} finds them. */
  static void seal(Map<String, Binary> ciphertexts, Document into) {
    ciphertexts.forEach(
        (name, ciphertext) -> {
          if (name.equals(API_KEY)) {
            into.append(API_KEY, ciphertext);
          } else {
            into.get(TOKENS, Document.class).append(name, ciphertext);
          }
        });
  }

  /** The ciphertexts of a stored connection by the secrets' names. */
  static Map<String, Binary> sealed(StoredDocument stored) {
    Map<String, Binary> sealed = new LinkedHashMap<>();
    if (stored.has(TOKENS)) {
      StoredDocument tokens = stored.child(TOKENS);
      putIfPresent(tokens, ACCESS, sealed);
      putIfPresent(tokens, REFRESH, sealed);
    }
    putIfPresent(stored, API_KEY, sealed);
    return sealed;
  }

  private static void putIfPresent(StoredDocument stored, String name, Map<String, Binary> into) {
    if (stored.has(name)) {
      into.put(name, stored.binary(name));
    }
  }

  /** The connection as it was stored. */
  static Connection toDomain(StoredDocument stored, Map<String, Secret> secrets) {
    Secrets opened = new Secrets(stored, secrets);
    return connection(stored, state(stored, opened), migration(stored, opened));
  }

  /**
   * A connection whose data key is gone for good: what a person can do is to install again, and a
   * location of a company may come back by itself. It is due when the stored one is.
   */
  static Connection unreadable(StoredDocument stored) {
    Renewal renewal = stored.flagOrFalse(DERIVED) ? new Renewal.FromCompany() : new Renewal.Never();
    ConnectionState state =
        stored.text(STATE).equals("needsInstall")
            ? state(stored, new Secrets(stored, Map.of()))
            : new ConnectionState.NeedsReauth(
                renewal, KEY_IS_GONE, stored.instant(REFRESHED_AT), stored.instantOrEpoch(CARE_AT));
    Migration migration =
        stored.textOrEmpty(MIGRATION).equals(PENDING)
            ? new Migration.None()
            : migration(stored, new Secrets(stored, Map.of()));
    return connection(stored, state, migration);
  }

  /** When a stored connection needs care, without opening its secrets. */
  static Instant careAt(StoredDocument stored) {
    return toDomain(stored, Map.of(ACCESS, ANY_SECRET, REFRESH, ANY_SECRET, API_KEY, ANY_SECRET))
        .careAt();
  }

  private static Connection connection(
      StoredDocument stored, ConnectionState state, Migration migration) {
    return new Connection(
        stored.has(COMPANY_ID) ? new CompanyId(stored.text(COMPANY_ID)) : CompanyId.UNKNOWN,
        state,
        stored.flagOrFalse(DERIVED),
        migration,
        stored.instant(INSTALLED_AT),
        stored.instant(REFRESHED_AT),
        stored.instantOrEpoch(PROVED_AT),
        stored.has(PROOF_DUE)
            ? stored.instant(PROOF_DUE)
            : stored.instant(INSTALLED_AT).plus(Connection.PROOF_EVERY),
        stored.number(ConnectionPlace.VERSION));
  }

  /** Opened secrets, one of which may be missing where it must be. */
  private record Secrets(StoredDocument stored, Map<String, Secret> byName) {
    Secret required(String name) {
      Secret secret = byName.get(name);
      if (secret == null) {
        throw stored.malformed(name, "is missing");
      }
      return secret;
    }
  }

  private static Migration migration(StoredDocument stored, Secrets secrets) {
    return switch (stored.textOrEmpty(MIGRATION)) {
      case "" -> new Migration.None();
      case PENDING -> new Migration.Pending(secrets.required(API_KEY));
      case DONE -> new Migration.Done(stored.instant(MIGRATED_AT));
      default -> throw stored.malformed(MIGRATION, "holds a word that this version does not know");
    };
  }

  private static ConnectionState state(StoredDocument stored, Secrets secrets) {
    return switch (stored.text(STATE)) {
      case "active" -> new ConnectionState.Active(tokens(stored, secrets));
      case REFRESHING ->
          new ConnectionState.Refreshing(tokens(stored, secrets), attempts(stored.child(ATTEMPTS)));
      case "suspended" ->
          new ConnectionState.Suspended(
              tokens(stored, secrets),
              stored.text(REASON),
              stored.instant(stored.has(SINCE) ? SINCE : REFRESHED_AT),
              stored.instantOrEpoch(NOT_BEFORE));
      case "needsReauth" ->
          new ConnectionState.NeedsReauth(
              stored.has(TOKENS) ? renewal(stored.child(TOKENS), secrets) : new Renewal.Never(),
              stored.text(REASON),
              stored.instant(SINCE),
              stored.instantOrEpoch(NOT_BEFORE));
      case "uninstalled" -> new ConnectionState.Uninstalled(stored.instant(SINCE));
      case "legacy" -> new ConnectionState.Legacy(stored.textOrEmpty(REASON));
      case "needsInstall" ->
          new ConnectionState.NeedsInstall(stored.text(REASON), stored.instant(SINCE));
      default -> throw stored.malformed(STATE, "holds a word that this version does not know");
    };
  }

  private static OAuthTokens tokens(StoredDocument stored, Secrets secrets) {
    StoredDocument tokens = stored.child(TOKENS);
    return new OAuthTokens(
        secrets.required(ACCESS),
        renewal(tokens, secrets),
        tokens.instant(EXPIRES_AT),
        Set.copyOf(tokens.texts(SCOPES)));
  }

  /** The first form had refresh tokens only, and no word for it. */
  private static Renewal renewal(StoredDocument tokens, Secrets secrets) {
    return switch (tokens.has(RENEWAL) ? tokens.text(RENEWAL) : BY_REFRESH_TOKEN) {
      case BY_REFRESH_TOKEN -> new Renewal.ByRefreshToken(secrets.required(REFRESH));
      case FROM_COMPANY -> new Renewal.FromCompany();
      case NEVER -> new Renewal.Never();
      default -> throw tokens.malformed(RENEWAL, "holds a word that this version does not know");
    };
  }

  private static Attempts attempts(StoredDocument stored) {
    return new Attempts(
        stored.instant(FIRST),
        Math.toIntExact(stored.number(COUNT)),
        stored.instant(NOT_BEFORE),
        stored.text(TROUBLE));
  }
}
