package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.IntakeLimits;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.webhook.QueueFullException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores what many threads bring at the same time in few batches. There is no thread and no timer
 * of its own: who comes while a batch may be begun takes everything that waits and writes it, the
 * others wait for their outcome. So a single entry is written at once, and under load each batch
 * holds what came while the one before was under way. An entry is in memory only for as long as its
 * caller waits for it.
 *
 * @param <E> what is stored
 * @param <R> what became of it
 */
final class GroupCommit<E, R> {
  private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

  /** Writes a batch; answers each entry as soon as its outcome is certain. */
  @FunctionalInterface
  interface Writer<E, R> {
    /**
     * Writes these.
     *
     * @throws RuntimeException the reason why those without an answer failed
     */
    void write(List<Entry<E, R>> batch);
  }

  private enum State {
    WAITING,
    TAKEN,
    OVER
  }

  /** One that waits for its outcome. */
  static final class Entry<E, R> {
    private final GroupCommit<E, R> group;
    private final E content;
    private final long bytes;
    private final Condition turn;
    private State state = State.WAITING;
    private Optional<R> result = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    private Entry(GroupCommit<E, R> group, E content, long bytes) {
      this.group = group;
      this.content = content;
      this.bytes = bytes;
      this.turn = group.lock.newCondition();
    }

    E content() {
      return content;
    }

    /** It is certain what became of it. */
    void answer(R outcome) {
      group.end(this, Optional.of(outcome), Optional.empty());
    }

    /** It is not stored for certain. */
    void fail(RuntimeException why) {
      group.end(this, Optional.empty(), Optional.of(why));
    }

    private boolean metNoStorage() {
      return failure.filter(StorageUnavailableException.class::isInstance).isPresent();
    }

    private R outcome() {
      return result.orElseThrow(
          () ->
              failure.orElseGet(
                  () -> new StorageUnavailableException("A batch left an entry unanswered.")));
    }
  }

  private final Writer<E, R> writer;
  private final IntakeLimits limits;
  private final Duration patience;
  private final boolean comesAgain;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Deque<Entry<E, R>> waiting = new ArrayDeque<>();
  private int underWay;
  private int held;
  private long heldBytes;
  private boolean closed;

  /** The last batch met no storage; until one does, a single one tries and nobody waits behind. */
  private boolean storageIsAway;

  /**
   * A group of what comes again when it is refused: while the storage is away nobody waits behind
   * the one that tries, and who is interrupted leaves.
   *
   * @param patience how long an entry waits until its batch begins
   */
  GroupCommit(Writer<E, R> writer, IntakeLimits limits, Duration patience) {
    this(writer, limits, patience, true);
  }

  private GroupCommit(
      Writer<E, R> writer, IntakeLimits limits, Duration patience, boolean comesAgain) {
    this.writer = writer;
    this.limits = limits;
    this.patience = patience;
    this.comesAgain = comesAgain;
  }

  /**
   * A group of outcomes of work that would have to be done again: each is tried, whatever became of
   * others, and an interrupt ends no wait.
   */
  static <E, R> GroupCommit<E, R> ofWork(
      Writer<E, R> writer, IntakeLimits limits, Duration patience) {
    return new GroupCommit<>(writer, limits, patience, false);
  }

  /**
   * Stores one entry together with those that wait, and answers what became of it.
   *
   * @throws QueueFullException at once when too many wait
   * @throws StorageUnavailableException when it is not certain that it is stored
   */
  R store(E content, long bytes) {
    lock.lock();
    try {
      requireRoomFor(bytes);
      Entry<E, R> mine = new Entry<>(this, content, bytes);
      waiting.addLast(mine);
      held++;
      heldBytes += bytes;
      awaitOutcome(mine);
      return mine.outcome();
    } finally {
      lock.unlock();
    }
  }

  private void requireRoomFor(long bytes) {
    if (closed) {
      throw new StorageUnavailableException("The queue is closed: the server stops.");
    }
    if (storageIsAway && underWay > 0) {
      throw isAway();
    }
    if (held >= limits.waiting() || (held > 0 && heldBytes + bytes > limits.waitingBytes())) {
      throw new QueueFullException(
          held + " entries of " + heldBytes + " bytes wait to be stored already.");
    }
  }

