package com.lpai.adapter.mongo.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.encryption.Encryption;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A vault that is closed decrypts nothing: what is found then comes from memory. */
class TokensInMemoryTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final LocationId location = TenantFixture.anyLocation();
  private final RecordedCommands commands = new RecordedCommands();
  private final MongoClientSettings settings = commands.settings(DATABASE.settings().uri());
  private final MongoClient client = MongoClients.create(settings);
  private final Vault vault =
      ready(
          Encryption.open(
              settings,
              new MongoNamespace("lpai", Collections.KEY_VAULT),
              new Collections(client.getDatabase("lpai")).shared(Collections.KEY_VAULT),
              new Collections(client.getDatabase("lpai")).shared(Collections.MASTER_KEYS),
              MasterKeys.only(TestDatabase.masterKey(1)),
              Duration.ofHours(1),
              Duration.ofSeconds(10)));
  private final MongoConnectionRepository connections = repository();

  private MongoConnectionRepository repository() {
    Collections collections = new Collections(client.getDatabase("lpai"));
    return new MongoConnectionRepository(
        collections.ofTenants(Collections.CONNECTIONS),
        collections.acrossTenants(Collections.CONNECTIONS),
        vault,
        collections.shared(Collections.KEY_VAULT));
  }

  @AfterEach
  void close() {
    vault.close();
    client.close();
  }

  @Test
  void aVersionIsDecryptedOnceAndThenFoundByOneRead() {
    Connection stored = savedByAnother(activeConnection());
    assertThat(connections.find(location)).contains(stored);
    vault.close();
    commands.clear();

    assertThat(connections.find(location)).contains(stored);

    assertThat(commands.all()).extracting(BsonDocument::getFirstKey).containsExactly("find");
  }

  @Test
  void whatAnInstanceStoredItselfItNeedNotDecrypt() {
    Connection stored = connections.save(location, activeConnection()).orElseThrow();
    vault.close();

    assertThat(connections.find(location)).contains(stored);
  }

  @Test
  void anotherVersionIsDecryptedAnew() {
    Connection first = savedByAnother(activeConnection());
    assertThat(connections.find(location)).contains(first);
    Connection second = savedByAnother(first.refreshed(tokens("2"), START));
    assertThat(connections.find(location)).contains(second);

    savedByAnother(second.refreshed(tokens("3"), START));
    vault.close();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> connections.find(location));
  }

  @Test
  void anUninstalledConnectionIsForgotten() {
    Connection stored = savedByAnother(activeConnection());
    assertThat(connections.find(location)).contains(stored);

    Connection gone = savedByAnother(stored.uninstalled(START));

    assertThat(connections.find(location)).contains(gone);
  }

  @Test
  void memoryHoldsTheLatestFewThousandAndShowsNone() {
    SecretsCache cache = new SecretsCache();
    Map<String, Binary> sealed = Map.of("access", new Binary(new byte[] {1}));
    for (int i = 0; i < 10_000; i++) {
      cache.remember("owner-" + i, sealed, Map.of("access", new Secret("canary-" + i)));
    }

    assertThat(cache.find("owner-0", sealed)).isEmpty();
    assertThat(cache.find("owner-9999", sealed))
        .contains(Map.of("access", new Secret("canary-9999")));
    assertThat(cache.find("owner-9999", Map.of())).isEmpty();
  }

  private Connection savedByAnother(Connection connection) {
    return DATABASE.adapter().connections().save(location, connection).orElseThrow();
  }

  private static Vault ready(Encryption encryption) {
    encryption.requireMasterKeys();
    return encryption.vault();
  }
}
