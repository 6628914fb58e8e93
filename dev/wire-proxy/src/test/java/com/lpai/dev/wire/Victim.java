package com.lpai.dev.wire;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;

/** A program of three steps over one database: insert, update, delete another. */
final class Victim {
  private Victim() {}

  /** Its argument is the address of the database. */
  public static void main(String[] arguments) {
    try (MongoClient client = MongoClients.create(arguments[0])) {
      MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
      things.insertOne(new Document("_id", "new").append("state", "made"));
      things.updateOne(Filters.eq("_id", "new"), Updates.set("state", "changed"));
      things.deleteOne(Filters.eq("_id", "old"));
    }
  }

  static Process start(String uri) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                uri))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What is in the database when the first n steps are done. */
  static List<Document> after(int steps) {
    Document old = new Document("_id", "old");
    Document made = new Document("_id", "new").append("state", "made");
    Document changed = new Document("_id", "new").append("state", "changed");
    return switch (steps) {
      case 0 -> List.of(old);
      case 1 -> List.of(made, old);
      case 2 -> List.of(changed, old);
      default -> List.of(changed);
    };
  }
}
