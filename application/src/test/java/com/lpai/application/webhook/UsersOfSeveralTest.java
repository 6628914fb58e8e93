package com.lpai.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.work.Instance;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UsersOfSeveralTest {
  private static final Result READ = Results.done("users read from GoHighLevel");

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final Instance instance = new Instance("one", time, () -> "token", () -> 0.5);
  private final List<String> read = new ArrayList<>();
  private final Set<String> away = new HashSet<>();
  private Duration ofOneRead = Duration.ZERO;

  private final UsersOfSeveral subject =
      new UsersOfSeveral(
          (location, events) -> {
            read.add(location.value());
            Instant begun = time.instant();
            time.advance(ofOneRead);
            return List.of(
                away.contains(location.value())
                    ? new Result.Later(begun.plusSeconds(5), Reason.CRM_AWAY, "503")
                    : READ);
          },
          location -> true,
          instance);

  @Test
  void eachLocationIsReadOnceForAllEventsOfABatch() {
    UsersOfSeveral.Turn turn = subject.turn();

    assertThat(turn.apply(event("w1"), locations("a", "b"))).isEqualTo(READ);
    assertThat(turn.apply(event("w2"), locations("b", "c"))).isEqualTo(READ);

    assertThat(read).containsExactly("a", "b", "c");
  }

  @Test
  void whatWasReadIsNotReadAgainWhileTheEventWaitsForAnotherLocation() {
    away.add("b");
    assertThat(subject.turn().apply(event("w1"), locations("a", "b", "c")))
        .isInstanceOf(Result.Later.class);
    assertThat(subject.turn().apply(event("w1"), locations("a", "b", "c")))
        .isInstanceOf(Result.Later.class);
    away.clear();
    assertThat(subject.turn().apply(event("w1"), locations("a", "b", "c"))).isEqualTo(READ);
    assertThat(read).containsExactly("a", "b", "c", "b", "b");

    read.clear();
    subject.turn().apply(event("w1"), locations("a", "b"));
    subject.turn().apply(event("w2"), locations("a", "b"));
    assertThat(read).as("a replayed one, and another").containsExactly("a", "b", "a", "b");
  }

  @Test
  void turnOfASlowCrmReadsSomeLocationsNowAndTheOthersInTheNextTurn() {
    ofOneRead = Duration.ofSeconds(4);

    Result first = subject.turn().apply(event("w1"), locations("a", "b", "c", "d", "e"));
    assertThat(first)
        .isEqualTo(
            new Result.Later(
                time.instant(),
                Reason.CRM_AWAY,
                "GoHighLevel is slow: it is read in the next turn"));
    assertThat(read).containsExactly("a", "b", "c");

    assertThat(subject.turn().apply(event("w1"), locations("a", "b", "c", "d", "e")))
        .isEqualTo(READ);
    assertThat(read).containsExactly("a", "b", "c", "d", "e");
  }

  private static Set<LocationId> locations(String... ids) {
    return Arrays.stream(ids).map(LocationId::new).collect(Collectors.toSet());
  }

  private QueuedWebhook event(String id) {
    WebhookFixture event = WebhookFixture.anEvent(Envelope.NO_LOCATION, "u1", id);
    return new QueuedWebhook(
        id,
        event.envelope(),
        event.body(),
        WebhookStatus.PENDING,
        0,
        time.instant(),
        time.instant(),
        "");
  }
}
