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
import com.lpai.domain.webhook.WebhookQueue.ClaimOutcome;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Most;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    assertThat(stored.status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(stored.attempts()).isZero();
    assertThat(stored.receivedAt()).isEqualTo(START);
    assertThat(stored.outcome()).isEmpty();
    assertThat(stored.body()).isEqualTo(RawBody.NONE);
    assertThat(claimOne(START, location).events()).containsExactly(stored.withBody(event.body()));
  }

  @Test
  default void aBodyOfAnyBytesIsKept() {
    LocationId location = TenantFixture.anyLocation();
    byte[] bytes = new byte[1 << 20];
    new Random(42).nextBytes(bytes);
    RawBody body = RawBody.of(bytes);

    queue().accept(anEvent(location, "c1").envelope(), body, WebhookStatus.PENDING, START);

    assertThat(claimOne(START, location).events())
        .extracting(QueuedWebhook::body)
        .containsExactly(body);
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
    settleWith(claimOne(START, location), DONE);

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

    assertThat(claimOne(START.plusMillis(1), location).events())
        .extracting(QueuedWebhook::body)
        .containsExactly(first.body(), other.body());
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
  default void aClaimHoldsDueEventsOfALaneInTheOrderOfTheirAcceptance() {
    LocationId location = TenantFixture.anyLocation();
    List<String> contacts = ofOneLane(location, 2);
    List<WebhookFixture> events =
        IntStream.range(0, 6).mapToObj(i -> anEvent(location, contacts.get(i % 2))).toList();
    for (int i = 0; i < events.size(); i++) {
      accept(events.get(i), START.plusMillis(i));
    }

    Claim claim = claimOne(START.plusMillis(10), location);

    assertThat(claim.lane()).isEqualTo(Lane.of(events.getFirst().envelope()));
    assertThat(claim.token()).isNotEmpty();
    assertThat(claim.events())
        .extracting(QueuedWebhook::envelope)
        .isEqualTo(events.stream().map(WebhookFixture::envelope).toList());
    assertThat(claim.events()).extracting(QueuedWebhook::body).contains(events.get(4).body());
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
  default void lanesAreClaimedApartFromEachOther() {
    LocationId location = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    List<String> contacts = ofDifferentLanes(location, 2);
    accept(anEvent(location, contacts.get(0)), START);
    accept(anEvent(location, contacts.get(1)), START);
    accept(anEvent(other, contacts.get(0)), START);

    List<Claim> claims = claims(START, location, other);

    assertThat(claims).hasSize(3).allMatch(claim -> claim.events().size() == 1);
    assertThat(claims).extracting(Claim::token).doesNotHaveDuplicates();
    assertThat(claims)
        .allMatch(
            claim -> claim.events().getFirst().envelope().locationId().equals(claim.locationId()));
  }

  @Test
  default void noMoreLanesThanTheLimitAreClaimed() {
    LocationId location = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    for (String contact : ofDifferentLanes(location, 3)) {
      accept(anEvent(location, contact), START);
      accept(anEvent(other, contact), START);
    }

    assertThat(queue().claim(START, LEASE_END, 5, Set.of())).hasSize(5);
  }

  @Test
  default void noMoreEventsThanABatchAreClaimedAndTheOthersAfterwards() {
    LocationId location = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < WebhookQueue.MOST_EVENTS + 30; i++) {
      WebhookFixture event = anEvent(location, "c1");
      accept(event, START);
      sent.add(event.envelope().webhookId());
    }

    Claim first = claimOne(START, location);
    settleWith(first, DONE);
    Claim second = claimOne(START, location);

    assertThat(ids(first)).isEqualTo(sent.subList(0, WebhookQueue.MOST_EVENTS));
    assertThat(ids(second)).isEqualTo(sent.subList(WebhookQueue.MOST_EVENTS, sent.size()));
  }

  @Test
  default void bodiesOfAClaimAndOfAllClaimsTogetherAreBounded() {
    holdAllOthers();
    LocationId location = TenantFixture.anyLocation();
    List<String> contacts = ofDifferentLanes(location, 4);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      sent.add(acceptLarge(location, contacts.get(i % 4), START.plusMillis(i)));
    }
    List<String> given = new ArrayList<>();
    long room = 6L << 20;

    List<Claim> some = largeClaims(room, location);
    while (!some.isEmpty()) {
      assertThat(some).allMatch(claim -> claim.bytes() <= WebhookQueue.MOST_BYTES);
      assertThat(some.stream().mapToLong(Claim::bytes).sum()).isBetween(room / 2, room);
      some.forEach(claim -> given.addAll(ids(claim)));
      some.forEach(claim -> settleWith(claim, DONE));
      some = largeClaims(room, location);
    }

    assertThat(given).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  default void oneEventIsGivenOutHoweverLittleRoomThereIs() {
    holdAllOthers();
    LocationId location = TenantFixture.anyLocation();
    String first = acceptLarge(location, "c1", START);
    acceptLarge(location, "c1", START.plusMillis(1));

    List<Claim> claims = largeClaims(1, location);

    assertThat(claims).hasSize(1);
    assertThat(ids(claims.getFirst())).containsExactly(first);
  }

  @Test
  default void trap32LargeBodiesOfALocationKeepNoOtherFromItsTurn() {
    holdAllOthers();
    List<LocationId> locations =
        IntStream.range(0, 4).mapToObj(number -> TenantFixture.anyLocation()).toList();
    for (LocationId location : locations) {
      for (String contact : ofDifferentLanes(location, 4)) {
        acceptLarge(location, contact, START);
        acceptLarge(location, contact, START);
      }
    }
    Set<Lane> reached = new HashSet<>();

    for (int round = 0; round < 16; round++) {
      for (Claim claim : largeClaims(2L << 20, locations.toArray(LocationId[]::new))) {
        reached.add(claim.lane());
        assertThat(queue().settleAll(claim, List.of(), START)).isTrue();
      }
    }

    assertThat(reached).hasSize(16);
    claims(START, locations.toArray(LocationId[]::new)).forEach(claim -> settleWith(claim, DONE));
  }

  /** An event with a body of the greatest length. */
  private String acceptLarge(LocationId location, String contact, Instant receivedAt) {
    WebhookFixture event =
        anEvent(location, contact, UUID.randomUUID().toString(), "x".repeat(1 << 20));
    accept(event, receivedAt);
    return event.envelope().webhookId();
  }

  /** Claims that have room for so many bytes; nothing else is due. */
  private List<Claim> largeClaims(long room, LocationId... locations) {
    Most most = new Most(64, 64 * WebhookQueue.MOST_EVENTS, room);
    List<Claim> claims = queue().claim(START.plusSeconds(1), LEASE_END, most, Set.of());
    assertThat(claims).extracting(Claim::locationId).isSubsetOf(List.of(locations));
    return claims;
  }

  /** What other tests left is held. */
  private void holdAllOthers() {
    claims(START.plusSeconds(1));
  }

  @Test
  default void aHeldLaneGivesOutNothingNotEvenWhatComesLater() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim held = claimOne(START, location);
    accept(anEvent(location, "c1"), START.plusMillis(1));

    List<Claim> meanwhile = claims(LEASE_END.minusMillis(1), location);
    settleWith(held, DONE);

    assertThat(meanwhile).isEmpty();
    assertThat(claimOne(START.plusMillis(2), location).events()).hasSize(1);
  }

  @Test
  default void lanesThatTheCallerHoldsArePassedOver() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim held = claimOne(START, location);

    List<Claim> claims =
        queue().claim(LEASE_END, LEASE_END.plusSeconds(30), 10_000, Set.of(held.lane()));

    assertThat(claims).noneMatch(claim -> claim.locationId().equals(location));
  }

  @Test
  default void whatIsNotToldOfAClaimStaysDue() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    accept(anEvent(location, "c1"), START);
    Claim held = claimOne(START, location);

    assertThat(queue().settleAll(held, settled(held.events().subList(0, 1), DONE), START)).isTrue();

    assertThat(claimOne(START, location).events())
        .extracting(QueuedWebhook::id)
        .containsExactly(held.events().getLast().id());
  }

  @Test
  default void whatWaitsIsWokenInItsOrderAndWhatIsHeldIsNot() {
    LocationId location = TenantFixture.anyLocation();
    List<String> contacts = ofDifferentLanes(location, 2);
    LocationId other = TenantFixture.anyLocation();
    accept(anEvent(other, "c1"), START);
    settleWith(claimOne(START, other), waits(START.plusSeconds(600)));
    accept(anEvent(location, contacts.get(0)), START);
    settleWith(claimOne(START, location), waits(START.plusSeconds(600)));
    accept(anEvent(location, contacts.get(0)), START.plusMillis(1));
    accept(anEvent(location, contacts.get(1)), START.plusMillis(1));
    Claim held = claimOne(START.plusMillis(1), location);
    assertThat(held.events().getFirst().envelope().entityKey()).endsWith(contacts.get(1));

    queue().wake(location, START.plusSeconds(1));

    Claim woken = claimOne(START.plusSeconds(1), location);
    assertThat(woken.events()).hasSize(2);
    assertThat(woken.events().getFirst().receivedAt()).isEqualTo(START);
    assertThat(claims(START.plusSeconds(1), other)).isEmpty();
    assertThat(queue().settleAll(held, settled(held.events(), DONE), START.plusSeconds(1)))
        .isTrue();
  }

  @Test
  default void waitsForSomethingOutsideAreCountedUntilItIsWoken() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    List<Integer> waits = new ArrayList<>();
    for (Reason reason :
        List.of(
            Reason.CRM_AWAY,
            Reason.OWN_PUSH,
            Reason.NOT_CONNECTED,
            Reason.THROTTLED,
            Reason.NOT_INSTALLED)) {
      Claim claim = claimOne(START.plusSeconds(60), location);
      waits.add(claim.events().getFirst().waits());
      settleWith(claim, new Result.Later(START.plusSeconds(60), reason, "waits"));
    }
    waits.add(onlyOne(location).waits());

    queue().wake(location, START.plusSeconds(1));

    assertThat(waits).containsExactly(0, 1, 1, 2, 2, 3);
    assertThat(claimOne(START.plusSeconds(1), location).events().getFirst().waits()).isZero();
  }

  @Test
  default void onlyWhatWaitsForOneOfTheseReasonsIsWokenWithWhatIsBehindIt() {
    LocationId location = TenantFixture.anyLocation();
    List<String> contacts = ofOneLane(location, 3);
    for (String contact : contacts) {
      accept(anEvent(location, contact), START);
    }
    Claim claim = claimOne(START, location);
    List<Reason> reasons = List.of(Reason.CRM_AWAY, Reason.THROTTLED, Reason.FAULT);
    List<Settled> settled = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      settled.add(
          new Settled(
              claim.events().get(i),
              new Result.Later(START.plusSeconds(60), reasons.get(i), "waits"),
              START));
    }
    assertThat(queue().settleAll(claim, settled, START)).isTrue();
    for (String contact : contacts) {
      accept(anEvent(location, contact), START.plusMillis(1));
    }
    assertThat(claims(START.plusMillis(1), location)).isEmpty();

    queue().wake(location, Set.of(Reason.CRM_AWAY, Reason.NOT_CONNECTED), START.plusSeconds(1));

    Claim woken = claimOne(START.plusSeconds(1), location);
    assertThat(woken.events())
        .extracting(event -> event.envelope().entityKey())
        .containsExactly("contact/" + contacts.getFirst(), "contact/" + contacts.getFirst());
    assertThat(woken.events().getFirst().waits()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAULT", "READ_AGAIN"})
  default void whatWaitsForItsOwnSakeIsNotWoken(Reason own) {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    settleWith(claimOne(START, location), new Result.Later(START.plusSeconds(60), own, "bad"));

    queue().wake(location, START.plusSeconds(1));

    assertThat(claims(START.plusSeconds(1), location)).isEmpty();
  }

  @Test
  default void anEventThatWaitsHoldsBackTheLaterOnesOfItsEntityOnly() {
    LocationId location = TenantFixture.anyLocation();
    List<String> contacts = ofOneLane(location, 2);
    Instant later = START.plusSeconds(5);
    accept(anEvent(location, contacts.get(0)), START);
    settleWith(
        claimOne(START, location), new Result.Later(later, Reason.CRM_AWAY, "GoHighLevel is away"));
    accept(anEvent(location, contacts.get(0)), START.plusMillis(1));
    accept(anEvent(location, contacts.get(1)), START.plusMillis(1));

    Claim meanwhile = claimOne(later.minusMillis(1), location);
    settleWith(meanwhile, DONE);
    Claim afterwards = claimOne(later, location);

    assertThat(meanwhile.events())
        .extracting(event -> event.envelope().entityKey())
        .containsExactly("contact/" + contacts.get(1));
    assertThat(afterwards.events()).hasSize(2);
    assertThat(afterwards.events().getFirst().receivedAt()).isEqualTo(START);
    assertThat(afterwards.events().getFirst().outcome()).isEqualTo("GoHighLevel is away");
  }

  @Test
  default void whatComesBehindAWaitingEventWaitsAsLong() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    settleWith(claimOne(START, location), waits(START.plusSeconds(60)));
    accept(anEvent(location, "c1"), START);

    assertThat(claims(START, location)).isEmpty();

    assertThat(queue().recent(location, 1).getFirst().processAfter())
        .isEqualTo(START.plusSeconds(60));
    assertThat(claimOne(START.plusSeconds(60), location).events()).hasSize(2);
  }

  @Test
  default void eventsBeforeOneThatWaitsAreGivenOut() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    accept(anEvent(location, "c1"), START);
    Claim claim = claimOne(START, location);
    List<Settled> both = new ArrayList<>();
    both.addAll(settled(claim.events().subList(0, 1), waits(START.plusSeconds(5))));
    both.addAll(settled(claim.events().subList(1, 2), waits(START.plusSeconds(60))));
    assertThat(queue().settleAll(claim, both, START)).isTrue();

    Claim again = claimOne(START.plusSeconds(5), location);

    assertThat(again.events())
        .extracting(QueuedWebhook::id)
        .containsExactly(claim.events().getFirst().id());
  }

  @Test
  default void trap30AClaimThatRanOutIsClaimedAgainWhole() {
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
  default void trap30WhoeverLostAClaimSettlesNothing() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim lost = claimOne(START, location);
    Claim held = claimOne(LEASE_END, location);

    Result dead = new Result.Finished(WebhookStatus.DEAD, "too late");
    boolean late = queue().settleAll(lost, settled(lost.events(), dead), LEASE_END);

    assertThat(late).isFalse();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(queue().settleAll(held, settled(held.events(), DONE), LEASE_END)).isTrue();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.DONE);
    assertThat(queue().settleAll(lost, settled(lost.events(), dead), LEASE_END)).isFalse();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  default void aProlongedClaimIsNotGivenOutAndALostOneIsNotProlonged() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim claim = claimOne(START, location);

    assertThat(queue().prolong(claim, LEASE_END.plusSeconds(30))).isTrue();

    assertThat(claims(LEASE_END, location)).isEmpty();
    Claim taken = claimOne(LEASE_END.plusSeconds(30), location);
    assertThat(queue().prolong(claim, LEASE_END.plusSeconds(60))).isFalse();
    assertThat(queue().prolong(taken, LEASE_END.plusSeconds(60))).isTrue();
  }

  @Test
  default void anEventIsSettledOnce() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);
    Claim claim = claimOne(START, location);
    settleWith(claim, DONE);

    Result second = new Result.Finished(WebhookStatus.DEAD, "too late");

    assertThat(queue().settleAll(claim, settled(claim.events(), second), START)).isFalse();
    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  default void aResultIsKept() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);

    settleWith(
        claimOne(START, location), new Result.Finished(WebhookStatus.SKIPPED, "unhandled type"));

    assertThat(onlyOne(location).status()).isEqualTo(WebhookStatus.SKIPPED);
    assertThat(onlyOne(location).outcome()).isEqualTo("unhandled type");
  }

  @Test
  default void trap29OnlyAnEventsOwnFaultsAreCounted() {
    LocationId location = TenantFixture.anyLocation();
    accept(anEvent(location, "c1"), START);

    for (Reason reason : Reason.values()) {
      settleWith(claimOne(START, location), new Result.Later(START, reason, "waits"));
    }
    Instant later = START.plusMillis(9);
    settleWith(claimOne(START, location), new Result.Later(later, Reason.CRM_AWAY, "again"));

    QueuedWebhook event = onlyOne(location);
    assertThat(event.attempts()).as("its fault").isEqualTo(1);
    assertThat(event.status()).isEqualTo(WebhookStatus.WAITING);
    assertThat(event.processAfter()).isEqualTo(later);
    assertThat(event.outcome()).isEqualTo("again");
    assertThat(claimOne(later, location).events().getFirst().attempts()).isEqualTo(1);
  }

  @Test
  default void whatIsOverIsNotClaimedAndHoldsNothingBack() {
    LocationId location = TenantFixture.anyLocation();
    for (WebhookStatus over :
        List.of(WebhookStatus.DONE, WebhookStatus.SKIPPED, WebhookStatus.DEAD)) {
      accept(anEvent(location, "c1"), START);
      settleWith(claimOne(START, location), new Result.Finished(over, "over"));
    }
    WebhookFixture unknown = anEvent(location, "c1");
    queue().accept(unknown.envelope(), unknown.body(), WebhookStatus.QUARANTINED, START);

    List<Claim> before = claims(LEASE_END.plusSeconds(60), location);
    accept(anEvent(location, "c1"), START);

    assertThat(before).isEmpty();
    assertThat(claimOne(START, location).events()).hasSize(1);
  }

  @Test
  default void trap28TenClaimersTakeEachEventExactlyOnce() {
    LocationId location = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      WebhookFixture event = anEvent(location, "c" + i % 40);
      accept(event, START.plusMillis(i));
      sent.add(event.envelope().webhookId());
    }

    List<List<Claim>> taken = ManyThreads.atOnce(10, number -> drain(START.plusSeconds(1)));

    List<Claim> mine =
        taken.stream()
            .flatMap(Collection::stream)
            .filter(claim -> claim.locationId().equals(location))
            .toList();
    assertThat(mine).flatExtracting(this::ids).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(mine).extracting(Claim::lane).doesNotHaveDuplicates();
  }

  @Test
  default void trap31SixteenWorkersApplyEachEntityInOrder() {
    LocationId location = TenantFixture.anyLocation();
    Map<String, List<String>> sent = new HashMap<>();
    for (int i = 0; i < 96; i++) {
      WebhookFixture event = anEvent(location, "c" + i % 8);
      accept(event, START.plusMillis(i));
      sent.computeIfAbsent(event.envelope().entityKey(), first -> new ArrayList<>())
          .add(event.envelope().webhookId());
    }
    Map<String, List<String>> applied = new HashMap<>();

    ManyThreads.atOnce(
        16,
        number -> {
          for (int round = 0; round < 20; round++) {
            queue().claim(START.plusSeconds(1), LEASE_END, 2, Set.of()).stream()
                .filter(claim -> claim.locationId().equals(location))
                .forEach(claim -> applyOneOfEachEntity(claim, applied));
          }
          return number;
        });
    for (List<Claim> left = claims(START.plusSeconds(1), location);
        !left.isEmpty();
        left = claims(START.plusSeconds(1), location)) {
      left.forEach(claim -> applyOneOfEachEntity(claim, applied));
    }

    assertThat(applied).isEqualTo(sent);
  }

  @Test
  default void trap32EachClaimReachesQuietLocationsBesideANoisyOne() {
    LocationId noisy = TenantFixture.anyLocation();
    for (int i = 0; i < 1_000; i++) {
      accept(anEvent(noisy, "c" + i), START);
    }
    for (int round = 1; round <= 3; round++) {
      List<LocationId> quiet =
          IntStream.range(0, 20).mapToObj(number -> TenantFixture.anyLocation()).toList();
      quiet.forEach(location -> accept(anEvent(location, "c1"), START.plusSeconds(1)));

      List<Claim> claims = queue().claim(START.plusSeconds(1), LEASE_END, 10_000, Set.of());

      assertThat(claims).extracting(Claim::locationId).containsAll(quiet);
      assertThat(claims.stream().filter(claim -> claim.locationId().equals(noisy)))
          .hasSizeBetween(1, WebhookQueue.LANES_PER_TURN);
    }
  }

  @Test
  default void ofClaimsSettledTogetherALostOneCostsTheOthersNothing() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 20; i++) {
      accept(anEvent(location, "c" + i), START);
    }
    List<Claim> claims = claims(START, location);
    Claim lost = claims.getFirst();
    assertThat(queue().settleAll(lost, List.of(), START)).isTrue();

    boolean whole =
        queue()
            .settleAll(
                claims.stream()
                    .map(claim -> new ClaimOutcome(claim, settled(claim.events(), DONE)))
                    .toList(),
                START);

    assertThat(whole).isFalse();
    assertThat(claims(START.plusSeconds(1), location))
        .extracting(Claim::lane)
        .containsExactly(lost.lane());
  }

  @Test
  default void aFewEventsOfALocationAreClaimedAtOnceWhateverTheirLanes() {
    Instant far = START.plus(Duration.ofDays(3650));
    Instant end = far.plusSeconds(60);
    for (List<Claim> others = queue().claim(far, end, 10_000, Set.of());
        !others.isEmpty();
        others = queue().claim(far, end, 10_000, Set.of())) {
      others.forEach(claim -> queue().settleAll(claim, settled(claim.events(), DONE), far));
    }
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < WebhookQueue.A_FEW; i++) {
      accept(anEvent(location, "c" + i), far);
    }

    List<Claim> claims = queue().claim(far, end, 10_000, Set.of());

    assertThat(claims).hasSizeGreaterThan(WebhookQueue.LANES_PER_TURN);
    assertThat(claims.stream().mapToInt(claim -> claim.events().size()).sum())
        .isEqualTo(WebhookQueue.A_FEW);
  }

  @Test
  default void trap32OneCallGivesOutNoMoreEventsOfALocationThanItIsAskedForAndTheNextTheOthers() {
    LocationId noisy = TenantFixture.anyLocation();
    LocationId quiet = TenantFixture.anyLocation();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      WebhookFixture event = anEvent(noisy, "c" + i % 150);
      accept(event, START.plusMillis(i));
      sent.add(event.envelope().webhookId());
    }
    accept(anEvent(quiet, "c1"), START.plusMillis(300));
    Most most = new Most(10_000, 20, Long.MAX_VALUE);
    Set<LocationId> first = new HashSet<>();
    List<String> given = new ArrayList<>();
    Map<String, List<String>> applied = new HashMap<>();

    for (int round = 0; given.size() < sent.size() && round < 200; round++) {
      List<Claim> claims = queue().claim(START.plusSeconds(1), LEASE_END, most, Set.of());
      List<Claim> ofNoisy =
          claims.stream().filter(claim -> claim.locationId().equals(noisy)).toList();
      if (round == 0) {
        claims.forEach(claim -> first.add(claim.locationId()));
      }
      assertThat(ofNoisy).flatExtracting(Claim::events).hasSizeBetween(1, 20);
      for (Claim claim : ofNoisy) {
        given.addAll(ids(claim));
        claim.events().forEach(event -> note(event, applied));
        settleWith(claim, DONE);
      }
    }

    assertThat(first).contains(noisy, quiet);
    assertThat(given).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(applied.values())
        .as("those of one entity in their order")
        .allSatisfy(ids -> assertThat(ids.stream().map(sent::indexOf)).isSorted());
  }

  private static void note(QueuedWebhook event, Map<String, List<String>> applied) {
    applied
        .computeIfAbsent(event.envelope().entityKey(), first -> new ArrayList<>())
        .add(event.envelope().webhookId());
  }

  @Test
  default void trap32LocationsTakeTurnsWhenThereIsNotRoomForAll() {
    List<LocationId> locations =
        IntStream.range(0, 9).mapToObj(number -> TenantFixture.anyLocation()).toList();
    claims(START);
    for (LocationId location : locations) {
      for (int i = 0; i < 30; i++) {
        accept(anEvent(location, "c" + i), START);
      }
    }
    Set<LocationId> reached = new HashSet<>();

    for (int round = 0; round < 9; round++) {
      queue()
          .claim(START, LEASE_END, WebhookQueue.LANES_PER_TURN, Set.of())
          .forEach(claim -> reached.add(claim.locationId()));
    }

    assertThat(reached).containsAll(locations);
  }

  // ---- replay, depth, recent

  @Test
  default void deadSkippedAndQuarantinedEventsCanBeReplayed() {
    for (WebhookStatus over : List.of(WebhookStatus.DEAD, WebhookStatus.SKIPPED)) {
      LocationId location = TenantFixture.anyLocation();
      accept(anEvent(location, "c1"), START);
      settleWith(claimOne(START, location), new Result.Later(START, Reason.FAULT, "unreadable"));
      settleWith(claimOne(START, location), new Result.Finished(over, "over"));
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
    settleWith(claim, DONE);
    assertThat(queue().replay(location, id, START)).isFalse();
    assertThat(queue().replay(location, "no-such-id", START)).isFalse();
  }

  @Test
  default void noLocationReplaysOrSeesAnothersEvents() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    accept(anEvent(mine, "c1"), START);
    settleWith(claimOne(START, mine), new Result.Finished(WebhookStatus.DEAD, "broken"));

    assertThat(queue().recent(other, 10)).isEmpty();
    assertThat(queue().replay(other, onlyOne(mine).id(), START)).isFalse();
    assertThat(onlyOne(mine).status()).isEqualTo(WebhookStatus.DEAD);
  }

  @Test
  default void theDepthCountsEventsByState() {
    LocationId location = TenantFixture.anyLocation();
    Map<WebhookStatus, Long> before = queue().depth();
    ofDifferentLanes(location, 5).forEach(contact -> accept(anEvent(location, contact), START));
    List<Claim> claims = claims(START, location);
    settleWith(claims.get(0), DONE);
    settleWith(claims.get(1), new Result.Finished(WebhookStatus.DEAD, "broken"));
    settleWith(claims.get(2), waits(START.plusSeconds(9)));
    WebhookFixture unknown = anEvent(location, "c9");
    queue().accept(unknown.envelope(), unknown.body(), WebhookStatus.QUARANTINED, START);

    assertThat(grown(before, WebhookStatus.PENDING, WebhookStatus.WAITING)).isEqualTo(3);
    assertThat(grown(before, WebhookStatus.DONE)).isEqualTo(1);
    assertThat(grown(before, WebhookStatus.DEAD)).isEqualTo(1);
    assertThat(grown(before, WebhookStatus.QUARANTINED)).isEqualTo(1);
    assertThat(grown(before, WebhookStatus.SKIPPED)).isZero();
  }

  @Test
  default void deadEventsAreCountedByLocation() {
    LocationId one = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    LocationId none = TenantFixture.anyLocation();
    Result dead = new Result.Finished(WebhookStatus.DEAD, "broken");
    accept(anEvent(one, "c1"), START);
    accept(anEvent(one, "c1"), START);
    accept(anEvent(other, "c1"), START);
    accept(anEvent(none, "c1"), START);
    claims(START, one, other).forEach(claim -> settleWith(claim, dead));

    assertThat(queue().dead(1_000))
        .containsEntry(one, 2L)
        .containsEntry(other, 1L)
        .doesNotContainKey(none);
    assertThat(queue().dead(1)).hasSize(1);
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

  /** All claims that are to be had, those of these locations. */
  private List<Claim> claims(Instant now, LocationId... locations) {
    List<LocationId> mine = List.of(locations);
    List<Claim> claims = new ArrayList<>();
    List<Claim> some;
    do {
      some = queue().claim(now, now.plusSeconds(30), 10_000, Set.of());
      claims.addAll(some);
    } while (!some.isEmpty());
    return claims.stream().filter(claim -> mine.contains(claim.locationId())).toList();
  }

  private Claim claimOne(Instant now, LocationId location) {
    List<Claim> claims = claims(now, location);
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  /** Claims a few lanes at a time until nothing is left. */
  private List<Claim> drain(Instant now) {
    List<Claim> taken = new ArrayList<>();
    List<Claim> some;
    int emptyRounds = 0;
    do {
      some = queue().claim(now, LEASE_END, 3, Set.of());
      taken.addAll(some);
      emptyRounds = some.isEmpty() ? emptyRounds + 1 : 0;
    } while (emptyRounds < 3);
    return taken;
  }

  private void settleWith(Claim claim, Result result) {
    assertThat(queue().settleAll(claim, settled(claim.events(), result), START)).isTrue();
  }

  private static List<Settled> settled(List<QueuedWebhook> events, Result result) {
    return events.stream().map(event -> new Settled(event, result, START)).toList();
  }

  private static Result waits(Instant until) {
    return new Result.Later(until, Reason.CRM_AWAY, "waits");
  }

  private List<String> ids(Claim claim) {
    return claim.events().stream().map(event -> event.envelope().webhookId()).toList();
  }

  /** As a worker would whose second event of each entity must wait. */
  private void applyOneOfEachEntity(Claim claim, Map<String, List<String>> applied) {
    Set<String> entities = new HashSet<>();
    List<Settled> settled = new ArrayList<>();
    for (QueuedWebhook event : claim.events()) {
      String entity = event.envelope().entityKey();
      boolean isFirst = entities.add(entity);
      if (isFirst) {
        synchronized (applied) {
          applied
              .computeIfAbsent(entity, first -> new ArrayList<>())
              .add(event.envelope().webhookId());
        }
      }
      settled.add(new Settled(event, isFirst ? DONE : waits(START), START));
    }
    assertThat(queue().settleAll(claim, settled, START)).isTrue();
  }

  private static List<String> ofOneLane(LocationId location, int count) {
    return contacts().filter(contact -> lane(location, contact) == 7).limit(count).toList();
  }

  private static List<String> ofDifferentLanes(LocationId location, int count) {
    Set<Integer> lanes = new HashSet<>();
    return contacts().filter(contact -> lanes.add(lane(location, contact))).limit(count).toList();
  }

  private static Stream<String> contacts() {
    return Stream.iterate(1, number -> number + 1).map(number -> "c" + number);
  }

  private static int lane(LocationId location, String contact) {
    return Lane.of(anEvent(location, contact).envelope()).bucket();
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
