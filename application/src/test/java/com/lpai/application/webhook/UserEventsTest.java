package com.lpai.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.directory.DirectoryReading;
import com.lpai.application.work.Instance;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UserEventsTest {
  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final Instance instance = new Instance("one", time, () -> "token", () -> 0.5);
  private final InMemoryLocations locations = new InMemoryLocations();
  private final LocationId location = TenantFixture.anyLocation();
  private final AtomicInteger reading = new AtomicInteger();
  private final List<Integer> atOnce = new ArrayList<>();

  /** Two reads at the same time might store the older list last. */
  @Test
  void usersOfALocationAreReadByOneWorkerAtATime() throws InterruptedException {
    locations.save(location, Location.installed(location, CompanyId.UNKNOWN, time.instant()));
    List<Thread> second = new ArrayList<>();
    CountDownLatch entered = new CountDownLatch(2);
    AtomicBoolean isFirst = new AtomicBoolean(true);
    UserEvents[] subject = new UserEvents[1];
    DirectoryReading users =
        (of, stillOurs) -> {
          synchronized (atOnce) {
            atOnce.add(reading.incrementAndGet());
          }
          entered.countDown();
          if (isFirst.getAndSet(false)) {
            second.add(Thread.ofPlatform().start(() -> subject[0].apply(location, List.of())));
            awaitWaitingOrEntered(second.getFirst(), entered);
          }
          reading.decrementAndGet();
          return new DirectoryReading.Outcome.Complete(1);
        };
    subject[0] = new UserEvents(users, locations, instance);

    subject[0].apply(location, List.of());
    second.getFirst().join();

    assertThat(atOnce).containsExactly(1, 1);
  }

  private static void awaitWaitingOrEntered(Thread thread, CountDownLatch entered) {
    Set<Thread.State> waits = Set.of(Thread.State.WAITING, Thread.State.BLOCKED);
    while (!waits.contains(thread.getState()) && entered.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
