package com.lpai.dev.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Where records are kept: in memory, or in one file of a directory. A change is on disk within 50
 * ms.
 */
public final class Storage implements AutoCloseable {
  private static final int COMMIT_DELAY_MILLIS = 50;
  private static final String FILE = "ghl-sandbox.mv";

  private final Function<String, Map<String, String>> maps;
  private final Runnable close;

  private Storage(Function<String, Map<String, String>> maps, Runnable close) {
    this.maps = maps;
    this.close = close;
  }

  /** Keeps in the directory where there is one, else in memory. */
  public static Storage of(Optional<Path> directory) {
    return directory.map(Storage::in).orElseGet(Storage::inMemory);
  }

  private static Storage inMemory() {
    return new Storage(name -> new ConcurrentHashMap<>(), () -> {});
  }

  private static Storage in(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The sandbox's data directory " + directory + " cannot be made", failure);
    }
    Path file = directory.resolve(FILE);
    MVStore store = open(file);
    store.setAutoCommitDelay(COMMIT_DELAY_MILLIS);
    return new Storage(store::<String, String>openMap, store::close);
  }

  private static MVStore open(Path file) {
    try {
      return new MVStore.Builder().fileName(file.toString()).open();
    } catch (MVStoreException failure) {
      throw new IllegalStateException(
          "The sandbox's data file "
              + file
              + " cannot be opened: is another sandbox running on it? ("
              + failure.getMessage()
              + ")",
          failure);
    }
  }

  public Shelf shelf(String name) {
    return new Shelf(maps.apply(name));
  }

  @Override
  public void close() {
    close.run();
  }
}
