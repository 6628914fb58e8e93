package com.lpai.dev.mongo;

import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A running engine. What it supports and refuses is in the module's README; it listens on 127.0.0.1
 * and asks for no password.
 */
public final class EmbeddedMongo implements AutoCloseable {
  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger CORE_LOGGER = Logger.getLogger("de.bwaldvogel.mongo");

  private final DurableStore store;
  private final WireServer server;
  private final ExpirySweeper sweeper;

  private EmbeddedMongo(DurableStore store, WireServer server, ExpirySweeper sweeper) {
    this.store = store;
    this.server = server;
    this.sweeper = sweeper;
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
      Clock clock = Clock.systemUTC();
      Engine engine = new Engine(store, clock);
      WireServer server = WireServer.start(config.port(), engine);
      ExpirySweeper sweeper = new ExpirySweeper(store, engine, clock);
      sweeper.start();
      return new EmbeddedMongo(store, server, sweeper);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
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
    sweeper.close();
    store.close();
  }
}
