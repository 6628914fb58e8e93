package com.lpai.dev.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/** An engine with a client connected to it. */
final class RunningEngine implements AutoCloseable {
  private final EmbeddedMongo mongo;
  private final MongoClient client;

  RunningEngine(EmbeddedMongoConfig config) {
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
