package com.lpai.adapter.mongo.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.encryption.Encryption;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that is gone condemns its connection; a key vault that is away condemns nobody. */
class LostKeyTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final LocationId location = TenantFixture.anyLocation();
  private MongoClient client;

  @BeforeEach
  void open() {
    client = DATABASE.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aConnectionOfItsOwnNeedsAPersonAndSaysWhy() {
    Connection connection = saved(activeConnection());
    loseTheKey("connection:" + location);

    Connection found = foundByAnotherProcess();

    assertThat(found.state())
        .isInstanceOfSatisfying(
            ConnectionState.NeedsReauth.class,
            state -> {
              assertThat(state.renewal()).isEqualTo(new Renewal.Never());
              assertThat(state.reason()).contains("data key").contains("Install the app again");
            });
    assertThat(found.version()).isEqualTo(connection.version());
  }

  @Test
  void aConnectionOfACompanyComesBackFromIt() {
    TokenGrant grant = new TokenGrant(location, TenantFixture.anyCompany(), tokens("1"), true);
    saved(Connection.installed(grant, START));
    loseTheKey("connection:" + location);

    Connection found = foundByAnotherProcess();

    assertThat(found.companyId()).isEqualTo(grant.companyId());
    assertThat(found.state())
        .isInstanceOfSatisfying(
            ConnectionState.NeedsReauth.class,
            state -> assertThat(state.renewal()).isEqualTo(new Renewal.FromCompany()));
  }

  @Test
  void itIsDueWhenItWasDueBeforeSoThatCareFindsIt() {
    Connection connection = saved(activeConnection());
    loseTheKey("connection:" + location);

    Connection found = foundByAnotherProcess();

    assertThat(found.careAt()).isEqualTo(connection.careAt());
    assertThat(DATABASE.adapter().connections().careDue(found.careAt(), 10_000)).contains(location);
  }

  @Test
  void whatIsDoneAboutItIsStoredAndItCanBeInstalledAgain() {
    saved(activeConnection());
    loseTheKey("connection:" + location);
    Instant tomorrow = START.plus(Duration.ofDays(1));

    Connection condemned = saved(foundByAnotherProcess().condemned("no way", START, tomorrow));
    Connection again = saved(condemned.reinstalled(ConnectionFixture.grant(location), START));

    assertThat(condemned.careAt()).isEqualTo(tomorrow);
    assertThat(foundByAnotherProcess()).isEqualTo(again);
  }

  @Test
  void aNewKeyWithoutItsDocumentChangesNothing() {
    saved(activeConnection());
    loseTheKey("connection:" + location);
    try (MongoAdapter stopped = MongoAdapter.open(DATABASE.settings())) {
      // As a save begins, before the process ends.
      stopped.connections().save(TenantFixture.anyLocation(), activeConnection());
      renameAnyKeyTo("connection:" + location);
    }

    assertThat(foundByAnotherProcess().state().word()).isEqualTo("needsReauth");
  }

  @Test
  void anApiKeyThatIsLostNeedsAPersonToo() {
    saved(Connection.legacy(new Secret("pit-1"), START));
    loseTheKey("connection:" + location);

    Connection found = foundByAnotherProcess();

    assertThat(found.state().word()).isEqualTo("needsReauth");
    assertThat(found.migration()).isEqualTo(new Migration.None());
  }

  @Test
  void anApiKeyThatIsOfNoUseAnyMoreMayBeLost() {
    Connection stored = saved(Connection.legacy(new Secret("0a1b"), START));
    loseTheKey("connection:" + location);

    Connection found = foundByAnotherProcess();

    assertThat(found.state()).isEqualTo(stored.state());
    assertThat(found.migration()).isEqualTo(new Migration.None());
  }

  @Test
  void aCompanysConnectionIsFoundInTheSameWay() {
    CompanyId company = TenantFixture.anyCompany();
    assertThat(DATABASE.adapter().companies().save(company, activeConnection())).isPresent();
    loseTheKey("company:" + company);

    try (MongoAdapter other = MongoAdapter.open(DATABASE.settings())) {
      assertThat(other.companies().find(company).map(found -> found.state().word()))
          .contains("needsReauth");
    }
  }

  @Test
  void aKeyVaultThatIsAwayIsAFailureOfStorageAndOneThatLostItsKeysIsNot() {
    EmbeddedMongo keys = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
    int port = keys.port();
    try {
      try (Vault vault = vault(keys);
          MongoClient keyClient = keyClient(keys)) {
        assertThat(repository(vault, keyClient).save(location, activeConnection())).isPresent();
      }
      try (Vault vault = vault(keys);
          MongoClient keyClient = keyClient(keys)) {
        ConnectionRepository connections = repository(vault, keyClient);
        keys.close();

        assertThatExceptionOfType(StorageUnavailableException.class)
            .isThrownBy(() -> connections.find(location));
        assertThat(storedState()).isEqualTo("active");
      }

      keys = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory().withPort(port));
      try (Vault vault = vault(keys);
          MongoClient keyClient = keyClient(keys)) {
        assertThat(repository(vault, keyClient).find(location).map(found -> found.state().word()))
            .contains("needsReauth");
        assertThat(storedState()).isEqualTo("active");
      }
    } finally {
      keys.close();
    }
  }

  private static MongoClientSettings settings(EmbeddedMongo keys) {
    return MongoClientSettings.builder()
        .applyConnectionString(new ConnectionString(keys.connectionString()))
        .uuidRepresentation(UuidRepresentation.STANDARD)
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(400, TimeUnit.MILLISECONDS))
        .build();
  }

  private static Vault vault(EmbeddedMongo keys) {
    return ready(
        Encryption.open(
            settings(keys),
            new MongoNamespace("keys", Collections.KEY_VAULT),
            new Collections(keyClient(keys).getDatabase("keys")).shared(Collections.KEY_VAULT),
            new Collections(keyClient(keys).getDatabase("keys")).shared(Collections.MASTER_KEYS),
            MasterKeys.only(TestDatabase.masterKey(1)),
            Duration.ofHours(1),
            Duration.ofSeconds(2)));
  }

  private static MongoClient keyClient(EmbeddedMongo keys) {
    return MongoClients.create(settings(keys));
  }

  private ConnectionRepository repository(Vault vault, MongoClient keyClient) {
    Collections collections = new Collections(client.getDatabase("lpai"));
    return new MongoConnectionRepository(
        collections.ofTenants(Collections.CONNECTIONS),
        collections.acrossTenants(Collections.CONNECTIONS),
        vault,
        new Collections(keyClient.getDatabase("keys")).shared(Collections.KEY_VAULT));
  }

  private Object storedState() {
    Document stored =
        client
            .getDatabase("lpai")
            .getCollection(Collections.CONNECTIONS)
            .find(Filters.eq("locationId", location.value()))
            .first();
    return stored == null ? "nothing" : stored.getString("state");
  }

  private Connection saved(Connection connection) {
    return DATABASE.adapter().connections().save(location, connection).orElseThrow();
  }

  /** One that remembers neither keys nor tokens. */
  private Connection foundByAnotherProcess() {
    try (MongoAdapter other = MongoAdapter.open(DATABASE.settings())) {
      return other.connections().find(location).orElseThrow();
    }
  }

  private void loseTheKey(String owner) {
    assertThat(vault().deleteMany(Filters.eq("keyAltNames", owner)).getDeletedCount()).isOne();
  }

  private void renameAnyKeyTo(String owner) {
    vault()
        .updateOne(
            Filters.regex("keyAltNames", "^connection:"),
            new Document("$set", new Document("keyAltNames.0", owner)));
  }

  private com.mongodb.client.MongoCollection<Document> vault() {
    return client.getDatabase("lpai").getCollection(Collections.KEY_VAULT);
  }

  private static Vault ready(Encryption encryption) {
    encryption.requireMasterKeys();
    return encryption.vault();
  }
}
