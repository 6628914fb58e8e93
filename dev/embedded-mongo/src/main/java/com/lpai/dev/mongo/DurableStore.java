package com.lpai.dev.mongo;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * The file. Changes run side by side; the first of those that wait for the next commit makes it for
 * all of them (group commit). A commit never falls into the middle of a change, so that what is on
 * disk always holds a document together with its index entries.
 */
final class DurableStore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DurableStore.class.getName());
  private static final int FORMAT = 4;
  private static final int CACHE_MEGABYTES = 128;
  private static final int TARGET_FILL_PERCENT = 60;

  /** Nothing is committed meanwhile, so it is done in small parts. */
  private static final int COMPACTION_BYTES = 2 * 1024 * 1024;

  private static final int CLOSING_COMPACTION_MILLIS = 1_000;
  private static final int UNLOCK_ATTEMPTS = 20;
  private static final long UNLOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Freed space is reused only after this time, long after the commit that freed it is on disk. */
  private static final int RETENTION_MILLIS = 5_000;

  private final MVStore store;

  /** Changes share it, a commit has it alone. */
  private final ReadWriteLock changes = new ReentrantReadWriteLock();

  /** Held by who commits; who leads the next round waits for it. */
  private final Lock commits = new ReentrantLock();

  /** Of the next commit. */
  private final AtomicReference<Round> next = new AtomicReference<>(new Round());

  /** Changes that one commit makes durable. */
  private static final class Round {
    private final AtomicBoolean led = new AtomicBoolean();
    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();

    /** True for one of them. */
    boolean lead() {
      return !led.get() && led.compareAndSet(false, true);
    }
  }

  DurableStore(MVStore store) {
    this.store = store;
    store.setVersionsToKeep(0);
    store.setRetentionTime(RETENTION_MILLIS);
    store.setStoreVersion(FORMAT);
  }

  static DurableStore open(EmbeddedMongoConfig config) {
    return switch (config.storage()) {
      case EmbeddedMongoConfig.InMemory memory -> inMemory();
      case EmbeddedMongoConfig.InFile(Path path) -> new DurableStore(openFile(path));
    };
  }

  /** Nothing is kept. */
  static DurableStore inMemory() {
    return new DurableStore(MVStore.open(null));
  }

  private static MVStore openFile(Path path) {
    // No commit but ours: neither by time nor by memory, see the class comment.
    MVStore.Builder builder =
        new MVStore.Builder()
            .fileName(path.toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .cacheSize(CACHE_MEGABYTES);
    try {
      Files.createDirectories(path.toAbsolutePath().resolveSibling("."));
      MVStore store = openWhenFree(builder);
      if (store.getStoreVersion() != FORMAT && !store.getMapNames().isEmpty()) {
        store.closeImmediately();
        throw new IOException("it is of another version of this engine");
      }
      return store;
    } catch (MVStoreException | IOException | IllegalArgumentException e) {
      throw new StartFailedException(
          ("The database file %s cannot be opened: it is in use by another process, is not a file of"
                  + " this engine, is damaged, or may not be read and written. Stop that process, or"
                  + " choose another file. (%s)")
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** A process that was just killed may hold its file for a moment still. */
  private static MVStore openWhenFree(MVStore.Builder builder) {
    for (int attempt = 1; ; attempt++) {
      try {
        return builder.open();
      } catch (MVStoreException e) {
        if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED || attempt == UNLOCK_ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(UNLOCK_PAUSE_NANOS);
      }
    }
  }

  Set<String> mapNames() {
    return store.getMapNames();
  }

  MVMap<String, byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(KeyType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  void remove(MVMap<String, byte[]> map) {
    store.removeMap(map);
  }

  /** Runs the query while no page that it may still need is given up. */
  <T> T read(Supplier<T> query) {
    MVStore.TxCounter use = store.registerVersionUsage();
    try {
      return query.get();
    } finally {
      store.deregisterVersionUsage(use);
    }
  }

  /** Runs the change and returns its result once it is durable. */
  <T> T change(Supplier<T> change) {
    T result = holding(changes.readLock(), change);
    if (store.isPersistent()) {
      // Whoever takes the round after this reads what was changed before it.
      Round round = next.get();
      if (round.lead()) {
        var unused = holding(commits, () -> commit(round));
      } else {
        awaitCommit(round);
      }
    }
    return result;
  }

  private boolean commit(Round round) {
    next.set(new Round());
    try {
      return round.durable.complete(commit());
    } finally {
      // Nobody is left waiting whatever went wrong.
      round.durable.cancel(false);
    }
  }

  private static void awaitCommit(Round round) {
    try {
      var unused = round.durable.join();
    } catch (CancellationException failed) {
      throw new MVStoreException(
          DataUtils.ERROR_WRITING_FAILED, "The commit of this change failed");
    }
  }

  private boolean commit() {
    try {
      var unused = holding(changes.writeLock(), store::commit);
      store.sync();
      return true;
    } catch (MVStoreException e) {
      LOG.log(Level.ERROR, "The database file failed; nothing works until a restart", e);
      store.closeImmediately();
      throw e;
    }
  }

  /** Moves what is left of mostly dead regions together, so that their space can be reused. */
  void compact() {
    var unused =
        holding(commits, () -> store.compact(TARGET_FILL_PERCENT, COMPACTION_BYTES) && commit());
  }

  /** Commits what is left and closes the file. */
  @Override
  public void close() {
    var unused = holding(commits, () -> holding(changes.writeLock(), this::closeFile));
  }

  private boolean closeFile() {
    store.close(CLOSING_COMPACTION_MILLIS);
    return true;
  }

  /** Does the work with the lock held. */
  static <T> T holding(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
