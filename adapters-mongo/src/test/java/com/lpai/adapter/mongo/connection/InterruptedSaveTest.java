package com.lpai.adapter.mongo.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.company.MongoCompanyRepository;
import com.lpai.adapter.mongo.encryption.Encryption;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.encryption.Vault;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A save is several commands, and a process may end after each of them. Every save is recorded on
 * the wire; then what was there before is put back, the first commands are sent again, and another
 * process goes on from there.
 */
class InterruptedSaveTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant LATER = START.plusSeconds(60);
  private static final OAuthTokens FROM_COMPANY =
      new OAuthTokens(new Secret("derived"), new Renewal.FromCompany(), LATER, Set.of("a"));

  /** A change of a connection, and how many commands of it change something. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Change {
    INSTALLED(2, absent -> activeConnection()),
    REGISTERED_KEY(2, absent -> Connection.legacy(new Secret("pit-1"), START)),
    CLAIMED(1, absent -> activeConnection(), c -> c.renewing(START, Duration.ofSeconds(10))),
    REFRESHED(1, absent -> activeConnection(), c -> c.refreshed(tokens("2"), LATER)),
    SUSPENDED(1, absent -> activeConnection(), c -> c.suspended("not active", START, LATER)),
    CONDEMNED_WITH_A_REFRESH_TOKEN(
        1, absent -> activeConnection(), c -> c.condemned("no", START, LATER)),
    CONDEMNED_WITHOUT(
        3,
        absent -> activeConnection(),
        c -> c.refreshed(FROM_COMPANY, START),
        c -> c.condemned("no", START, LATER)),
    DERIVED_AGAIN(
        2,
        absent -> activeConnection(),
        c -> c.refreshed(FROM_COMPANY, START),
        c -> c.condemned("no", START, LATER),
        c -> c.refreshed(FROM_COMPANY, LATER)),
    MIGRATED(
        1,
        absent -> Connection.legacy(new Secret("pit-1"), START),
        InterruptedSaveTest::reinstalled,
        c -> c.proved(LATER)),
    KEY_REFUSED(
        1, absent -> Connection.legacy(new Secret("pit-1"), START), c -> c.keyRefused("no", LATER)),
    UNINSTALLED(3, absent -> activeConnection(), c -> c.uninstalled(LATER)),
    REINSTALLED(
        2,
        absent -> activeConnection(),
        c -> c.uninstalled(LATER),
        InterruptedSaveTest::reinstalled);

    final int commands;
    final List<UnaryOperator<Connection>> steps;

    @SafeVarargs
    @SuppressWarnings("varargs")
    Change(int commands, UnaryOperator<Connection>... steps) {
      this.commands = commands;
      this.steps = List.of(steps);
    }
  }

  private static Connection reinstalled(Connection connection) {
    return connection.reinstalled(ConnectionFixture.grant(TenantFixture.anyLocation()), LATER);
  }

  @ParameterizedTest
  @EnumSource
  void afterAnyCommandOfALocationsSaveAnotherProcessGoesOn(Change change) {
    LocationId location = TenantFixture.anyLocation();

    requireThatAnotherProcessGoesOn(
        change,
        process -> new Subject<>(process.locations, location, process.locations::tidyUp),
        Map.of(
            Collections.CONNECTIONS, new Document("locationId", location.value()),
            Collections.KEY_VAULT, new Document("keyAltNames", "connection:" + location)));
  }

  @ParameterizedTest
  @EnumSource
  void afterAnyCommandOfACompanysSaveAnotherProcessGoesOn(Change change) {
    CompanyId company = TenantFixture.anyCompany();

    requireThatAnotherProcessGoesOn(
        change,
        process -> new Subject<>(process.companies, company, process.companies::tidyUp),
        Map.of(
            Collections.COMPANIES, new Document("_id", company.value()),
            Collections.KEY_VAULT, new Document("keyAltNames", "company:" + company)));
  }

  private interface In<O> {
    Subject<O> process(OneProcess process);
  }

  private <O> void requireThatAnotherProcessGoesOn(
      Change change, In<O> in, Map<String, Document> documents) {
    Optional<Connection> before = Optional.empty();
    List<BsonDocument> commands;
    Connection after;
    List<Stored> stored;
    try (OneProcess process = new OneProcess()) {
      Subject<O> subject = in.process(process);
      for (UnaryOperator<Connection> step : change.steps.subList(0, change.steps.size() - 1)) {
        before = Optional.of(subject.saved(step.apply(before.orElse(activeConnection()))));
      }
      stored = process.stored(documents);
      process.commands.clear();
      after = subject.saved(change.steps.getLast().apply(before.orElse(activeConnection())));
      commands = process.commands.writes();
    }
    assertThat(commands).hasSize(change.commands);

    for (int sent = 0; sent <= commands.size(); sent++) {
      try (OneProcess process = new OneProcess()) {
        process.putBack(stored, documents);
        commands.subList(0, sent).forEach(process.database::runCommand);

        requireUsable(in.process(process), before, after, sent, commands.size());

        assertThat(process.stored(documents).stream().filter(Stored::isKey)).hasSizeLessThan(2);
      }
    }
  }

  private static <O> void requireUsable(
      Subject<O> subject, Optional<Connection> before, Connection after, int sent, int all) {
    Optional<Connection> found = subject.find();
    if (sent == 0) {
      assertThat(found).isEqualTo(before);
    } else if (sent == all) {
      assertThat(found).contains(after);
    } else {
      assertThat(found).isIn(before, Optional.of(after));
    }

    subject.tidyUp().run();

    assertThat(subject.find()).isEqualTo(found);
    Connection again =
        subject.saved(found.map(InterruptedSaveTest::reinstalled).orElse(activeConnection()));
    assertThat(subject.find()).contains(again);
    Connection gone = subject.saved(again.uninstalled(LATER));
    assertThat(subject.find()).contains(gone);
  }

  /** The repository of one kind of owner, in one process. */
  private record Subject<O>(ConnectionStore<O> store, O owner, Runnable tidyUp) {
    Optional<Connection> find() {
      return store.find(owner);
    }

    Connection saved(Connection connection) {
      return store.save(owner, connection).orElseThrow();
    }
  }

  private record Stored(String collection, Document document) {
    boolean isKey() {
      return collection.equals(Collections.KEY_VAULT);
    }
  }

  /** Repositories that know nothing but what is stored. */
  private static final class OneProcess implements AutoCloseable {
    final RecordedCommands commands = new RecordedCommands();
    final MongoClient client;
    final MongoDatabase database;
    final Vault vault;
    final MongoConnectionRepository locations;
    final MongoCompanyRepository companies;

    OneProcess() {
      MongoClientSettings settings = commands.settings(DATABASE.settings().uri());
      client = MongoClients.create(settings);
      database = client.getDatabase("lpai");
      vault =
          ready(
              Encryption.open(
                  settings,
                  new MongoNamespace("lpai", Collections.KEY_VAULT),
                  new Collections(database).shared(Collections.KEY_VAULT),
                  new Collections(database).shared(Collections.MASTER_KEYS),
                  MasterKeys.only(TestDatabase.masterKey(1)),
                  Duration.ofHours(1),
                  Duration.ofSeconds(10)));
      Collections collections = new Collections(database);
      SharedCollection keys = collections.shared(Collections.KEY_VAULT);
      locations =
          new MongoConnectionRepository(
              collections.ofTenants(Collections.CONNECTIONS),
              collections.acrossTenants(Collections.CONNECTIONS),
              vault,
              keys);
      companies =
          new MongoCompanyRepository(collections.shared(Collections.COMPANIES), vault, keys);
    }

    List<Stored> stored(Map<String, Document> documents) {
      List<Stored> stored = new ArrayList<>();
      documents.forEach(
          (collection, filter) ->
              in(collection)
                  .find(filter)
                  .forEach(document -> stored.add(new Stored(collection, document))));
      return stored;
    }

    void putBack(List<Stored> stored, Map<String, Document> documents) {
      documents.forEach((collection, filter) -> in(collection).deleteMany(filter));
      stored.forEach(each -> in(each.collection()).insertOne(each.document()));
    }

    private MongoCollection<Document> in(String collection) {
      return database.getCollection(collection);
    }

    @Override
    public void close() {
      vault.close();
      client.close();
    }
  }

  private static Vault ready(Encryption encryption) {
    encryption.requireMasterKeys();
    return encryption.vault();
  }
}
