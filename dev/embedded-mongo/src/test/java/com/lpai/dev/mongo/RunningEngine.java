package com.lpai.dev.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.Document;

/** An engine with a client connected to it. */
final class RunningEngine implements AutoCloseable {
  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger DRIVER_LOGGER = Logger.getLogger("org.mongodb.driver");

  private final EmbeddedMongo mongo;
  private final MongoClient client;

  RunningEngine(EmbeddedMongoConfig config) {
    DRIVER_LOGGER.setLevel(Level.WARNING);
    mongo = EmbeddedMongo.start(config);
    client = MongoClients.create(mongo.connectionString() + "/?uuidRepresentation=standard");
  }

  static RunningEngine inMemory() {
    return new RunningEngine(EmbeddedMongoConfig.inMemory());
  }

  MongoClient client() {
    return client;
  }

  MongoDatabase database() {
    return client.getDatabase("test");
  }

  MongoCollection<Document> collection(String name) {
    return database().getCollection(name);
  }

  @Override
  public void close() {
    client.close();
    mongo.close();
  }
}
