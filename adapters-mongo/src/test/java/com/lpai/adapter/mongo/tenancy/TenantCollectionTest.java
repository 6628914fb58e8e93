package com.lpai.adapter.mongo.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantCollectionTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Find ALL = Find.sortedBy(Sorts.ascending("_id"));

  private final LocationId mine = TenantFixture.anyLocation();
  private final LocationId other = TenantFixture.anyLocation();
  private MongoClient client;
  private TenantCollection things;

  @BeforeEach
  void open() {
    client = DATABASE.client();
    things = new Collections(client.getDatabase("lpai")).ofTenants(Collections.CHECKPOINTS);
    things.insert(other, new Document("_id", other.value()).append("name", "theirs"));
  }

  @AfterEach
  void close() {
    client.close();
  }

  /** In the guide an "or" reached the records of every location (trap 50). */
  @Test
  void noFilterReachesAnotherLocation() {
    for (Bson filter :
        List.<Bson>of(
            new Document(),
            Filters.eq("_id", other.value()),
            new Document("_id", other.value()),
            Filters.eq("locationId", other.value()),
            new Document("locationId", other.value()),
            new Document("locationId", new Document("$exists", true)),
            new Document("$or", List.of(new Document("_id", other.value()))),
            Filters.or(Filters.eq("locationId", other.value()), Filters.exists("_id")),
            Filters.exists("locationId"))) {
      assertThat(things.find(mine, filter, ALL)).isEmpty();
      assertThat(things.count(mine, filter)).isZero();
      assertThat(things.update(mine, filter, Updates.set("name", "stolen")).wrote()).isFalse();
      assertThat(things.updateMany(mine, filter, Updates.set("name", "stolen"))).isZero();
      assertThat(things.delete(mine, filter)).isFalse();
      things.bulk(mine, List.of(new TenantWrite.Update(filter, Updates.set("name", "stolen"))));
    }

    assertThat(things.find(other, new Document(), ALL))
        .singleElement()
        .satisfies(document -> assertThat(document).containsEntry("name", "theirs"));
  }

  /** The driver sends no batch again that holds a write of several documents. */
  @Test
  void everyWriteOfABatchIsOfOneDocument() {
    RecordedCommands commands = new RecordedCommands();
    Document one = new Document("_id", mine.value());
    Bson named = Updates.set("name", "ours");
    try (MongoClient watched = MongoClients.create(commands.settings(DATABASE.uri()))) {
      new Collections(watched.getDatabase("lpai"))
          .ofTenants(Collections.CHECKPOINTS)
          .bulk(
              mine,
              List.of(
                  new TenantWrite.Insert(one),
                  new TenantWrite.Update(one, named),
                  new TenantWrite.Upsert(one, named),
                  new TenantWrite.Replace(one, one),
                  new TenantWrite.Delete(one)));
    }

    List<BsonDocument> statements =
        commands.writes().stream()
            .flatMap(
                command ->
                    Stream.of("updates", "deletes")
                        .map(name -> command.getArray(name, new BsonArray())))
            .flatMap(List::stream)
            .map(BsonValue::asDocument)
            .toList();
    assertThat(statements)
        .hasSize(4)
        .allSatisfy(
            statement -> {
              assertThat(statement.getBoolean("multi", BsonBoolean.FALSE))
                  .isEqualTo(BsonBoolean.FALSE);
              assertThat(statement.getInt32("limit", new BsonInt32(1))).isEqualTo(new BsonInt32(1));
            });
  }

  @Test
  void aDocumentBelongsToItsLocationWhateverItSays() {
    things.insert(mine, new Document("_id", mine.value()).append("locationId", other.value()));

    assertThat(things.find(mine, new Document(), ALL)).hasSize(1);
    assertThat(things.find(other, new Document(), ALL)).hasSize(1);
  }
}
