package com.lpai.adapter.mongo;

import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An embedded engine with the adapter on it, for all tests of one class. */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private final EmbeddedMongo engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
  private final MongoAdapter adapter = MongoAdapter.open(settings());

  public MongoSettings settings() {
    return settings(uri());
  }

  public String uri() {
    return engine.connectionString();
  }

  /** Settings for any server, with a short time for each call and a fixed master key. */
  public static MongoSettings settings(String uri) {
    return MongoSettings.of(uri, masterKey(1))
        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** A master key told apart by its number. */
  public static MasterKey masterKey(long number) {
    byte[] bytes = new byte[96];
    new Random(number).nextBytes(bytes);
    return new MasterKey.Local(bytes);
  }

  public MongoAdapter adapter() {
    return adapter;
  }

  /** A client of its own, to see what is really stored. */
  public MongoClient client() {
    return MongoClients.create(uri() + "/?uuidRepresentation=standard");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    adapter.prepareSchema();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    adapter.close();
    engine.close();
  }
}
