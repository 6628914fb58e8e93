package com.lpai.dev.mongo;

import java.nio.file.Path;

/**
 * How to run the engine.
 *
 * @param port the port on 127.0.0.1, 0 for any free one
 * @param storage where the documents live
 */
public record EmbeddedMongoConfig(int port, Storage storage) {
  public EmbeddedMongoConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0..65535, not " + port);
    }
  }

  /** For tests: a free port, gone when closed. */
  public static EmbeddedMongoConfig inMemory() {
    return new EmbeddedMongoConfig(0, new InMemory());
  }

  /** One file on a free port, forced to the disk before each reply. */
  public static EmbeddedMongoConfig inFile(Path file) {
    return new EmbeddedMongoConfig(0, new InFile(file));
  }

  /** This configuration on another port. */
  public EmbeddedMongoConfig withPort(int port) {
    return new EmbeddedMongoConfig(port, storage);
  }

  /** Where the documents live. */
  public sealed interface Storage {}

  /** In the heap; nothing is kept. */
  public record InMemory() implements Storage {}

  /**
   * In one file, made with its directories if it does not exist.
   *
   * @param path the file; one process at a time may use it
   */
  public record InFile(Path path) implements Storage {}
}
