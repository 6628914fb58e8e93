package com.lpai.adapter.ghl.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.LocationDetails;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances over one database want all that one location may call, by real calls. */
class SharedLedgerTest {
  private static final int CALLS = 150;
  private static final int CALLS_AT_A_TIME = 4;
  private static final Duration TEND_EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @ParameterizedTest(name = "sliding: {0}")
  @ValueSource(booleans = {false, true})
  void nobodyIsEverRefused(boolean sliding) {
    try (EmbeddedMongo engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
        SandboxFixture fixture =
            SandboxFixture.start(
                config -> config.with(Settings.SLIDING_RATE_WINDOW, sliding), seeding -> seeding);
        Server one = new Server("one", engine.connectionString(), fixture);
        Server two = new Server("two", engine.connectionString(), fixture)) {
      fixture.sandbox.clearCalls();
      one.work();
      two.work();

      Awaitility.await("each has come to its turn, again and again")
          .atMost(PATIENCE)
          .until(
              () ->
                  one.made() + two.made() >= CALLS && Math.min(one.made(), two.made()) > CALLS / 4);

      assertThat(one.failures).isEmpty();
      assertThat(two.failures).isEmpty();
      assertThat(fixture.calls()).hasSizeGreaterThanOrEqualTo(CALLS);
      assertThat(fixture.calls()).allMatch(call -> call.getInt("status") == 200);
    }
  }

  /** What a server has of its own. */
  private static final class Server implements AutoCloseable {
    private final MongoAdapter mongo;
    private final CallLimits limits;
    private final GhlAdapter ghl;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<CrmFailure> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();

    private Server(String name, String uri, SandboxFixture fixture) {
      mongo = MongoAdapter.open(MongoSettings.of(uri, new MasterKey.Local(new byte[96])));
      mongo.prepareSchema();
      GhlSettings settings = fixture.settings;
      CallLimits.Shared shared =
          new CallLimits.Shared(
              mongo.permitsOfLocations(), mongo.permitsOfCompanies(), mongo.heartbeats());
      limits = GhlAdapter.limits(settings, shared, name, InstantSource.system());
      ghl = GhlAdapter.of(settings, fixture.tokens, limits.locations());
    }

    private void work() {
      threads.add(Thread.ofVirtual().start(() -> repeat(this::tend)));
      for (int i = 0; i < CALLS_AT_A_TIME; i++) {
        threads.add(Thread.ofVirtual().start(() -> repeat(this::call)));
      }
    }

    /** The work says how long to wait before the next time. */
    private void repeat(Supplier<Duration> work) {
      try {
        Duration pause = Duration.ZERO;
        while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          pause = work.get();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private Duration tend() {
      limits.tend();
      return TEND_EVERY;
    }

    private Duration call() {
      CrmResult<LocationDetails> result =
          ghl.locations().details(SandboxFixture.LOCATION, CallPriority.BACKFILL);
      return switch (result) {
        case CrmResult.Done<LocationDetails> done -> {
          made.incrementAndGet();
          yield Duration.ZERO;
        }
        case CrmResult.Failed<LocationDetails>(CrmFailure.Throttled throttled) ->
            throttled.retryAfter();
        case CrmResult.Failed<LocationDetails>(CrmFailure failure) -> {
          failures.add(failure);
          yield TEND_EVERY;
        }
      };
    }

    private int made() {
      return made.get();
    }

    @Override
    public void close() {
      stopped.countDown();
      threads.forEach(Server::join);
      limits.close();
      ghl.close();
      mongo.close();
    }

    private static void join(Thread thread) {
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