  private static StorageUnavailableException isAway() {
    return new StorageUnavailableException(
        "The storage is away; another event finds out when not.");
  }

  private void awaitOutcome(Entry<E, R> mine) {
    boolean interrupted = false;
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (mine.state != State.OVER) {
        try {
          await(mine, Math.max(0, end - System.nanoTime()));
        } catch (InterruptedException interrupt) {
          interrupted = true;
          if (comesAgain) {
            leave(mine);
            throw new StorageUnavailableException(
                "The wait for a batch was interrupted.", interrupt);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void await(Entry<E, R> mine, long nanos) throws InterruptedException {
    long left = nanos;
    while (mine.state != State.OVER) {
      if (mine.state == State.WAITING && underWay < limits.batchesAtOnce()) {
        writeABatch();
        continue;
      }
      if (mine.state == State.TAKEN) {
        mine.turn.await();
      } else if (left > 0) {
        left = mine.turn.awaitNanos(left);
      } else {
        leave(mine);
        throw new StorageUnavailableException(
            "What came before it took longer than " + patience + " to be stored.");
      }
    }
  }

  /** One whose batch has not begun is taken out; otherwise nobody asks for its outcome any more. */
  private void leave(Entry<E, R> mine) {
    if (mine.state == State.WAITING) {
      waiting.remove(mine);
      end(mine, Optional.empty(), Optional.empty());
      // It may have been called to write.
      callNext();
    }
  }

  /** With the lock held before and after, and not while writing. */
  private void writeABatch() {
    List<Entry<E, R>> batch = take();
    underWay++;
    callNext();
    lock.unlock();
    // An interrupt is meant for this thread's own entry, not for those of the others.
    boolean interrupted = Thread.interrupted();
    Optional<RuntimeException> failure = Optional.empty();
    try {
      failure = write(batch);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      lock.lock();
      underWay--;
      for (Entry<E, R> entry : batch) {
        end(entry, Optional.empty(), failure);
      }
      storageIsAway = comesAgain && batch.stream().allMatch(Entry::metNoStorage);
      if (storageIsAway) {
        refuseWaiting();
      }
      callNext();
    }
  }

  private void refuseWaiting() {
    while (!waiting.isEmpty()) {
      end(waiting.removeFirst(), Optional.empty(), Optional.of(isAway()));
    }
  }

  private Optional<RuntimeException> write(List<Entry<E, R>> batch) {
    try {
      writer.write(batch);
      return Optional.empty();
    } catch (StorageUnavailableException away) {
      return Optional.of(away);
    } catch (RuntimeException | Error fault) {
      LOG.log(System.Logger.Level.ERROR, "A batch was not stored after a fault", fault);
      return Optional.of(new StorageUnavailableException("A batch met a fault.", fault));
    }
  }

  private List<Entry<E, R>> take() {
    List<Entry<E, R>> batch = new ArrayList<>(Math.min(waiting.size(), limits.batch()));
    long bytes = 0;
    for (Entry<E, R> next : waiting) {
      bytes += next.bytes;
      if (batch.size() == limits.batch() || (!batch.isEmpty() && bytes > limits.batchBytes())) {
        break;
      }
      batch.add(next);
    }
    for (Entry<E, R> taken : batch) {
      waiting.removeFirst();
      taken.state = State.TAKEN;
    }
    return batch;
  }

  private void callNext() {
    if (underWay < limits.batchesAtOnce() && !waiting.isEmpty()) {
      waiting.getFirst().turn.signal();
    }
  }

  private void end(Entry<E, R> entry, Optional<R> result, Optional<RuntimeException> failure) {
    lock.lock();
    try {
      if (entry.state == State.OVER) {
        return;
      }
      entry.state = State.OVER;
      entry.result = result;
      entry.failure = failure;
      held--;
      heldBytes -= entry.bytes;
      entry.turn.signal();
      if (held == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and waits until what was taken has its outcome, or until the time is over. */
  void close(Duration longest) {
    lock.lock();
    try {
      closed = true;
      long left = longest.toNanos();
      while (held > 0 && left > 0) {
        left = empty.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for their outcome. */
  int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }
}
