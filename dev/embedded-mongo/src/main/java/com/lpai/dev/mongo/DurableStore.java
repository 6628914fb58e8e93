package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/**
 * The file. Changes run side by side; one thread commits for all who wait (group commit). A commit
 * never falls into the middle of a change, so that what is on disk always holds a document together
 * with its index entries.
 */
final class DurableStore implements AutoCloseable {
  private static final int CACHE_MEGABYTES = 128;
  private static final int INTERNAL_ERROR = 1;
  private static final int TARGET_FILL_PERCENT = 60;
  private static final int COMPACTION_BYTES = 8 * 1024 * 1024;
  private static final int CLOSING_COMPACTION_MILLIS = 1_000;
  private static final long UNLOCK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long UNLOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long COMPACTION_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Freed space is reused only after this time, long after the commit that freed it is on disk. */
  private static final int RETENTION_MILLIS = 5_000;

  private final MVStore store;
  private final boolean forced;
  private final boolean inMemory;

  /** Changes share it, a commit has it alone. */
  private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();

  private final ReentrantLock tickets = new ReentrantLock();
  private final Condition ticketTaken = tickets.newCondition();
  private final Condition committed = tickets.newCondition();
  private final Thread committer;
  private long lastCompaction = System.nanoTime();
  private long lastTicket;
  private long durableTicket;
  private boolean closing;
  private boolean stopped;
  private @Nullable RuntimeException failure;

  private DurableStore(MVStore store, boolean inMemory, boolean forced) {
    this.store = store;
    this.inMemory = inMemory;
    this.forced = forced;
    this.committer =
        Thread.ofPlatform().name("mongo-commit").daemon(true).unstarted(this::commitForAll);
  }

  static DurableStore open(EmbeddedMongoConfig config) {
    DurableStore opened =
        switch (config.storage()) {
          case EmbeddedMongoConfig.InMemory memory ->
              new DurableStore(MVStore.open(null), true, false);
          case EmbeddedMongoConfig.InFile(Path path) ->
              new DurableStore(openFile(path), false, config.durability() == Durability.SYNC);
        };
    opened.store.setVersionsToKeep(0);
    opened.store.setRetentionTime(RETENTION_MILLIS);
    opened.committer.start();
    return opened;
  }

  private static MVStore openFile(Path path) {
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      // No commit but ours: neither by time nor by memory, see the class comment.
      return openWhenFree(
          new MVStore.Builder()
              .fileName(path.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MEGABYTES),
          System.nanoTime() + UNLOCK_PATIENCE_NANOS);
    } catch (MVStoreException e) {
      throw new StartFailedException(reason(path, e), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailedException(
          "The directory of the database file " + path + " cannot be made: " + e.getMessage(), e);
    }
  }

  /** A process that was just killed may hold its file for a moment still. */
  private static MVStore openWhenFree(MVStore.Builder builder, long deadline) {
    while (true) {
      try {
        return builder.open();
      } catch (MVStoreException e) {
        if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(UNLOCK_PAUSE_NANOS);
      }
    }
  }

  private static String reason(Path path, MVStoreException e) {
    if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
      return "The database file "
          + path
          + " is in use by another process. Stop that one, or choose another file.";
    }
    return "The database file "
        + path
        + " cannot be opened: it is not a file of this engine, is damaged, or may not be read and"
        + " written. Check it, or choose another file. ("
        + e.getMessage()
        + ")";
  }

  MVMap<Object[], byte[]> map(String name, KeyType keys) {
    return store.openMap(
        name,
        new MVMap.Builder<Object[], byte[]>().keyType(keys).valueType(ByteArrayDataType.INSTANCE));
  }

  void remove(MVMap<Object[], byte[]> map) {
    store.removeMap(map);
  }

  /** Runs the change and returns its result once it is durable. */
  <T> T change(Supplier<T> change) {
    T result = apply(change);
    awaitCommit();
    return result;
  }

  private <T> T apply(Supplier<T> change) {
    changes.readLock().lock();
    try {
      return change.get();
    } finally {
      changes.readLock().unlock();
    }
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

  private void awaitCommit() {
    if (inMemory) {
      return;
    }
    tickets.lock();
    try {
      long mine = ++lastTicket;
      ticketTaken.signal();
      while (durableTicket < mine) {
        if (stopped) {
          throw notDurable();
        }
        committed.awaitUninterruptibly();
      }
    } finally {
      tickets.unlock();
    }
  }

  private MongoServerError notDurable() {
    String why = failure == null ? "the server is stopping" : "the file failed: " + failure;
    return new MongoServerError(
        INTERNAL_ERROR, "InternalError", "the write may not be on disk: " + why);
  }

  private void commitForAll() {
    try {
      while (awaitWork()) {
        commitNewest();
        if (System.nanoTime() - lastCompaction > COMPACTION_PAUSE_NANOS) {
          compact();
        }
      }
      stop(null);
    } catch (RuntimeException e) {
      System.getLogger(DurableStore.class.getName())
          .log(
              System.Logger.Level.ERROR,
              "The database file failed; writes are refused until a restart: {0}",
              e.getMessage());
      stop(e);
    }
  }

  /** Waits for a change or for a while; false once the store closes and nobody waits. */
  private boolean awaitWork() {
    tickets.lock();
    try {
      long left = COMPACTION_PAUSE_NANOS;
      while (lastTicket == durableTicket && !closing && left > 0) {
        left = ticketTaken.awaitNanos(left);
      }
      return lastTicket != durableTicket || !closing;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody may interrupt the commit thread", e);
    } finally {
      tickets.unlock();
    }
  }

  private void commitNewest() {
    long newest = newestTicket();
    if (newest != durableTicket) {
      commit();
      markDurable(newest);
    }
  }

  private long newestTicket() {
    tickets.lock();
    try {
      return lastTicket;
    } finally {
      tickets.unlock();
    }
  }

  /** Moves what is left of mostly dead regions together, so that their space can be reused. */
  private void compact() {
    lastCompaction = System.nanoTime();
    if (!inMemory && store.compact(TARGET_FILL_PERCENT, COMPACTION_BYTES)) {
      commit();
    }
  }

  private void commit() {
    changes.writeLock().lock();
    try {
      store.commit();
    } finally {
      changes.writeLock().unlock();
    }
    if (forced) {
      store.sync();
    }
  }

  private void markDurable(long ticket) {
    tickets.lock();
    try {
      durableTicket = ticket;
      committed.signalAll();
    } finally {
      tickets.unlock();
    }
  }

  private void stop(@Nullable RuntimeException reason) {
    tickets.lock();
    try {
      stopped = true;
      failure = reason;
      committed.signalAll();
    } finally {
      tickets.unlock();
    }
  }

  /** Commits what is left and closes the file. */
  @Override
  public void close() {
    tickets.lock();
    try {
      closing = true;
      ticketTaken.signal();
    } finally {
      tickets.unlock();
    }
    join();
    changes.writeLock().lock();
    try {
      store.close(CLOSING_COMPACTION_MILLIS);
    } finally {
      changes.writeLock().unlock();
    }
  }

  private void join() {
    try {
      committer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
