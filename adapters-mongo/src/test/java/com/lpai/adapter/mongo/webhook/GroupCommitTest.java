package com.lpai.adapter.mongo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.IntakeLimits;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.testing.ManyThreads;
import com.lpai.domain.webhook.QueueFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GroupCommitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final IntakeLimits ONE_BATCH = new IntakeLimits(1_000, 1_000_000, 500, 100_000, 1);

  private final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();
  private final CountDownLatch firstBegun = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  /** A writer whose first batch lasts until {@link #firstMayEnd}. */
  private void write(List<GroupCommit.Entry<String, String>> batch) {
    note(batch);
    if (firstBegun.getCount() > 0) {
      firstBegun.countDown();
      await(firstMayEnd);
    }
    batch.forEach(entry -> entry.answer("stored " + entry.content()));
  }

  private void note(List<GroupCommit.Entry<String, String>> batch) {
    batches.add(batch.stream().map(GroupCommit.Entry::content).toList());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private GroupCommit<String, String> group(IntakeLimits limits) {
    return new GroupCommit<>(this::write, limits, PATIENCE);
  }

  private static Running begin(Callable<String> call) {
    FutureTask<String> task = new FutureTask<>(call);
    Thread thread = Thread.ofVirtual().start(task);
    return new Running(thread, task);
  }

  /** One caller on a thread of its own. */
  private record Running(Thread thread, FutureTask<String> task) {
    String outcome() {
      try {
        return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException failed) {
        return failed.getCause().getClass().getSimpleName();
      } catch (Exception other) {
        throw new AssertionError(other);
      }
    }
  }

  private static void untilHeld(GroupCommit<String, String> group, int count) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> group.held() == count);
  }

  /** The first, whose batch is under way, and then these, which wait. */
  private List<Running> firstAnd(GroupCommit<String, String> group, int others) {
    List<Running> running = new ArrayList<>();
    running.add(begin(() -> group.store("first", 1)));
    await(firstBegun);
    for (int i = 0; i < others; i++) {
      String content = "e" + i;
      running.add(begin(() -> group.store(content, 1)));
      untilHeld(group, i + 2);
    }
    return running;
  }

  private static List<String> outcomes(List<Running> running) {
    return running.stream().map(Running::outcome).toList();
  }

  @Test
  void whatComesAloneIsWrittenAtOnceByItsOwnThread() {
    List<Thread> writing = new ArrayList<>();
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              writing.add(Thread.currentThread());
              batch.forEach(entry -> entry.answer("stored"));
            },
            ONE_BATCH,
            PATIENCE);

    assertThat(group.store("a", 1)).isEqualTo("stored");
    assertThat(writing).containsExactly(Thread.currentThread());
    assertThat(group.held()).isZero();
  }

  @Test
  void whatComesWhileABatchIsUnderWayIsWrittenTogetherInItsOrder() {
    GroupCommit<String, String> group = group(ONE_BATCH);
    List<Running> running = firstAnd(group, 63);

    firstMayEnd.countDown();

    assertThat(outcomes(running)).hasSize(64).allMatch(it -> it.startsWith("stored "));
    assertThat(batches)
        .containsExactly(
            List.of("first"), IntStream.range(0, 63).mapToObj(number -> "e" + number).toList());
  }

  @Test
  void aBatchHoldsNoMoreThanItsBounds() {
    GroupCommit<String, String> byCount = group(new IntakeLimits(1_000, 1_000, 4, 1_000, 1));
    List<Running> running = firstAnd(byCount, 10);

    firstMayEnd.countDown();

    assertThat(outcomes(running)).allMatch(it -> it.startsWith("stored "));
    assertThat(batches).extracting(List::size).containsExactly(1, 4, 4, 2);
    GroupCommit<String, String> byBytes = group(new IntakeLimits(1_000, 1_000, 100, 10, 1));
    assertThat(byBytes.store("larger than a batch", 50)).isEqualTo("stored larger than a batch");
  }

  /** Each would wait as long as the driver looks for a server. */
  @Test
  void whileTheStorageIsAwayOneTriesAndNobodyWaitsBehindIt() {
    AtomicInteger tries = new AtomicInteger();
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              note(batch);
              firstBegun.countDown();
              await(firstMayEnd);
              if (tries.incrementAndGet() < 3) {
                throw new StorageUnavailableException("away");
              }
              batch.forEach(entry -> entry.answer("stored " + entry.content()));
            },
            ONE_BATCH,
            PATIENCE);
    List<Running> running = firstAnd(group, 5);

    firstMayEnd.countDown();

    assertThat(outcomes(running)).containsOnly("StorageUnavailableException");
    assertThat(batches).containsExactly(List.of("first"));
    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> group.store("second", 1));
    assertThat(group.store("third", 1)).isEqualTo("stored third");
    assertThat(group.held()).isZero();
  }

  @Test
  void whileOneFindsOutWhetherTheStorageIsBackOthersAreRefusedAtOnce() {
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              note(batch);
              if (batches.size() == 1) {
                throw new StorageUnavailableException("away");
              }
              firstBegun.countDown();
              await(firstMayEnd);
              batch.forEach(entry -> entry.answer("stored " + entry.content()));
            },
            ONE_BATCH,
            PATIENCE);
    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> group.store("finds that it is away", 1));
    Running probe = begin(() -> group.store("probe", 1));
    await(firstBegun);

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> group.store("refused", 1));
    firstMayEnd.countDown();

    assertThat(probe.outcome()).isEqualTo("stored probe");
    assertThat(group.store("after", 1)).isEqualTo("stored after");
  }

  @Test
  void manyBatchesMayBeUnderWayAndNoMore() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              batch.forEach(entry -> entry.answer("stored"));
              now.decrementAndGet();
            },
            new IntakeLimits(1_000, 1_000_000, 3, 1_000, 2),
            PATIENCE);

    ManyThreads.atOnce(
        32,
        number -> {
          for (int i = 0; i < 50; i++) {
            group.store(number + "/" + i, 1);
          }
          return number;
        });

    assertThat(most).hasValueBetween(1, 2);
    assertThat(group.held()).isZero();
  }

  @Test
  void aboveTheBoundNobodyWaits() {
    GroupCommit<String, String> group = group(new IntakeLimits(3, 100, 500, 100, 1));
    List<Running> running = firstAnd(group, 2);

    assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> group.store("x", 1));
    assertThat(group.held()).isEqualTo(3);

    firstMayEnd.countDown();
    assertThat(outcomes(running)).allMatch(it -> it.startsWith("stored "));
    assertThat(group.store("later", 1)).isEqualTo("stored later");
  }

  @Test
  void aboveTheBytesNobodyWaitsButTheLargestIsTakenAlone() {
    GroupCommit<String, String> group = group(new IntakeLimits(100, 100, 500, 100, 1));
    List<Running> running = firstAnd(group, 1);

    assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> group.store("x", 99));

    firstMayEnd.countDown();
    outcomes(running);
    assertThat(group.store("larger than all", 1_000)).isEqualTo("stored larger than all");
  }

  @Test
  void aFaultFailsThoseOfItsBatchThatHaveNoAnswerAndNobodyElse() {
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              note(batch);
              if (firstBegun.getCount() > 0) {
                firstBegun.countDown();
                await(firstMayEnd);
                batch.getFirst().answer("stored");
                return;
              }
              if (batches.size() == 2) {
                batch.getFirst().answer("stored");
                throw new AssertionError("as if memory were short");
              }
              batch.forEach(entry -> entry.answer("stored"));
            },
            ONE_BATCH,
            PATIENCE);
    List<Running> running = firstAnd(group, 3);

    firstMayEnd.countDown();

    assertThat(outcomes(running))
        .containsExactly(
            "stored", "stored", "StorageUnavailableException", "StorageUnavailableException");
    assertThat(group.store("next", 1)).isEqualTo("stored");
    assertThat(group.held()).isZero();
  }

  @Test
  void anEntryThatIsLeftUnansweredIsNotStored() {
    GroupCommit<String, String> group = new GroupCommit<>(batch -> {}, ONE_BATCH, PATIENCE);

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> group.store("a", 1));
  }

  @Test
  void whoeverIsInterruptedWhileWaitingLeavesAndTheOthersAreStored() {
    GroupCommit<String, String> group = group(ONE_BATCH);
    List<Running> running = firstAnd(group, 3);

    running.get(1).thread().interrupt();
    assertThat(running.get(1).outcome()).isEqualTo("StorageUnavailableException");
    assertThat(group.held()).isEqualTo(3);

    firstMayEnd.countDown();
    assertThat(running.get(2).outcome()).isEqualTo("stored e1");
    assertThat(running.get(3).outcome()).isEqualTo("stored e2");
    assertThat(batches).containsExactly(List.of("first"), List.of("e1", "e2"));
  }

  @Test
  void anInterruptOfOneThatWritesDoesNotReachTheBatch() {
    List<Boolean> interruptedWhileWriting = new ArrayList<>();
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              interruptedWhileWriting.add(Thread.currentThread().isInterrupted());
              batch.forEach(entry -> entry.answer("stored"));
            },
            ONE_BATCH,
            PATIENCE);
    Thread.currentThread().interrupt();

    String outcome = group.store("a", 1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo("stored");
    assertThat(interruptedWhileWriting).containsExactly(false);
  }

  @Test
  void nobodyWaitsLongerThanTheGroupIsPatient() {
    GroupCommit<String, String> group =
        new GroupCommit<>(this::write, ONE_BATCH, Duration.ofMillis(50));
    List<Running> running = new ArrayList<>();
    running.add(begin(() -> group.store("first", 1)));
    await(firstBegun);
    running.add(begin(() -> group.store("second", 1)));

    assertThat(running.get(1).outcome()).isEqualTo("StorageUnavailableException");

    firstMayEnd.countDown();
    assertThat(running.get(0).outcome()).isEqualTo("stored first");
    assertThat(batches).containsExactly(List.of("first"));
  }

  @Test
  void closingLetsWhatWaitsBeStoredAndTakesNothingNew() {
    GroupCommit<String, String> group = group(ONE_BATCH);
    List<Running> running = firstAnd(group, 2);
    Running closing =
        begin(
            () -> {
              group.close(PATIENCE);
              return "closed with " + group.held();
            });
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> closing.thread().getState() == Thread.State.TIMED_WAITING);

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> group.store("late", 1));
    firstMayEnd.countDown();

    assertThat(outcomes(running)).allMatch(it -> it.startsWith("stored "));
    assertThat(closing.outcome()).isEqualTo("closed with 0");
  }

  @Test
  void closingDoesNotWaitForEver() {
    GroupCommit<String, String> group = group(ONE_BATCH);
    List<Running> running = firstAnd(group, 0);

    group.close(Duration.ofMillis(20));

    assertThat(group.held()).isEqualTo(1);
    firstMayEnd.countDown();
    outcomes(running);
  }

  /** Every third batch meets a fault and some callers are interrupted; nobody is forgotten. */
  @Test
  void inAnyDisorderEachCallerGetsTheOutcomeOfItsOwn() {
    AtomicInteger count = new AtomicInteger();
    Queue<String> stored = new ConcurrentLinkedQueue<>();
    GroupCommit<String, String> group =
        new GroupCommit<>(
            batch -> {
              int number = count.incrementAndGet();
              for (int i = 0; i < batch.size(); i++) {
                if (number % 3 == 0 && i == batch.size() / 2) {
                  throw new StorageUnavailableException("away");
                }
                stored.add(batch.get(i).content());
                batch.get(i).answer(batch.get(i).content());
              }
            },
            new IntakeLimits(1_000, 1_000_000, 7, 1_000, 2),
            PATIENCE);

    List<List<String>> told =
        ManyThreads.atOnce(
            48,
            number -> {
              List<String> mine = new ArrayList<>();
              for (int i = 0; i < 100; i++) {
                String content = number + "/" + i;
                if (i % 17 == 0) {
                  Thread.currentThread().interrupt();
                }
                try {
                  assertThat(group.store(content, 1)).isEqualTo(content);
                  mine.add(content);
                } catch (StorageUnavailableException notCertain) {
                  // Sent again in life.
                }
                Thread.interrupted();
              }
              return mine;
            });

    assertThat(stored).doesNotHaveDuplicates();
    assertThat(stored).containsAll(told.stream().flatMap(List::stream).toList());
    assertThat(told.stream().mapToInt(List::size).sum()).isPositive();
    assertThat(group.held()).isZero();
  }
}
