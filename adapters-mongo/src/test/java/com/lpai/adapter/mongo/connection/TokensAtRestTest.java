package com.lpai.adapter.mongo.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.encryption.UnreadableSecretException;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the contract of connections cannot say: how tokens lie in the database. */
class TokensAtRestTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final ConnectionRepository connections = DATABASE.adapter().connections();
  private MongoClient client;

  @BeforeEach
  void open() {
    client = DATABASE.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /** In the guide they lay there as they came (trap 2). */
  @Test
  void noTokenAndNoSecretIsReadableInAnyDocument() {
    OAuthTokens canaries =
        new OAuthTokens(
            new Secret("canary-access-8f14"),
            new Renewal.ByRefreshToken(new Secret("canary-refresh-45c4")),
            START,
            Set.of());
    LocationId location = TenantFixture.anyLocation();
    CompanyId company = TenantFixture.anyCompany();
    saved(
        location,
        Connection.legacy(new Secret("pit-canary-key-0b2e"), START)
            .reinstalled(grant(location), START)
            .refreshed(canaries, START));
    LocationId refused = TenantFixture.anyLocation();
    saved(refused, activeConnection().refreshed(canaries, START).condemned("no", START, START));
    assertThat(
            DATABASE
                .adapter()
                .companies()
                .save(company, activeConnection().refreshed(canaries, START)))
        .isPresent();
    DATABASE.adapter().secrets().createIfAbsent("signing", new Secret("canary-signing-d3d9"));
    DATABASE.adapter().oauthStates().issue("canary-state-1679", START);

    List<String> everything =
        client.listDatabaseNames().into(new ArrayList<>()).stream()
            .flatMap(database -> documents(database).stream())
            .toList();

    assertThat(everything).anyMatch(document -> document.contains(location.value()));
    assertThat(everything).anyMatch(document -> document.contains(company.value()));
    assertThat(everything).noneMatch(document -> document.contains("canary"));
  }

  /** All documents of a database as text, byte for byte. */
  private List<String> documents(String database) {
    List<String> found = new ArrayList<>();
    for (String name : client.getDatabase(database).listCollectionNames()) {
      for (RawBsonDocument document :
          client.getDatabase(database).getCollection(name, RawBsonDocument.class).find()) {
        ByteBuffer bytes = document.getByteBuffer().asNIO();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        found.add(new String(copy, StandardCharsets.ISO_8859_1));
      }
    }
    return found;
  }

  @Test
  void aCiphertextOfAnotherConnectionIsRefused() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    saved(mine, activeConnection());
    saved(other, activeConnection());

    stored().updateOne(is(mine), Updates.set("tokens", document(other).get("tokens")));
    stored().updateOne(is(mine), Updates.set("keyId", document(other).get("keyId")));

    assertThatExceptionOfType(UnreadableSecretException.class)
        .isThrownBy(() -> connections.find(mine))
        .withMessageContaining(mine.value())
        .withMessageContaining("not its own");
  }

  @Test
  void anInstallationIsStoredOverWhatCannotBeRead() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    saved(mine, activeConnection());
    Connection untouched = saved(other, activeConnection());
    stored().updateOne(is(mine), Updates.set("tokens", document(other).get("tokens")));
    stored().updateOne(is(mine), Updates.set("keyId", document(other).get("keyId")));
    Connection again = activeConnection();

    connections.overwrite(mine, again);

    assertThat(connections.find(mine)).contains(again.atVersion(2));
    assertThat(connections.find(other)).contains(untouched);
  }

  @Test
  void anAlteredCiphertextIsRefused() {
    LocationId location = TenantFixture.anyLocation();
    saved(location, activeConnection());
    Binary access = document(location).getEmbedded(List.of("tokens", "access"), Binary.class);
    byte[] altered = access.getData().clone();
    altered[altered.length - 1] ^= 1;

    stored()
        .updateOne(
            is(location), Updates.set("tokens.access", new Binary(access.getType(), altered)));

    assertThatExceptionOfType(UnreadableSecretException.class)
        .isThrownBy(() -> connections.find(location));
  }

  @Test
  void aTokenInPlainTextIsRefused() {
    LocationId location = TenantFixture.anyLocation();
    saved(location, activeConnection());

    stored()
        .updateOne(
            is(location),
            Updates.set("tokens.access", new Binary("planted".getBytes(StandardCharsets.UTF_8))));

    assertThatExceptionOfType(UnreadableSecretException.class)
        .isThrownBy(() -> connections.find(location));
  }

  @Test
  void equalTokensHaveDifferentCiphertexts() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(location, activeConnection());
    Object before = document(location).get("tokens");

    saved(location, first.refreshed(tokens("1"), START));

    assertThat(document(location).get("tokens")).isNotEqualTo(before);
  }

  @Test
  void eachConnectionHasOneKeyAndKeepsItWhenItIsRefreshed() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(location, activeConnection());
    Object key = document(location).get("keyId");

    saved(location, first.refreshed(tokens("2"), START));

    assertThat(document(location).get("keyId")).isEqualTo(key);
    assertThat(keysOf(location)).isEqualTo(1);
  }

  @Test
  void uninstallingDeletesTheKeySoThatAnyCopyIsUnreadable() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(location, activeConnection());
    Document copy = document(location);

    saved(location, first.uninstalled(START));

    assertThat(keysOf(location)).isZero();
    assertThat(document(location)).doesNotContainKey("tokens");
    stored().replaceOne(is(location), copy);
    assertThat(connections.find(location).map(found -> found.state().word()))
        .contains("needsReauth");
  }

  @Test
  void anInstallationAfterwardsHasANewKey() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(location, activeConnection());
    Object key = document(location).get("keyId");
    Connection gone = saved(location, first.uninstalled(START));

    Connection again = saved(location, gone.reinstalled(grant(location), START));

    assertThat(document(location).get("keyId")).isNotEqualTo(key);
    assertThat(connections.find(location)).contains(again);
  }

  @Test
  void aKeyThatACrashLeftBehindIsNeverUsedAgain() {
    LocationId location = TenantFixture.anyLocation();
    Connection gone = crashedWhileUninstalling(location);
    Object left = document(location).get("retiredKeyId");

    Connection again = saved(location, gone.reinstalled(grant(location), START));

    assertThat(document(location).get("keyId")).isNotNull().isNotEqualTo(left);
    assertThat(keysOf(location)).isEqualTo(1);
    assertThat(connections.find(location)).contains(again);
  }

  @Test
  void aKeyThatACrashLeftBehindIsDeletedAtTheNextStart() {
    LocationId location = TenantFixture.anyLocation();
    crashedWhileUninstalling(location);

    DATABASE.adapter().prepareSchema();

    assertThat(keysOf(location)).isZero();
  }

  /** As after a crash between storing the connection without tokens and deleting its key. */
  private Connection crashedWhileUninstalling(LocationId location) {
    Connection first = saved(location, activeConnection());
    Object key = document(location).get("keyId");
    stored()
        .updateOne(
            is(location),
            Updates.combine(
                Updates.set("state", "uninstalled"),
                Updates.set("since", START),
                Updates.set("version", 2L),
                Updates.set("retiredKeyId", key),
                Updates.unset("keyId"),
                Updates.unset("tokens")));
    return first.uninstalled(START).atVersion(2);
  }

  @Test
  void aConnectionWhoseKeyWasLostCanBeInstalledAgain() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(location, activeConnection());
    vault().deleteMany(Filters.eq("keyAltNames", "connection:" + location));

    Connection again = saved(location, first.reinstalled(grant(location), START));

    assertThat(connections.find(location)).contains(again);
  }

  @Test
  void instancesThatInstallAtOnceMakeOneKey() {
    LocationId location = TenantFixture.anyLocation();
    Connection connection = activeConnection();

    List<Optional<Connection>> outcomes =
        ManyThreads.atOnce(
            6,
            number -> {
              try (MongoAdapter instance = MongoAdapter.open(DATABASE.settings())) {
                return instance.connections().save(location, connection);
              }
            });

    assertThat(outcomes.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(keysOf(location)).isEqualTo(1);
    assertThat(connections.find(location)).contains(connection.atVersion(1));
  }

  @Test
  void anInstanceSeesTheKeyThatAnotherMadeAfterAReinstallation() {
    LocationId location = TenantFixture.anyLocation();
    Connection first = saved(location, activeConnection());
    try (MongoAdapter other = MongoAdapter.open(DATABASE.settings())) {
      assertThat(other.connections().find(location)).contains(first);
      Connection gone = saved(location, first.uninstalled(START));

      Connection again = saved(location, gone.reinstalled(grant(location), START));

      assertThat(other.connections().find(location)).contains(again);
      assertThat(other.connections().save(location, again.refreshed(tokens("8"), START)))
          .isPresent();
      assertThat(connections.find(location)).isPresent();
    }
  }

  private static TokenGrant grant(LocationId location) {
    return new TokenGrant(location, TenantFixture.anyCompany(), tokens("9"), false);
  }

  private Connection saved(LocationId location, Connection connection) {
    return connections.save(location, connection).orElseThrow();
  }

  private MongoCollection<Document> stored() {
    return client.getDatabase("lpai").getCollection("connections");
  }

  private MongoCollection<Document> vault() {
    return client.getDatabase("lpai").getCollection("key_vault");
  }

  private long keysOf(LocationId location) {
    return vault().countDocuments(Filters.eq("keyAltNames", "connection:" + location));
  }

  private static Bson is(LocationId location) {
    return Filters.eq("locationId", location.value());
  }

  private Document document(LocationId location) {
    return stored().find(is(location)).first();
  }
}
