package com.lpai.application.webhook;

import static com.lpai.domain.webhook.WebhookFixture.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.work.Chore;
import com.lpai.application.work.Instance;
import com.lpai.domain.sync.InMemoryLeases;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookRetention;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepWebhooksServiceTest {
  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
  private final InMemoryLeases leases = new InMemoryLeases();
  private final LocationId location = TenantFixture.anyLocation();

  /** Traps 33 and 34: one policy, and work of its own. */
  @Test
  void trap33ThousandsOfOldEventsAreSweptByOneInstanceInOneGo() {
    for (int i = 0; i < 1_200; i++) {
      WebhookFixture event = anEvent(location, "c" + i);
      queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, time.instant());
    }
    Result done = new Result.Finished(WebhookStatus.DONE, "applied");
    for (List<Claim> claims = claims(); !claims.isEmpty(); claims = claims()) {
      for (Claim claim : claims) {
        queue.settleAll(
            claim,
            claim.events().stream().map(event -> new Settled(event, done, time.instant())).toList(),
            time.instant());
      }
    }
    time.advance(WebhookRetention.STANDARD.ids());

    sweep("one");
    time.advance(Duration.ofMinutes(1));
    sweep("one");

    assertThat(queue.recent(location, 10)).isEmpty();
  }

  @Test
  void whileAnotherInstanceSweepsNothingIsDone() {
    leases.acquire("webhook-retention", "other", time.instant(), Duration.ofMinutes(5));
    WebhookFixture event = anEvent(location, "c1");
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, time.instant());
    Claim claim = claims().getFirst();
    Result skipped = new Result.Finished(WebhookStatus.SKIPPED, "unhandled type");
    queue.settleAll(
        claim,
        List.of(new Settled(claim.events().getFirst(), skipped, time.instant())),
        time.instant().minus(Duration.ofDays(31)));

    sweep("one");
    assertThat(queue.recent(location, 10)).hasSize(1);

    time.advance(Duration.ofMinutes(5));
    sweep("one");
    assertThat(queue.recent(location, 10)).isEmpty();
  }

  @Test
  void itIsDueOnceAMinute() {
    SweepWebhooksService service = service("one");

    assertThat(service.due()).hasSize(1);
    time.advance(Duration.ofSeconds(59));
    assertThat(service.due()).isEmpty();
    time.advance(Duration.ofSeconds(1));
    assertThat(service.due()).hasSize(1);
  }

  private List<Claim> claims() {
    return queue.claim(time.instant(), time.instant().plusSeconds(30), 64, Set.of());
  }

  private void sweep(String instance) {
    service(instance).due().stream().map(Chore::work).forEach(Runnable::run);
  }

  private SweepWebhooksService service(String name) {
    return new SweepWebhooksService(
        queue,
        WebhookRetention.STANDARD,
        leases,
        new Instance(name, time, () -> "token", () -> 0.5));
  }
}
