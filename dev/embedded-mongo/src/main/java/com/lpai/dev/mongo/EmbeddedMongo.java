package com.lpai.dev.mongo;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A running engine. What it supports and refuses is in the module's README; it listens on 127.0.0.1
 * and asks for no password.
 */
public final class EmbeddedMongo implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedMongo.class.getName());

  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger CORE_LOGGER = Logger.getLogger("de.bwaldvogel.mongo");

  private static final int EXPIRY_PAUSE_MILLIS = 60_000;
  private static final int COMPACTION_PAUSE_MILLIS = 150;

  private final DurableStore store;
  private final WireServer server;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mongo-timer").daemon(true).factory());

  private EmbeddedMongo(DurableStore store, WireServer server) {
    this.store = store;
    this.server = server;
  }

  /**
   * Opens the storage and accepts connections.
   *
   * @throws StartFailedException if the port is taken or the file cannot be used
   */
  public static EmbeddedMongo start(EmbeddedMongoConfig config) {
    CORE_LOGGER.setLevel(Level.SEVERE);
    DurableStore store = DurableStore.open(config);
    try {
      Engine engine = new Engine(store, Clock.systemUTC());
      EmbeddedMongo mongo = new EmbeddedMongo(store, WireServer.start(config.port(), engine));
      mongo.repeat(engine::deleteExpired, EXPIRY_PAUSE_MILLIS);
      mongo.repeat(store::compact, COMPACTION_PAUSE_MILLIS);
      return mongo;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void repeat(Runnable work, int pauseMillis) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Upkeep failed and is tried again later", e);
          }
        };
    var unused =
        timer.scheduleWithFixedDelay(guarded, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
  }

  /** For a driver: {@code mongodb://127.0.0.1:PORT}. */
  public String connectionString() {
    return "mongodb://127.0.0.1:" + port();
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Cuts off the clients, commits what they have written and closes the file. */
  @Override
  public void close() {
    server.close();
    timer.close();
    store.close();
  }
}
