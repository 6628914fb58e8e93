package com.lpai.adapter.mongo.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.testing.ManyThreads;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /** Collections of people, deployments and keys: whoever asks for them is no tenant. */
  private static final Set<String> NO_TENANTS =
      Set.of(
          Collections.KEY_VAULT,
          Collections.COMPANIES,
          Collections.ERASED_LOCATIONS,
          Collections.CALL_PERMITS,
          Collections.INSTANCES,
          Collections.LEASES,
          Collections.OAUTH_STATES,
          Collections.OPERATORS,
          Collections.SECRETS,
          Collections.MASTER_KEYS,
          Collections.SCHEMA);

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
  void everyIndexIsThereAsItWasDefined() {
    for (Index index : Schema.INDEXES) {
      assertThat(indexes("lpai", index.collection()))
          .as(index.collection() + " " + index.name())
          .anyMatch(index::isSameAs);
    }
  }

  @Test
  void everyUniqueIndexOfATenantCollectionBeginsWithTheLocation() {
    List<Document> unique = new ArrayList<>();
    for (String collection : client.getDatabase("lpai").listCollectionNames()) {
      if (!NO_TENANTS.contains(collection)) {
        indexes("lpai", collection).stream()
            .filter(index -> index.getBoolean("unique", false))
            .forEach(unique::add);
      }
    }

    assertThat(unique)
        .hasSizeGreaterThan(5)
        .allMatch(
            index ->
                index.get("key", Document.class).keySet().iterator().next().equals("locationId"));
  }

  /** And nothing else is; in the guide it was the e-mail (trap 52). */
  @Test
  void aContactsCrmIdIsUniqueOnlyWhereItExists() {
    assertThat(indexes("lpai", Collections.CONTACTS))
        .filteredOn(index -> index.getBoolean("unique", false))
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.get("key"))
                  .isEqualTo(new Document("locationId", 1).append("ghlContactId", 1));
              assertThat(index.get("partialFilterExpression"))
                  .isEqualTo(new Document("ghlContactId", new Document("$exists", true)));
            });
  }

  @Test
  void preparingAgainChangesNothing() {
    List<Document> before = indexes("lpai", Collections.CONTACTS);

    DATABASE.adapter().prepareSchema();

    assertThat(indexes("lpai", Collections.CONTACTS)).isEqualTo(before);
    assertThat(schema("lpai").preparedVersion()).isEqualTo(Schema.VERSION);
  }

  @Test
  void aStartAsksEachCollectionOnceForItsIndexes() {
    List<String> asked = new ArrayList<>();
    MongoClientSettings watched =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(DATABASE.uri()))
            .addCommandListener(
                new CommandListener() {
                  @Override
                  public void commandStarted(CommandStartedEvent event) {
                    if (event.getCommandName().equals("listIndexes")) {
                      asked.add(event.getCommand().getString("listIndexes").getValue());
                    }
                  }
                })
            .build();

    try (MongoClient watchedClient = MongoClients.create(watched)) {
      new Schema(watchedClient, "lpai", new MongoNamespace("lpai", Collections.KEY_VAULT))
          .prepare();
    }

    assertThat(asked).contains(Collections.CONTACTS, Collections.KEY_VAULT).doesNotHaveDuplicates();
  }

  @Test
  void eightInstancesMayPrepareAtOnce() {
    ManyThreads.atOnce(
        8,
        number -> {
          schema("together").prepare();
          return number;
        });

    assertThat(schema("together").preparedVersion()).isEqualTo(Schema.VERSION);
    assertThat(indexes("together", Collections.WEBHOOK_QUEUE)).hasSize(7);
  }

  @Test
  void anOlderInstanceLeavesTheVersionOfANewerOne() {
    schema("newer").prepare();
    client
        .getDatabase("newer")
        .getCollection(Collections.SCHEMA)
        .updateOne(new Document(), new Document("$set", new Document("version", 99)));

    schema("newer").prepare();

    assertThat(schema("newer").preparedVersion()).isEqualTo(99);
  }

  @Test
  void anIndexOfAnotherFormInTheWayIsNamedWithWhatToDo() {
    collection("conflict", Collections.LOCATIONS)
        .createIndex(Indexes.ascending("locationId"), new IndexOptions().name("mine"));

    assertThatExceptionOfType(SchemaConflictException.class)
        .isThrownBy(schema("conflict")::prepare)
        .withMessageContaining("conflict.locations")
        .withMessageContaining("dropIndex('mine')");
  }

  @Test
  void indexesOfEarlierVersionsMakeRoom() {
    for (Index index : Schema.FORMER) {
      collection("earlier", index.collection()).createIndex(index.key(), index.options());
    }

    schema("earlier").prepare();

    for (Index index : Schema.FORMER) {
      assertThat(indexes("earlier", index.collection())).noneMatch(index::isSameAs);
    }
    assertThat(indexes("earlier", Collections.CONTACTS))
        .hasSameSizeAs(indexes("lpai", Collections.CONTACTS));
  }

  @Test
  void dataThatIsNotUniqueIsNamedWithWhatToDo() {
    Document twin = new Document("locationId", "one");
    collection("twins", Collections.LOCATIONS)
        .insertMany(List.of(new Document(twin), new Document(twin)));

    assertThatExceptionOfType(SchemaConflictException.class)
        .isThrownBy(schema("twins")::prepare)
        .withMessageContaining("twins.locations")
        .withMessageContaining("[locationId]");
  }

  @Test
  void anotherMasterKeyThanBeforeStopsTheStart() {
    MongoSettings settings =
        DATABASE.settings().withMasterKeys(MasterKeys.only(TestDatabase.masterKey(2)));
    try (MongoAdapter stranger = MongoAdapter.open(settings)) {

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(stranger::prepareSchema)
          .withMessageContaining("The master key is not the one");
    }
  }

  private Schema schema(String database) {
    return new Schema(client, database, new MongoNamespace(database, Collections.KEY_VAULT));
  }

  private MongoCollection<Document> collection(String database, String name) {
    return client.getDatabase(database).getCollection(name);
  }

  private List<Document> indexes(String database, String name) {
    return collection(database, name).listIndexes().into(new ArrayList<>());
  }
}
