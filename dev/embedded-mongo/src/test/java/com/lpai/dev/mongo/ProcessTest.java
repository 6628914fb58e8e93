package com.lpai.dev.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start and stop: as a process and in one JVM. */
class ProcessTest {
  @TempDir private Path directory;

  @Test
  void aStoppedProcessKeepsDocumentsAndIndexes() throws Exception {
    Path file = directory.resolve("new").resolve("db.mv");
    try (EngineProcess engine = EngineProcess.onFile(file)) {
      write(engine);
      engine.terminate();
    }

    try (EngineProcess engine = EngineProcess.onFile(file);
        MongoClient client = MongoClients.create(engine.connectionString())) {
      MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
      assertThat(things.find(eq("name", "b")).first()).containsEntry("_id", 2);
      assertThat(things.listIndexes()).hasSize(2);
      assertThatThrownBy(() -> things.insertOne(new Document("name", "a")))
          .hasMessageContaining("E11000");
    }
  }

  private static void write(EngineProcess engine) {
    try (MongoClient client = MongoClients.create(engine.connectionString())) {
      MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
      things.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
      things.insertMany(
          List.of(
              new Document("_id", 1).append("name", "a"),
              new Document("_id", 2).append("name", "b")));
    }
  }

  @Test
  void theProcessEndsWithItsParent() throws Exception {
    try (EngineProcess parent = EngineProcess.onFile(directory.resolve("parent.mv"));
        EngineProcess child =
            EngineProcess.start(
                "--port",
                "0",
                "--file",
                directory.resolve("child.mv").toString(),
                "--parent-pid",
                Long.toString(parent.handle().pid()))) {
      assertThat(child.firstLine()).startsWith("READY mongodb://127.0.0.1:");

      parent.kill();

      assertThat(child.handle().onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  @Test
  void aTakenPortIsNamedWithWhatToDo() throws Exception {
    try (EmbeddedMongo running = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
        EngineProcess second =
            EngineProcess.start(
                "--port",
                Integer.toString(running.port()),
                "--file",
                directory.resolve("db.mv").toString())) {
      assertThat(second.firstLine())
          .contains("Port " + running.port())
          .contains("choose another port");
      assertThat(second.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aFileInUseIsNamedWithWhatToDo() throws Exception {
    Path file = directory.resolve("db.mv");
    try (EngineProcess first = EngineProcess.onFile(file);
        EngineProcess second = EngineProcess.onFile(file)) {
      assertThat(first.firstLine()).startsWith("READY");
      assertThat(second.firstLine()).contains(file.toString()).contains("in use");
      assertThat(second.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aForeignFileIsRefusedAndNotTouched() throws Exception {
    Path file = Files.writeString(directory.resolve("db.mv"), "not a database".repeat(1_000));

    assertThatThrownBy(() -> EmbeddedMongo.start(EmbeddedMongoConfig.inFile(file)))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("cannot be opened");

    assertThat(file).hasContent("not a database".repeat(1_000));
  }

  @Test
  void aBadArgumentIsNamedWithTheUsage() throws Exception {
    try (EngineProcess engine = EngineProcess.start("--port", "many", "--file", "x")) {
      assertThat(engine.firstLine()).contains("not many").contains("Usage:");
      assertThat(engine.exitCode()).isEqualTo(2);
    }
  }
}
