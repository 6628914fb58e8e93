package com.lpai.adapter.mongo.erasure;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two instances over one database; the other one's clock is the test's. */
class ErasedInMemoryTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final RecordedCommands commands = new RecordedCommands();
  private final MongoClient client =
      MongoClients.create(commands.settings(DATABASE.settings().uri()));
  private final AtomicLong nanoTime = new AtomicLong(-5);
  private final LocationId location = TenantFixture.anyLocation();

  private MongoErasures otherInstance() {
    return new MongoErasures(
        new Collections(client.getDatabase("lpai")).shared(Collections.ERASED_LOCATIONS),
        DATABASE.adapter().secrets(),
        Map.of(),
        nanoTime::get);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aNewInstanceLoadsBeforeItAnswers() {
    DATABASE.adapter().erasures().begin(location, START, START);

    assertThat(otherInstance().covers(location, START, false)).isTrue();
  }

  @Test
  void anErasureIsHeardOfWithinTenSeconds() {
    MongoErasures other = otherInstance();
    assertThat(other.covers(location, START, false)).isFalse();
    DATABASE.adapter().erasures().begin(location, START, START);

    pass(Duration.ofSeconds(10));

    assertThat(other.covers(location, START, false)).isTrue();
  }

  /** Webhooks that wait here one after the other would fill the server. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void whileTheDatabaseIsAwayOneAsksAndNobodyWaitsBehindIt() throws Exception {
    CountDownLatch mayFail = new CountDownLatch(1);
    AtomicBoolean isAway = new AtomicBoolean(true);
    AtomicInteger loads = new AtomicInteger();
    ErasedInMemory memory =
        new ErasedInMemory(
            () -> {
              loads.incrementAndGet();
              awaitUninterruptibly(mayFail);
              if (isAway.get()) {
                throw new StorageUnavailableException("away");
              }
              return Map.of();
            },
            nanoTime::get);
    List<FutureTask<Map<String, Instant>>> asking = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asking.add(new FutureTask<>(memory::current));
      threads.add(Thread.ofPlatform().start(asking.getLast()));
    }
    Awaitility.await()
        .until(() -> threads.stream().allMatch(it -> it.getState() == Thread.State.WAITING));

    mayFail.countDown();

    for (FutureTask<Map<String, Instant>> each : asking) {
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(each::get);
    }
    assertThat(loads.get()).as("who had waited did not ask").isEqualTo(1);
    isAway.set(false);
    assertThat(memory.current()).as("the next one finds out").isEmpty();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void whoMustKnowForCertainDoesNotAskTheMemory() {
    MongoErasures other = otherInstance();
    assertThat(other.covers(location, START, false)).isFalse();

    DATABASE.adapter().erasures().begin(location, START, START);

    assertThat(other.isErased(location)).isTrue();
  }

  @Test
  void anInstallationIsHeardOfToo() {
    DATABASE.adapter().erasures().begin(location, START, START);
    MongoErasures other = otherInstance();
    assertThat(other.covers(location, START, false)).isTrue();
    assertThat(DATABASE.adapter().erasures().lift(location, START.plusSeconds(1))).isTrue();

    pass(Duration.ofSeconds(10));

    assertThat(other.covers(location, START, false)).isFalse();
  }

  @Test
  void manyEventsCostOneQuery() {
    MongoErasures other = otherInstance();
    other.covers(location, START, false);
    commands.clear();

    for (int i = 0; i < 1_000; i++) {
      other.covers(TenantFixture.anyLocation(), START, false);
    }

    assertThat(commands.all()).isEmpty();
  }

  @Test
  void whatThisInstanceErasedItKnowsAtOnce() {
    MongoErasures here = otherInstance();
    assertThat(here.covers(location, START, false)).isFalse();

    here.begin(location, START, START);

    assertThat(here.covers(location, START, false)).isTrue();
    assertThat(here.lift(location, START.plusSeconds(1))).isTrue();
    assertThat(here.covers(location, START, false)).isFalse();
  }

  @Test
  void withoutTheDatabaseNothingOldIsAnswered() {
    EmbeddedMongo engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
    try (MongoClient mine =
        MongoClients.create(
            engine.connectionString() + "/?serverSelectionTimeoutMS=200&timeoutMS=400")) {
      MongoErasures other =
          new MongoErasures(
              new Collections(mine.getDatabase("lpai")).shared(Collections.ERASED_LOCATIONS),
              DATABASE.adapter().secrets(),
              Map.of(),
              nanoTime::get);
      assertThat(other.covers(location, START, false)).isFalse();

      engine.close();

      pass(Duration.ofSeconds(4));
      assertThat(other.covers(location, START, false)).isFalse();
      pass(Duration.ofSeconds(6));
      assertThatExceptionOfType(StorageUnavailableException.class)
          .isThrownBy(() -> other.covers(location, START, false));
    } finally {
      engine.close();
    }
  }

  private void pass(Duration duration) {
    nanoTime.addAndGet(duration.toNanos());
  }
}
