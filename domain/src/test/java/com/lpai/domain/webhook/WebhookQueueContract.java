package com.lpai.domain.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static com.lpai.domain.webhook.WebhookFixture.anEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import com.lpai.domain.webhook.WebhookQueue.Acceptance;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WebhookQueue} promises. Each test has locations of its own; claims of other
 * tests' events are left alone.
 */
public interface WebhookQueueContract {
  Instant LEASE_END = START.plusSeconds(30);
  Result DONE = new Result.Finished(WebhookStatus.DONE, "applied");

  /** The subject; other tests' events may be in it. */
  WebhookQueue queue();

  // ---- accepting

  @Test
  default void anAcceptedEventIsKeptAsItCame() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = anEvent(location, "c.1/$x", "id.with/$odd 😀 signs", "{\"$date\":{}}");

    Acceptance acceptance = accept(event, START);

    assertThat(acceptance).isEqualTo(Acceptance.STORED);
    QueuedWebhook stored = onlyOne(location);
    assertThat(stored.envelope()).isEqualTo(event.envelope());
    assertThat(stored.body()).isEqualTo(event.body());
    assertThat(stored.status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(stored.attempts()).isZero();
    assertThat(stored.receivedAt()).isEqualTo(START);
    assertThat(stored.outcome()).isEmpty();
  }

  @Test
  default void aBodyOfAnyBytesIsKept() {
    LocationId location = TenantFixture.anyLocation();
    byte[] bytes = new byte[1 << 20];
    new Random(42).nextBytes(bytes);
    RawBody body = RawBody.of(bytes);

    queue().accept(anEvent(location, "c1").envelope(), body, WebhookStatus.PENDING, START);

    assertThat(onlyOne(location).body()).isEqualTo(body);
  }

  @Test
  default void anEventThatComesAgainIsStoredOnce() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = anEvent(location, "c1");
    accept(event, START);

    assertThat(accept(event, START.plusSeconds(60))).isEqualTo(Acceptance.DUPLICATE);

