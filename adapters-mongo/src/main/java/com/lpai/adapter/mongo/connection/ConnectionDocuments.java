package com.lpai.adapter.mongo.connection;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;

/** A connection as a document, its tokens encrypted, and back. */
final class ConnectionDocuments {
  static final String VERSION = "version";

  /** The data key of the stored tokens. */
  static final String KEY_ID = "keyId";

  /** The data key of tokens that are gone: garbage, deleted as soon as anyone can. */
  static final String RETIRED_KEY_ID = "retiredKeyId";

  private static final String COMPANY_ID = "companyId";
  private static final String STATE = "state";
  private static final String REASON = "reason";
  private static final String SINCE = "since";
  private static final String TOKENS = "tokens";
  private static final String ACCESS = "access";
  private static final String REFRESH = "refresh";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String SCOPES = "scopes";
  private static final String INSTALLED_AT = "installedAt";
  private static final String REFRESHED_AT = "refreshedAt";

  private final Vault vault;

  ConnectionDocuments(Vault vault) {
    this.vault = vault;
  }

  /** The name under which the key vault keeps a connection's key. */
  static String owner(LocationId locationId) {
    return "connection:" + locationId.value();
  }

  /** The connection without any token. */
  Document toDocument(Connection connection, long version) {
    Document document =
        new Document(COMPANY_ID, connection.companyId().value())
            .append(STATE, connection.state().word());
    switch (connection.state()) {
      case ConnectionState.Active active -> {}
      case ConnectionState.Suspended suspended -> document.append(REASON, suspended.reason());
      case ConnectionState.NeedsReauth needsReauth ->
          document.append(REASON, needsReauth.reason()).append(SINCE, needsReauth.since());
      case ConnectionState.Uninstalled uninstalled -> document.append(SINCE, uninstalled.at());
    }
    return document
        .append(INSTALLED_AT, connection.installedAt())
        .append(REFRESHED_AT, connection.refreshedAt())
        .append(VERSION, version);
  }

  /** Adds the tokens, encrypted with this key. */
  void encrypt(OAuthTokens tokens, UUID key, Document into) {
    into.append(KEY_ID, key)
        .append(
            TOKENS,
            new Document(ACCESS, vault.encrypt(key, tokens.access()))
                .append(REFRESH, vault.encrypt(key, tokens.refresh()))
                .append(EXPIRES_AT, tokens.expiresAt())
                .append(SCOPES, tokens.scopes().stream().sorted().toList()));
  }

  Connection toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("connection", document);
    LocationId locationId = new LocationId(stored.text(TenantCollection.LOCATION_ID));
    return new Connection(
        locationId,
        new CompanyId(stored.text(COMPANY_ID)),
        state(locationId, stored),
        stored.instant(INSTALLED_AT),
        stored.instant(REFRESHED_AT),
        stored.number(VERSION));
  }

  private ConnectionState state(LocationId locationId, StoredDocument stored) {
    return switch (stored.text(STATE)) {
      case "active" -> new ConnectionState.Active(tokens(locationId, stored.child(TOKENS)));
      case "suspended" ->
          new ConnectionState.Suspended(
              tokens(locationId, stored.child(TOKENS)), stored.text(REASON));
      case "needsReauth" ->
          new ConnectionState.NeedsReauth(stored.text(REASON), stored.instant(SINCE));
      case "uninstalled" -> new ConnectionState.Uninstalled(stored.instant(SINCE));
      default -> throw stored.malformed(STATE, "holds a word that this version does not know");
    };
  }

  private OAuthTokens tokens(LocationId locationId, StoredDocument stored) {
    String owner = owner(locationId);
    return new OAuthTokens(
        vault.decrypt(owner, stored.binary(ACCESS)),
        vault.decrypt(owner, stored.binary(REFRESH)),
        stored.instant(EXPIRES_AT),
        Set.copyOf(stored.texts(SCOPES)));
  }
}
