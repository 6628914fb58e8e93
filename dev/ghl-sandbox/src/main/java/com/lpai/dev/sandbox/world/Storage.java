package com.lpai.dev.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Where records are kept: in memory, or in one file of a directory. A change is on disk within 50
 * ms.
 */
public final class Storage implements AutoCloseable {
  private static final int COMMIT_DELAY_MILLIS = 50;
  private static final int BULK_COMMIT_DELAY_MILLIS = 60_000;
  private static final int BULK_BUFFER_KILOBYTES = 64 * 1024;
  private static final String FILE = "ghl-sandbox.mv";

  private final Function<String, Optional<Map<String, String>>> maps;
  private final Consumer<Runnable> bulk;
  private final Runnable close;

  private Storage(
      Function<String, Optional<Map<String, String>>> maps,
      Consumer<Runnable> bulk,
      Runnable close) {
    this.maps = maps;
    this.bulk = bulk;
    this.close = close;
  }

  /** Keeps in the directory where there is one, else in memory. */
  public static Storage of(Optional<Path> directory) {
    return directory.map(Storage::in).orElseGet(Storage::inMemory);
  }

  private static Storage inMemory() {
    return new Storage(name -> Optional.empty(), Runnable::run, () -> {});
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
    return new Storage(
        name -> Optional.of(store.<String, String>openMap(name)),
        writes -> inOneCommit(store, writes),
        store::close);
  }

  /** A commit each 50 ms would write the inner pages of a large map over and over. */
  private static void inOneCommit(MVStore store, Runnable writes) {
    store.setAutoCommitDelay(BULK_COMMIT_DELAY_MILLIS);
    try {
      writes.run();
      store.commit();
    } finally {
      store.setAutoCommitDelay(COMMIT_DELAY_MILLIS);
    }
  }

  private static MVStore open(Path file) {
    try {
      return new MVStore.Builder()
          .fileName(file.toString())
          .autoCommitBufferSize(BULK_BUFFER_KILOBYTES)
          .open();
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
    return new Shelf(kept(name));
  }

  /** Texts that outlive the process by key; empty when nothing does. */
  Optional<Map<String, String>> kept(String name) {
    return maps.apply(name);
  }

  /** Runs many writes with one commit at their end. */
  public void bulk(Runnable writes) {
    bulk.accept(writes);
  }

  @Override
  public void close() {
    close.run();
  }
}
