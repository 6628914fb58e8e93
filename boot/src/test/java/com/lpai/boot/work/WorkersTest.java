package com.lpai.boot.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.application.push.PushUseCase;
import com.lpai.application.setup.RunSetupUseCase;
import com.lpai.application.webhook.ProcessWebhooksUseCase;
import com.lpai.application.work.Chore;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState;
import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final LocationId LOCATION = new LocationId("loc1");

  private final CountDownLatch begun = new CountDownLatch(4);
  private final CountDownLatch refreshing = new CountDownLatch(4);
  private final CountDownLatch givenBack = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void stopWaitsForAllKindsOfWorkTogetherAndNotForOneAfterTheOther() throws InterruptedException {
    Workers workers = new Workers(InstantSource.system());
    workers.start(work());
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(refreshing.await(10, TimeUnit.SECONDS)).isTrue();

    long before = System.nanoTime();
    workers.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(14));
    assertThat(givenBack.getCount()).as("claims that nobody works on").isZero();
  }

  @Test
  void workersThatWereStoppedDoNotStart() throws InterruptedException {
    Workers workers = new Workers(InstantSource.system());
    workers.stop();

    workers.start(work());

    assertThat(begun.await(1, TimeUnit.SECONDS)).isFalse();
    assertThat(begun.getCount()).isEqualTo(4);
  }

  @Test
  void whatASetupDoesBesideIsBegunUntilTheyStop() throws InterruptedException {
    Workers workers = new Workers(InstantSource.system());
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    workers
        .fetching()
        .execute(
            () -> {
              hang(underWay);
              ended.countDown();
            });
    assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

    workers.stop();
    workers.fetching().execute(() -> hang(refreshing));

    assertThat(ended.await(10, TimeUnit.SECONDS)).as("what was under way is interrupted").isTrue();
    assertThat(refreshing.getCount()).as("what came too late").isEqualTo(4);
  }

  private void hang() {
    hang(begun);
  }

  private void hang(CountDownLatch begins) {
    begins.countDown();
    try {
      never.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private PushUseCase<ContactId> pushes() {
    return new PushUseCase<>() {
      @Override
      public List<Due<ContactId>> due(int limit) {
        return List.of(new Due<>(LOCATION, new ContactId("c1"), Instant.EPOCH));
      }

      @Override
      public void push(LocationId locationId, ContactId id) {
        hang();
      }
    };
  }

  /** Work that hangs until it is interrupted. */
  private Workers.Work work() {
    return new Workers.Work(
        List.of(pushes()),
        new ProcessWebhooksUseCase() {
          private boolean failed;
          private boolean given;

          @Override
          public List<Claim> claim(int limit) {
            if (!failed) {
              failed = true;
              throw new NoClassDefFoundError("looking goes on after an error");
            }
            boolean first = !given;
            given = true;
            return first
                ? List.of(new Claim(new Lane(LOCATION, 0), "token", Instant.EPOCH, List.of()))
                : List.of();
          }

          @Override
          public void process(List<Claim> claim) {
            hang();
          }

          @Override
          public void prolong() {}

          @Override
          public void giveBack() {
            givenBack.countDown();
          }
        },
        new RunSetupUseCase() {
          @Override
          public List<LocationId> unfinished() {
            return List.of(LOCATION);
          }

          @Override
          public Pause run(LocationId locationId) {
            hang();
            return new Pause.Over();
          }
        },
        new RotateMasterKeyUseCase() {
          @Override
          public MasterKeyState state() {
            throw new UnsupportedOperationException("not asked by workers");
          }

          @Override
          public Beginning begin() {
            throw new UnsupportedOperationException("not asked by workers");
          }

          @Override
          public boolean goOn() {
            return false;
          }
        },
        () -> {},
        List.of(() -> List.of(new Chore("chore", this::hang))),
        this::manyRefreshes,
        List::of);
  }

  /** More than are done at once. */
  private List<Chore> manyRefreshes() {
    return IntStream.range(0, 100)
        .mapToObj(number -> new Chore("refresh" + number, () -> hang(refreshing)))
        .toList();
  }
}
