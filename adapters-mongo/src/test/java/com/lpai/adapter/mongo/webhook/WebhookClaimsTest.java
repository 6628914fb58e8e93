package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only shows in a queue with many events, or with several instances. */
class WebhookClaimsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Instant LEASE_END = START.plusSeconds(30);

  private final WebhookQueue queue = DATABASE.adapter().webhookQueue();
  private final LocationId location = TenantFixture.anyLocation();

  @Test
  void aThousandEventsBehindAHeldEntityDoNotHideAnother() {
    for (int i = 0; i < 1_100; i++) {
      accept("noisy");
    }
    Claim held = claim(START, 1).getFirst();
    accept("quiet");

    List<Claim> claims = claim(START, 1);

    assertThat(held.entityKey()).isEqualTo("contact/noisy");
    assertThat(claims).extracting(Claim::entityKey).containsExactly("contact/quiet");
    settleAll(held);
    settleAll(claims.getFirst());
    drain();
  }

  @Test
  void aLongQueueOfOneEntityIsWorkedOffInOrder() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      sent.add(accept("busy"));
    }

    assertThat(drain()).isEqualTo(sent);
  }

  @Test
  void whatWaitsBehindAWaitingEventIsNotLookedAtAgain() {
    accept("later");
    Claim first = claim(START, 1).getFirst();
    queue.settle(
        first,
        first.events().getFirst(),
        new Result.Later(START.plusSeconds(60), "away", false),
        START);
    accept("later");

    assertThat(claim(START, 10)).isEmpty();

    assertThat(queue.recent(location, 1).getFirst().processAfter())
        .isEqualTo(START.plusSeconds(60));
    Claim both = claim(START.plusSeconds(60), 10).getFirst();
    assertThat(both.events()).hasSize(2);
    settleAll(both);
  }

  @Test
  void anotherInstanceSeesWhoHoldsAnEntityAndTakesOverAfterTheLease() {
    accept("shared");
    Claim mine = claim(START, 10).getFirst();
    try (MongoAdapter other = MongoAdapter.open(DATABASE.settings())) {
      Instant next = LEASE_END.plusSeconds(30);

      assertThat(other.webhookQueue().claim(START, next, 10)).isEmpty();
      Claim theirs = other.webhookQueue().claim(LEASE_END, next, 10).getFirst();

      assertThat(theirs.events()).extracting("id").isEqualTo(List.of(mine.events().get(0).id()));
      assertThat(settle(queue, mine)).isFalse();
      assertThat(settle(other.webhookQueue(), theirs)).isTrue();
    }
  }

  private static boolean settle(WebhookQueue queue, Claim claim) {
    Result done = new Result.Finished(WebhookStatus.DONE, "applied");
    return queue.settle(claim, claim.events().getFirst(), done, START);
  }

  private String accept(String contact) {
    WebhookFixture event = WebhookFixture.anEvent(location, contact);
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
    return event.envelope().webhookId();
  }

  private List<Claim> claim(Instant now, int limit) {
    return queue.claim(now, LEASE_END, limit);
  }

  private List<String> settleAll(Claim claim) {
    Result done = new Result.Finished(WebhookStatus.DONE, "applied");
    claim.events().forEach(event -> queue.settle(claim, event, done, START));
    return claim.events().stream().map(event -> event.envelope().webhookId()).toList();
  }

  private List<String> drain() {
    List<String> applied = new ArrayList<>();
    for (List<Claim> some = claim(START, 5); !some.isEmpty(); some = claim(START, 5)) {
      some.forEach(claim -> applied.addAll(settleAll(claim)));
    }
    return applied;
  }
}
