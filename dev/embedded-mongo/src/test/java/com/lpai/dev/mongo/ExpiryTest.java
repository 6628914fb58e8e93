package com.lpai.dev.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a TTL index deletes and when. */
class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final DurableStore store = DurableStore.open(EmbeddedMongoConfig.inMemory());
  private final Engine engine = new Engine(store, InstantSource.fixed(NOW));

  @AfterEach
  void stop() {
    store.close();
  }

  private void createIndex(Document options) {
    Document index =
        new Document("key", new Document("at", 1)).append("name", "at_1").append("v", 2);
    index.putAll(options);
    execute(new Document("createIndexes", "things").append("indexes", List.of(index)));
  }

  private Document execute(Document command) {
    return engine.execute(() -> command.append("$db", "test"));
  }

  private void insert(Document... things) {
    execute(new Document("insert", "things").append("documents", List.of(things)));
  }

  private Object count() {
    return Fields.value(execute(new Document("count", "things")), "n");
  }

  @Test
  void onlyDatesOlderThanTheLimitExpire() {
    createIndex(new Document("expireAfterSeconds", 60));
    insert(
        new Document("_id", 1).append("at", NOW.minusSeconds(60)),
        new Document("_id", 2).append("at", NOW.minusSeconds(59)),
        new Document("_id", 3).append("at", "long ago"),
        new Document("_id", 4));

    engine.deleteExpired();

    assertThat(count()).isEqualTo(3);
    assertThat(execute(new Document("count", "things").append("query", new Document("_id", 1))))
        .containsEntry("n", 0);
  }

  @Test
  void manyDocumentsExpireAtOnce() {
    createIndex(new Document("expireAfterSeconds", 0));
    insert(
        IntStream.range(0, 1_200)
            .mapToObj(i -> new Document("_id", i).append("at", NOW.minusSeconds(i)))
            .toArray(Document[]::new));

    engine.deleteExpired();

    assertThat(count()).isEqualTo(0);
  }

  @Test
  void anIndexWithoutALimitDeletesNothing() {
    createIndex(new Document());
    insert(new Document("_id", 1).append("at", Instant.EPOCH));

    engine.deleteExpired();

    assertThat(count()).isEqualTo(1);
  }
}