    assertThat(onlyOne(location).receivedAt()).isEqualTo(START);
  }

  @Test
  default void anEventThatComesAgainAfterItWasAppliedIsNotAppliedAgain() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = anEvent(location, "c1");
    accept(event, START);
    Claim claim = claimOne(START, location);
    settle(claim, 0, DONE);

    assertThat(accept(event, START.plusSeconds(60))).isEqualTo(Acceptance.DUPLICATE);
    assertThat(claims(START.plusSeconds(60), location)).isEmpty();
  }

  @Test
  default void oneIdWithAnotherBodyIsStoredAndFlaggedOnce() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture first = anEvent(location, "c1", "same-id", "{\"a\":1}");
    WebhookFixture other = anEvent(location, "c1", "same-id", "{\"a\":2}");
    accept(first, START);

    assertThat(accept(other, START.plusMillis(1))).isEqualTo(Acceptance.STORED_FLAGGED);
    assertThat(accept(other, START.plusMillis(2))).isEqualTo(Acceptance.DUPLICATE);
    assertThat(accept(first, START.plusMillis(3))).isEqualTo(Acceptance.DUPLICATE);

    assertThat(queue().recent(location, 10))
        .extracting(QueuedWebhook::body)
        .containsExactly(other.body(), first.body());
    assertThat(queue().recent(location, 10))
        .extracting(queued -> queued.envelope().webhookId())
        .containsOnly("same-id");
  }

  @Test
  default void oneIdInTwoLocationsIsTwoEvents() {
    LocationId one = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();

    assertThat(accept(anEvent(one, "c1", "same-id", "{}"), START)).isEqualTo(Acceptance.STORED);
    assertThat(accept(anEvent(other, "c1", "same-id", "{}"), START)).isEqualTo(Acceptance.STORED);
    assertThat(onlyOne(one).envelope().locationId()).isEqualTo(one);
  }

  @Test
  default void ofSixteenDeliveriesAtOnceExactlyOneIsStored() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = anEvent(location, "c1");

    List<Acceptance> answers = ManyThreads.atOnce(16, number -> accept(event, START));

    assertThat(answers.stream().filter(Acceptance.STORED::equals)).hasSize(1);
    assertThat(answers.stream().filter(Acceptance.DUPLICATE::equals)).hasSize(15);
    onlyOne(location);
  }

  @Test
  default void manyEventsAtOnceAreAllStored() {
    LocationId location = TenantFixture.anyLocation();

    List<Acceptance> answers =
        ManyThreads.atOnce(16, number -> accept(anEvent(location, "c" + number), START));

    assertThat(answers).containsOnly(Acceptance.STORED);
    assertThat(queue().recent(location, 100)).hasSize(16);
  }

  /** New ones, repeats, and other bodies under known ids, of several locations, all at once. */
  @Test
  default void ofManyAtOnceEachIsToldWhatBecameOfIt() {
    List<LocationId> locations =
        List.of(
            TenantFixture.anyLocation(), TenantFixture.anyLocation(), TenantFixture.anyLocation());

    List<Map<String, Acceptance>> told =
        ManyThreads.atOnce(
            60,
            number -> {
              LocationId location = locations.get(number % 3);
              String body = "{\"body\":" + number / 3 % 2 + "}";
              Map<String, Acceptance> mine = new HashMap<>();
              for (int i = 0; i < 10; i++) {
                String id = "id-" + i;
                mine.put(
                    location + id, accept(anEvent(location, "c1", id, body), START.plusMillis(i)));
              }
              return mine;
            });

    Map<String, List<Acceptance>> byId =
        told.stream()
            .flatMap(each -> each.entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    assertThat(byId).hasSize(30);
    for (List<Acceptance> ofOneId : byId.values()) {
      assertThat(ofOneId).hasSize(20);
      assertThat(ofOneId.stream().filter(Acceptance.STORED::equals)).hasSize(1);
      assertThat(ofOneId.stream().filter(Acceptance.STORED_FLAGGED::equals)).hasSize(1);
    }
    for (LocationId location : locations) {
      assertThat(queue().recent(location, 1_000)).hasSize(20);
    }
  }

  /** Trap 23: it is known later that an event was old when it came. */
  @Test
  default void aStaleEventStaysOne() {
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture event = anEvent(location, "c1");

    queue().accept(event.envelope().becomeStale(), event.body(), WebhookStatus.PENDING, START);
    accept(anEvent(location, "c2"), START.plusMillis(1));

    assertThat(queue().recent(location, 2))
        .extracting(QueuedWebhook::isStale)
        .containsExactly(false, true);
    assertThat(claims(START.plusMillis(1), location))
        .flatExtracting(Claim::events)
        .extracting(QueuedWebhook::isStale)
        .containsExactlyInAnyOrder(false, true);
  }

  @Test
  default void anEventBeginsPendingOrQuarantined() {
    WebhookFixture event = anEvent(TenantFixture.anyLocation(), "c1");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> queue().accept(event.envelope(), event.body(), WebhookStatus.DONE, START));
  }

  // ---- claiming

  @Test
  default void aClaimHoldsTheEventsOfOneEntityInTheirOrder() {
    LocationId location = TenantFixture.anyLocation();
    List<WebhookFixture> events =
        IntStream.range(0, 5).mapToObj(number -> anEvent(location, "c1")).toList();
    for (int i = 0; i < events.size(); i++) {
      accept(events.get(i), START.plusMillis(i));
    }

    Claim claim = claimOne(START.plusMillis(10), location);

    assertThat(claim.entityKey()).isEqualTo("contact/c1");
    assertThat(claim.token()).isNotEmpty();
    assertThat(claim.events())
        .extracting(QueuedWebhook::envelope)
        .isEqualTo(events.stream().map(WebhookFixture::envelope).toList());
    assertThat(claim.events()).extracting(QueuedWebhook::body).contains(events.get(4).body());
    assertThat(claim.events())
        .extracting(QueuedWebhook::status)
        .containsOnly(WebhookStatus.PROCESSING);
  }

  @Test
  default void eventsOfOneMomentKeepTheOrderOfTheirAcceptance() {
    LocationId location = TenantFixture.anyLocation();
    List<WebhookFixture> events =
        IntStream.range(0, 20).mapToObj(number -> anEvent(location, "c1")).toList();
    events.forEach(event -> accept(event, START));

    assertThat(claimOne(START, location).events())
        .extracting(QueuedWebhook::envelope)
        .isEqualTo(events.stream().map(WebhookFixture::envelope).toList());
  }

  @Test
  default void entitiesAreClaimedApartFromEachOther() {
    LocationId location = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    accept(anEvent(location, "c2"), START);
    accept(anEvent(other, "c1"), START);

    List<Claim> claims = claims(START, location, other);

    assertThat(claims).hasSize(3).allMatch(claim -> claim.events().size() == 1);
    assertThat(claims).extracting(Claim::token).doesNotHaveDuplicates();
    assertThat(claims)
        .allMatch(
            claim -> claim.events().getFirst().envelope().locationId().equals(claim.locationId()));
  }

  @Test
  default void noMoreEntitiesThanTheLimitAreClaimed() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 5; i++) {
      accept(anEvent(location, "c" + i), START);
      accept(anEvent(location, "c" + i), START);
    }

    assertThat(queue().claim(START, LEASE_END, 3)).hasSize(3);
  }

  @Test
  default void aHeldEntityGivesOutNothingNotEvenWhatComesLater() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim held = claimOne(START, location);
    accept(anEvent(location, "c1"), START.plusMillis(1));

    List<Claim> meanwhile = claims(LEASE_END.minusMillis(1), location);
    settle(held, 0, DONE);

    assertThat(meanwhile).isEmpty();
    assertThat(claimOne(START.plusMillis(2), location).events()).hasSize(1);
  }

  @Test
  default void anEntityIsHeldUntilTheLastOfItsClaimIsSettled() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    accept(anEvent(location, "c1"), START);
    Claim held = claimOne(START, location);
    accept(anEvent(location, "c1"), START);

    settle(held, 0, DONE);
    List<Claim> meanwhile = claims(START.plusMillis(1), location);
    settle(held, 1, DONE);

    assertThat(meanwhile).isEmpty();
    assertThat(claimOne(START.plusMillis(1), location).events()).hasSize(1);
  }

  @Test
  default void whatWaitsIsWokenInItsOrderAndWhatIsHeldIsNot() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    settle(claimOne(START, location), 0, new Result.Later(START.plusSeconds(600), "waits", false));
    accept(anEvent(location, "c1"), START.plusMillis(1));
    accept(anEvent(location, "c2"), START.plusMillis(1));
    LocationId other = TenantFixture.anyLocation();
    accept(anEvent(other, "c1"), START);
    settle(claimOne(START, other), 0, new Result.Later(START.plusSeconds(600), "waits", false));
    Claim held = claimOne(START.plusMillis(1), location);
    assertThat(held.entityKey()).contains("c2");

    queue().wake(location, START.plusSeconds(1));

    Claim woken = claimOne(START.plusSeconds(1), location);
    assertThat(woken.events()).hasSize(2);
    assertThat(woken.events().getFirst().receivedAt()).isEqualTo(START);
    assertThat(claims(START.plusSeconds(1), other)).isEmpty();
    assertThat(queue().settle(held, held.events().getFirst(), DONE, START.plusSeconds(1))).isTrue();
  }

  @Test
  default void anEventThatWaitsHoldsBackTheLaterOnesOfItsEntityOnly() {
    LocationId location = TenantFixture.anyLocation();
    Instant later = START.plusSeconds(5);
    accept(anEvent(location, "c1"), START);
    settle(claimOne(START, location), 0, new Result.Later(later, "GoHighLevel is away", false));
    accept(anEvent(location, "c1"), START.plusMillis(1));
    accept(anEvent(location, "c2"), START.plusMillis(1));

    List<Claim> meanwhile = claims(later.minusMillis(1), location);
    List<Claim> afterwards = claims(later, location);

    assertThat(meanwhile).extracting(Claim::entityKey).containsExactly("contact/c2");
    assertThat(afterwards).extracting(Claim::entityKey).containsExactly("contact/c1");
    assertThat(afterwards.getFirst().events()).hasSize(2);
    assertThat(afterwards.getFirst().events().getFirst().outcome())
        .isEqualTo("GoHighLevel is away");
  }

  @Test
  default void eventsBeforeOneThatWaitsAreGivenOut() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    accept(anEvent(location, "c1"), START);
    Claim claim = claimOne(START, location);
    settle(claim, 1, new Result.Later(START.plusSeconds(60), "waits", false));
    settle(claim, 0, new Result.Later(START.plusSeconds(5), "waits", false));

    Claim again = claimOne(START.plusSeconds(5), location);

    assertThat(again.events())
        .extracting(QueuedWebhook::id)
        .containsExactly(claim.events().getFirst().id());
  }

  @Test
  default void aClaimThatRanOutIsClaimedAgainWhole() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    accept(anEvent(location, "c1"), START);
    Claim dead = claimOne(START, location);
    accept(anEvent(location, "c1"), START.plusMillis(1));

    Claim taken = claimOne(LEASE_END, location);

    assertThat(taken.token()).isNotEqualTo(dead.token());
    assertThat(taken.events()).hasSize(3);
    assertThat(taken.events().subList(0, 2))
        .extracting(QueuedWebhook::id)
        .isEqualTo(dead.events().stream().map(QueuedWebhook::id).toList());
  }

  @Test
  default void whoeverLostAClaimSettlesNothing() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim lost = claimOne(START, location);
    Claim held = claimOne(LEASE_END, LEASE_END.plusSeconds(30), location);

    boolean late = queue().settle(lost, lost.events().getFirst(), DONE, LEASE_END);

    assertThat(late).isFalse();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.PROCESSING);
    assertThat(queue().settle(held, held.events().getFirst(), DONE, LEASE_END)).isTrue();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  default void anEventIsSettledOnce() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim claim = claimOne(START, location);
    settle(claim, 0, DONE);

    Result second = new Result.Finished(WebhookStatus.DEAD, "too late");

    assertThat(queue().settle(claim, claim.events().getFirst(), second, START)).isFalse();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  default void aResultIsKept() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);

    settle(
        claimOne(START, location), 0, new Result.Finished(WebhookStatus.SKIPPED, "unhandled type"));

    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.SKIPPED);
    assertThat(onlyOne(location).outcome()).isEqualTo("unhandled type");
  }

  @Test
  default void onlyAnEventsOwnFaultsAreCounted() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);

    settle(claimOne(START, location), 0, new Result.Later(START, "no faults of it", false));
    settle(claimOne(START, location), 0, new Result.Later(START, "unreadable", true));
    settle(claimOne(START, location), 0, new Result.Later(START.plusMillis(9), "again", true));

    QueuedWebhook event = onlyOne(location);
    assertThat(event.attempts()).isEqualTo(2);
    assertThat(event.status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(event.processAfter()).isEqualTo(START.plusMillis(9));
    assertThat(event.outcome()).isEqualTo("again");
    assertThat(claimOne(START.plusMillis(9), location).events().getFirst().attempts()).isEqualTo(2);
  }

  @Test
  default void whatIsOverIsNotClaimedAndHoldsNothingBack() {
    LocationId location = TenantFixture.anyLocation();
    for (WebhookStatus over :
        List.of(WebhookStatus.DONE, WebhookStatus.SKIPPED, WebhookStatus.DEAD)) {
      accept(anEvent(location, "c1"), START);
      settle(claimOne(START, location), 0, new Result.Finished(over, "over"));
    }
    WebhookFixture unknown = anEvent(location, "c1");
    queue().accept(unknown.envelope(), unknown.body(), WebhookStatus.QUARANTINED, START);

    List<Claim> before = claims(LEASE_END.plusSeconds(60), location);
    accept(anEvent(location, "c1"), START);

    assertThat(before).isEmpty();
    assertThat(claimOne(START, location).events()).hasSize(1);
  }

  @Test
  default void concurrentClaimersTakeEachEventExactlyOnce() {
    LocationId location = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      WebhookFixture event = anEvent(location, "c" + i % 40);
      accept(event, START.plusMillis(i));
      sent.add(event.envelope().webhookId());
    }

    List<List<Claim>> taken = ManyThreads.atOnce(16, number -> drain(START.plusSeconds(1)));

    List<Claim> mine =
        taken.stream()
            .flatMap(Collection::stream)
            .filter(claim -> claim.locationId().equals(location))
            .toList();
    assertThat(mine)
        .flatExtracting(Claim::events)
        .extracting(event -> event.envelope().webhookId())
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(mine).extracting(Claim::entityKey).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  default void concurrentWorkersApplyEachEntityInOrder() {
    LocationId location = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      WebhookFixture event = anEvent(location, "c1");
      accept(event, START.plusMillis(i));
      sent.add(event.envelope().webhookId());
    }
    List<String> applied = new ArrayList<>();

    ManyThreads.atOnce(
        8,
        number -> {
          for (int round = 0; round < 20; round++) {
            for (Claim claim : claims(START.plusSeconds(1), location)) {
              applyOneGiveBackTheRest(claim, applied);
            }
          }
          return number;
        });
    while (applied.size() < sent.size()) {
      applyOneGiveBackTheRest(claimOne(START.plusSeconds(1), location), applied);
    }

    assertThat(applied).isEqualTo(sent);
  }

  // ---- replay, depth, recent

  @Test
  default void deadSkippedAndQuarantinedEventsCanBeReplayed() {
    for (WebhookStatus over : List.of(WebhookStatus.DEAD, WebhookStatus.SKIPPED)) {
      LocationId location = TenantFixture.anyLocation();
      accept(anEvent(location, "c1"), START);
      settle(claimOne(START, location), 0, new Result.Later(START, "unreadable", true));
      settle(claimOne(START, location), 0, new Result.Finished(over, "over"));
      String id = onlyOne(location).id();

      boolean replayed = queue().replay(location, id, START.plusSeconds(5));

      assertThat(replayed).isTrue();
      assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.PENDING);
      assertThat(onlyOne(location).attempts()).isZero();
      assertThat(onlyOne(location).outcome()).isEmpty();
      assertThat(claimOne(START.plusSeconds(5), location).events().getFirst().id()).isEqualTo(id);
    }
    LocationId location = TenantFixture.anyLocation();
    WebhookFixture unknown = anEvent(location, "c1");
    queue().accept(unknown.envelope(), unknown.body(), WebhookStatus.QUARANTINED, START);
    assertThat(queue().replay(location, onlyOne(location).id(), START)).isTrue();
    assertThat(claimOne(START, location).events()).hasSize(1);
  }

  @Test
  default void whatWaitsOrIsHeldOrAppliedIsNotReplayed() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    String id = onlyOne(location).id();

    assertThat(queue().replay(location, id, START)).isFalse();
    Claim claim = claimOne(START, location);
    assertThat(queue().replay(location, id, START)).isFalse();
    settle(claim, 0, DONE);
    assertThat(queue().replay(location, id, START)).isFalse();
    assertThat(queue().replay(location, "no-such-id", START)).isFalse();
  }

  @Test
  default void noLocationReplaysOrSeesAnothersEvents() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    accept(anEvent(mine, "c1"), START);
    settle(claimOne(START, mine), 0, new Result.Finished(WebhookStatus.DEAD, "broken"));

    assertThat(queue().recent(other, 10)).isEmpty();
    assertThat(queue().replay(other, onlyOne(mine).id(), START)).isFalse();
    assertThat(onlyOne(mine).status()).isEqualTo(WebhookStatus.DEAD);
  }

  @Test
  default void theDepthCountsEventsByState() {
    LocationId location = TenantFixture.anyLocation();
    Map<WebhookStatus, Long> before = queue().depth();
    for (int i = 0; i < 5; i++) {
      accept(anEvent(location, "c" + i), START);
    }
    List<Claim> claims = claims(START, location);
    settle(claims.get(0), 0, DONE);
    settle(claims.get(1), 0, new Result.Finished(WebhookStatus.DEAD, "broken"));
    settle(claims.get(2), 0, new Result.Later(START.plusSeconds(9), "away", false));
    WebhookFixture unknown = anEvent(location, "c9");
    queue().accept(unknown.envelope(), unknown.body(), WebhookStatus.QUARANTINED, START);

    assertThat(grown(before, WebhookStatus.PENDING, WebhookStatus.PROCESSING)).isEqualTo(3);
    assertThat(grown(before, WebhookStatus.DONE)).isEqualTo(1);
    assertThat(grown(before, WebhookStatus.DEAD)).isEqualTo(1);
    assertThat(grown(before, WebhookStatus.QUARANTINED)).isEqualTo(1);
    assertThat(grown(before, WebhookStatus.SKIPPED)).isZero();
  }

  @Test
  default void theLatestEventsComeNewestFirst() {
    LocationId location = TenantFixture.anyLocation();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      WebhookFixture event = anEvent(location, "c" + i);
      accept(event, START.plusMillis(i));
      ids.addFirst(event.envelope().webhookId());
    }

    assertThat(queue().recent(location, 3))
        .extracting(event -> event.envelope().webhookId())
        .isEqualTo(ids.subList(0, 3));
    assertThat(queue().recent(location, 100)).hasSize(5);
  }

  @Test
  default void eventsWithoutATenantAreKeptToo() {
    WebhookFixture event = anEvent(Envelope.NO_LOCATION, "of-nobody");

    Acceptance acceptance =
        queue().accept(event.envelope(), event.body(), WebhookStatus.QUARANTINED, START);

    assertThat(acceptance).isEqualTo(Acceptance.STORED);
    assertThat(queue().recent(Envelope.NO_LOCATION, 1))
        .extracting(QueuedWebhook::envelope)
        .containsExactly(event.envelope());
  }

  // ---- words for the tests above

  private Acceptance accept(WebhookFixture event, Instant receivedAt) {
    return queue().accept(event.envelope(), event.body(), WebhookStatus.PENDING, receivedAt);
  }

  private List<Claim> claims(Instant now, LocationId... locations) {
    List<LocationId> mine = List.of(locations);
    return queue().claim(now, LEASE_END, 10_000).stream()
        .filter(claim -> mine.contains(claim.locationId()))
        .toList();
  }

  private Claim claimOne(Instant now, LocationId location) {
    return claimOne(now, LEASE_END, location);
  }

  private Claim claimOne(Instant now, Instant leaseUntil, LocationId location) {
    List<Claim> claims =
        queue().claim(now, leaseUntil, 10_000).stream()
            .filter(claim -> claim.locationId().equals(location))
            .toList();
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  /** Claims a few entities at a time until nothing is left. */
  private List<Claim> drain(Instant now) {
    List<Claim> taken = new ArrayList<>();
    List<Claim> some;
    int emptyRounds = 0;
    do {
      some = queue().claim(now, LEASE_END, 3);
      taken.addAll(some);
      emptyRounds = some.isEmpty() ? emptyRounds + 1 : 0;
    } while (emptyRounds < 3);
    return taken;
  }

  private void settle(Claim claim, int event, Result result) {
    assertThat(queue().settle(claim, claim.events().get(event), result, START)).isTrue();
  }

  /** As a worker would whose second event must wait. */
  private void applyOneGiveBackTheRest(Claim claim, List<String> applied) {
    synchronized (applied) {
      applied.add(claim.events().getFirst().envelope().webhookId());
    }
    for (int i = claim.events().size() - 1; i > 0; i--) {
      settle(claim, i, new Result.Later(START, "waits", false));
    }
    settle(claim, 0, DONE);
  }

  private QueuedWebhook onlyOne(LocationId location) {
    List<QueuedWebhook> events = queue().recent(location, 10);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private long grown(Map<WebhookStatus, Long> before, WebhookStatus... states) {
    Map<WebhookStatus, Long> after = queue().depth();
    long growth = 0;
    for (WebhookStatus state : states) {
      growth += after.getOrDefault(state, 0L) - before.getOrDefault(state, 0L);
    }
    return growth;
  }
}
