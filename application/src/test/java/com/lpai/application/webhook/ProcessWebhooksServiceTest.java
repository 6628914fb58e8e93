package com.lpai.application.webhook;

import static com.lpai.domain.webhook.WebhookFixture.anEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.work.Instance;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessWebhooksServiceTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Result DONE = new Result.Finished(WebhookStatus.DONE, "applied");

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final Instance instance = new Instance("one", time, () -> "token", () -> 0.5);
  private final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
  private final LocationId location = TenantFixture.anyLocation();
  private final Set<LocationId> connected = new HashSet<>();
  private final List<String> applied = new ArrayList<>();

  @Test
  void trap29AFaultIsTriedThreeTimesFurtherAndFurtherApartAndThenDead() {
    accept(location, "c1");
    ProcessWebhooksService service =
        service((of, events) -> all(events, new Result.Later(time.instant(), Reason.FAULT, "bad")));
    List<Duration> waits = new ArrayList<>();

    for (int attempt = 1; attempt <= 3; attempt++) {
      Instant before = time.instant();
      drain(service);
      QueuedWebhook event = only();
      if (event.status() == WebhookStatus.WAITING) {
        waits.add(Duration.between(before, event.processAfter()));
        time.advance(waits.getLast());
      }
    }

    assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(8));
    assertThat(only().status()).isEqualTo(WebhookStatus.DEAD);
    assertThat(only().outcome()).isEqualTo("bad");
    assertThat(only().attempts()).as("as often as it was tried").isEqualTo(3);
  }

  @Test
  void whatOfADeadEventWasTheFaultIsTheReasonAlthoughItWaitedBefore() {
    accept(location, "c1");
    List<Reason> reasons =
        new ArrayList<>(
            List.of(Reason.CRM_AWAY, Reason.FAULT, Reason.READ_AGAIN, Reason.FAULT, Reason.FAULT));
    ProcessWebhooksService service =
        service(
            (of, events) ->
                all(events, new Result.Later(time.instant(), reasons.removeFirst(), "why")));

    for (int turn = 1; turn <= 5; turn++) {
      drain(service);
      time.advance(Duration.ofMinutes(1));
    }

    assertThat(queue.kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "").items())
        .extracting(WebhookHistory.Kept::reason)
        .containsExactly(Optional.of(Reason.FAULT));
  }

  @Test
  void whatIsLookedAtOnceMoreHasNotFailed() {
    accept(location, "c1");
    Duration untilTheNextLook = Duration.ofSeconds(30);
    ProcessWebhooksService service =
        service(
            (of, events) ->
                all(
                    events,
                    new Result.Later(
                        time.instant().plus(untilTheNextLook), Reason.READ_AGAIN, "not found")));

    for (int look = 1; look <= 4; look++) {
      drain(service);
      assertThat(only().status()).isEqualTo(WebhookStatus.WAITING);
      assertThat(only().processAfter()).isEqualTo(time.instant().plus(untilTheNextLook));
      time.advance(untilTheNextLook);
    }

    assertThat(only().attempts()).isZero();
  }

  @Test
  void anErrorIsAFaultOfTheEventToo() {
    accept(location, "c1");
    accept(location, "c2");
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              if (events.stream().anyMatch(each -> each.envelope().entityKey().endsWith("c1"))) {
                throw new StackOverflowError();
              }
              return all(events, DONE);
            });

    for (int attempt = 1; attempt <= 3; attempt++) {
      drain(service);
      time.advance(Duration.ofMinutes(1));
    }

    assertThat(queue.depth()).isEqualTo(Map.of(WebhookStatus.DEAD, 1L, WebhookStatus.DONE, 1L));
    assertThat(queue.kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "").items())
        .extracting(kept -> kept.event().outcome())
        .containsExactly("StackOverflowError while it was applied");
  }

  @Test
  void aMachineAtItsEndIsNoFaultOfTheEvent() {
    accept(location, "c1");
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              throw new OutOfMemoryError();
            });
    Claim claim = service.claim(10).getFirst();

    assertThatThrownBy(() -> service.process(claim)).isInstanceOf(OutOfMemoryError.class);

    assertThat(only().status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(only().attempts()).isZero();
  }

  @Test
  void whatLastsIsTriedFurtherAndFurtherApart() {
    accept(location, "c1");
    ProcessWebhooksService service =
        service(
            (of, events) ->
                all(
                    events,
                    new Result.Later(
                        time.instant().plusSeconds(5), Reason.CRM_AWAY, "GoHighLevel is away")));
    List<Duration> waits = new ArrayList<>();

    for (int attempt = 1; attempt <= 12; attempt++) {
      drain(service);
      waits.add(Duration.between(time.instant(), only().processAfter()));
      time.advance(waits.getLast());
    }

    assertThat(waits).isSorted().endsWith(Duration.ofSeconds(675));
    assertThat(waits.subList(0, 4))
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofMillis(7_500),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));
  }

  @Test
  void whatIsOverForOneEventKeepsNoOtherOfItsLocationWaiting() {
    accept(location, "c1");
    accept(location, "c2");
    boolean[] away = {true};
    ProcessWebhooksService service =
        service(
            (of, events) ->
                events.stream()
                    .map(
                        event ->
                            away[0]
                                ? new Result.Later(
                                    time.instant()
                                        .plusSeconds(
                                            event.envelope().entityKey().endsWith("c1") ? 5 : 600),
                                    Reason.CRM_AWAY,
                                    "GoHighLevel is away")
                                : DONE)
                    .toList());
    drain(service);
    away[0] = false;
    time.advance(Duration.ofSeconds(5));

    drain(service);

    assertThat(queue.depth()).isEqualTo(Map.of(WebhookStatus.DONE, 2L));
  }

  /** Or each read that succeeds would have all others claimed, refused and written back. */
  @Test
  void whatWaitsForTheBudgetOfCallsIsNotWokenByOthers() {
    Map<String, Reason> waitFor =
        Map.of(
            "contact/c1", Reason.CRM_AWAY,
            "contact/c2", Reason.THROTTLED,
            "contact/c3", Reason.THROTTLED,
            "contact/c4", Reason.NOT_CONNECTED);
    waitFor.keySet().forEach(key -> accept(location, key.substring("contact/".length())));
    boolean[] refused = {true};
    ProcessWebhooksService service =
        service(
            (of, events) ->
                events.stream()
                    .map(
                        event -> {
                          String key = event.envelope().entityKey();
                          boolean isFirst = key.endsWith("c1") || key.endsWith("c2");
                          return refused[0]
                              ? new Result.Later(
                                  time.instant().plusSeconds(isFirst ? 5 : 600),
                                  waitFor.getOrDefault(key, Reason.FAULT),
                                  "waits")
                              : DONE;
                        })
                    .toList());
    drain(service);
    refused[0] = false;
    time.advance(Duration.ofSeconds(6));

    drain(service);

    assertThat(
            queue.recent(location, 10).stream()
                .filter(event -> event.status() == WebhookStatus.WAITING)
                .map(event -> event.envelope().entityKey()))
        .containsExactly("contact/c3");
  }

  /** Those that were all due at the next free call would all but one be refused again. */
  @Test
  void whatABatchHasStillToReadIsDueOneAfterTheOther() {
    String contact = "c1";
    accept(location, contact);
    for (int number = 2; number <= 3; number++) {
      contact = inTheLaneOf(contact, number * 100);
      accept(location, contact);
      accept(location, contact);
    }
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              Set<String> entities = new HashSet<>();
              return events.stream()
                  .<Result>map(
                      event ->
                          new Result.Later(
                              time.instant().plusSeconds(7),
                              entities.add(event.envelope().entityKey())
                                  ? Reason.THROTTLED
                                  : Reason.EARLIER_EVENT,
                              "no permit"))
                  .toList();
            });
    Instant free = time.instant().plusSeconds(7);

    service.claim(1).forEach(service::process);

    assertThat(queue.recent(location, 10))
        .extracting(QueuedWebhook::processAfter)
        .containsExactly(
            free.plusMillis(200),
            free.plusMillis(200),
            free.plusMillis(100),
            free.plusMillis(100),
            free);
  }

  private String inTheLaneOf(String contact, int from) {
    return IntStream.iterate(from, number -> number + 1)
        .mapToObj(number -> "c" + number)
        .filter(
            other ->
                Lane.of(anEvent(location, other).envelope())
                    .equals(Lane.of(anEvent(location, contact).envelope())))
        .findFirst()
        .orElseThrow();
  }

  /** The connection came while it was found missing, and its wake-up before the event waited. */
  @Test
  void anEventThatMissedItsWakeUpIsWokenWithinAMinute() {
    accept(location, "c1");
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              Result waits =
                  new Result.Later(
                      time.instant().plus(Duration.ofMinutes(15)), Reason.NOT_INSTALLED, "not yet");
              Result result = connected.contains(of) ? DONE : waits;
              connected.add(of);
              queue.wake(of, time.instant());
              return all(events, result);
            });
    drain(service);
    assertThat(only().status()).isEqualTo(WebhookStatus.WAITING);

    time.advance(Duration.ofMinutes(1));
    drain(service);

    assertThat(only().status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  void anEventThatMissedItsWakeUpIsWokenAlthoughTheDatabaseWasAway() {
    accept(location, "c1");
    boolean[] isAway = {true};
    ProcessWebhooksService service =
        new ProcessWebhooksService(
            queue,
            (of, events) ->
                all(
                    events,
                    connected.contains(of)
                        ? DONE
                        : new Result.Later(
                            time.instant().plus(Duration.ofMinutes(15)),
                            Reason.NOT_INSTALLED,
                            "not yet")),
            LEASE,
            of -> {
              if (isAway[0]) {
                throw new StorageUnavailableException("away", new IllegalStateException());
              }
              return connected.contains(of);
            },
            instance);
    drain(service);
    connected.add(location);
    time.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> service.claim(10)).isInstanceOf(StorageUnavailableException.class);

    isAway[0] = false;
    time.advance(Duration.ofMinutes(1));
    drain(service);

    assertThat(only().status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  void theLongestWaitIsBounded() {
    accept(location, "c1");
    Instance late = new Instance("one", time, () -> "token", () -> 0.999_999);
    ProcessWebhooksService service =
        new ProcessWebhooksService(
            queue,
            (of, events) ->
                all(
                    events,
                    new Result.Later(
                        time.instant().plusSeconds(60), Reason.NOT_CONNECTED, "not connected")),
            LEASE,
            connected::contains,
            late);

    for (int attempt = 1; attempt <= 20; attempt++) {
      drain(service);
      Duration wait = Duration.between(time.instant(), only().processAfter());
      assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(15));
      time.advance(wait);
    }
  }

  @Test
  void aClaimThatNobodyBeganIsGivenBackAtTheEnd() {
    accept(location, "c1");
    ProcessWebhooksService stops = service((of, events) -> all(events, DONE));
    assertThat(stops.claim(10)).hasSize(1);

    stops.giveBack();

    assertThat(service((of, events) -> all(events, DONE)).claim(10)).hasSize(1);
  }

  @Test
  void aClaimThatSomebodyWorksOnIsNotGivenBack() {
    accept(location, "c1");
    List<ProcessWebhooksService> itself = new ArrayList<>();
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              itself.getFirst().giveBack();
              return all(events, DONE);
            });
    itself.add(service);

    drain(service);

    assertThat(only().status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  void trap29WhatIsNotItsFaultWaitsUncountedForEver() {
    accept(location, "c1");
    ProcessWebhooksService service =
        service(
            (of, events) ->
                all(
                    events,
                    new Result.Later(
                        time.instant().plusSeconds(5), Reason.CRM_AWAY, "GoHighLevel is away")));

    for (int attempt = 1; attempt <= 50; attempt++) {
      drain(service);
      time.advance(Duration.ofSeconds(5));
    }

    assertThat(only().status()).isEqualTo(WebhookStatus.WAITING);
    assertThat(only().attempts()).isZero();
  }

  @Test
  void anEventThatCannotBeAppliedCostsTheOthersOfItsBatchNothing() {
    for (int i = 0; i < 40; i++) {
      accept(location, "c" + i % 20);
    }
    String poison = "contact/c3";
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              if (events.stream().anyMatch(each -> each.envelope().entityKey().equals(poison))) {
                throw new IllegalStateException("a fault of ours");
              }
              return all(events, DONE);
            });

    drain(service);

    assertThat(queue.depth()).isEqualTo(Map.of(WebhookStatus.DONE, 38L, WebhookStatus.WAITING, 2L));
    assertThat(
            queue.recent(location, 100).stream()
                .filter(event -> event.status() == WebhookStatus.WAITING)
                .map(QueuedWebhook::processAfter)
                .distinct())
        .as("the later one waits as long")
        .hasSize(1);
  }

  @Test
  void bodiesOfAllClaimsTogetherAreBoundedAndAllEventsAreApplied() {
    for (int i = 0; i < 70; i++) {
      WebhookFixture event = anEvent(location, "c" + i, "id-" + i, i + "x".repeat(1 << 20));
      queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, time.instant());
    }
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));

    List<Claim> held = claimAll(service);
    while (!held.isEmpty()) {
      assertThat(held.stream().mapToLong(Claim::bytes).sum())
          .isLessThanOrEqualTo(ProcessWebhooksService.MOST_HELD_BYTES);
      held.forEach(service::process);
      held = claimAll(service);
    }

    assertThat(queue.depth()).isEqualTo(Map.of(WebhookStatus.DONE, 70L));
  }

  @Test
  void trap32LargeBodiesOfOneLocationLeaveRoomForTheOthers() {
    for (int i = 0; i < 70; i++) {
      acceptLarge(location, "c" + i);
    }
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));
    claimAll(service);
    LocationId other = TenantFixture.anyLocation();
    acceptLarge(other, "c1");

    assertThat(service.claim(64)).extracting(Claim::locationId).containsExactly(other);
  }

  @Test
  void whatRoomThereIsIsUsed() {
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));
    List<Claim> held = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      LocationId each = TenantFixture.anyLocation();
      for (int i = 0; i < 7; i++) {
        acceptLarge(each, "c" + i);
      }
      held.addAll(claimAll(service));
    }
    acceptLarge(TenantFixture.anyLocation(), "c1");
    held.addAll(claimAll(service));
    assertThat(held).flatExtracting(Claim::events).hasSize(29);
    LocationId last = TenantFixture.anyLocation();
    for (int i = 0; i < 7; i++) {
      acceptLarge(last, "c" + i);
    }

    held.addAll(claimAll(service));

    assertThat(held).flatExtracting(Claim::events).hasSize(32);
  }

  @Test
  void smallClaimsOfALocationAreAppliedTogetherAndSettledEachByItself() {
    LocationId another = TenantFixture.anyLocation();
    for (int i = 0; i < 10; i++) {
      accept(location, "c" + i);
    }
    accept(another, "c1");
    List<Integer> sizes = new ArrayList<>();
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              sizes.add(events.size());
              return events.stream()
                  .map(
                      event ->
                          event.envelope().entityKey().endsWith("c3")
                              ? new Result.Later(time.instant().plusSeconds(9), Reason.FAULT, "bad")
                              : DONE)
                  .toList();
            });

    ProcessWebhooksUseCase.together(service.claim(64)).forEach(service::process);

    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(11);
    assertThat(sizes).as("of sixteen lanes, four together").hasSizeLessThanOrEqualTo(5);
    assertThat(queue.depth()).isEqualTo(Map.of(WebhookStatus.WAITING, 1L, WebhookStatus.DONE, 10L));
    assertThat(service.claim(64)).as("every lane is free, and nothing is due").isEmpty();
  }

  @Test
  void noMoreThanSoManyAreAppliedTogether() {
    for (int i = 0; i < 60; i++) {
      accept(location, "c" + i);
    }
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));

    List<List<Claim>> groups = ProcessWebhooksUseCase.together(service.claim(64));

    assertThat(groups)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            group -> {
              assertThat(group).hasSizeLessThanOrEqualTo(WebhookQueue.LANES_PER_TURN);
              assertThat(group.stream().mapToInt(claim -> claim.events().size()).sum())
                  .isLessThanOrEqualTo(ProcessWebhooksUseCase.TOGETHER);
            });
    assertThat(groups.stream().flatMap(List::stream).mapToInt(claim -> claim.events().size()).sum())
        .isEqualTo(60);
  }

  @Test
  void claimsOfSeveralLocationsAreNotOneWork() {
    accept(location, "c1");
    accept(TenantFixture.anyLocation(), "c1");
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));
    List<Claim> claims = service.claim(64);

    assertThatThrownBy(() -> service.process(claims)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A body of nearly the greatest length. */
  private void acceptLarge(LocationId of, String contact) {
    String id = of.value() + contact;
    WebhookFixture event = anEvent(of, contact, id, id + "x".repeat((1 << 20) - id.length()));
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, time.instant());
  }

  private static List<Claim> claimAll(ProcessWebhooksService service) {
    List<Claim> all = new ArrayList<>();
    for (List<Claim> some = service.claim(64); !some.isEmpty(); some = service.claim(64)) {
      all.addAll(some);
    }
    return all;
  }

  @Test
  void whenTheDatabaseIsAwayNothingIsCountedAndTheLaneIsFreeAgain() {
    accept(location, "c1");
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              throw new StorageUnavailableException("away", new IllegalStateException("no server"));
            });
    Claim claim = service.claim(10).getFirst();

    assertThatThrownBy(() -> service.process(claim))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(only().attempts()).isZero();
    assertThat(service.claim(10)).hasSize(1);
  }

  @Test
  void aClaimThatTakesLongIsProlongedUntilItIsOver() {
    accept(location, "c1");
    ProcessWebhooksService other = service((of, events) -> all(events, DONE));
    List<List<Claim>> takenMeanwhile = new ArrayList<>();
    List<ProcessWebhooksService> itself = new ArrayList<>();
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              for (int i = 0; i < 20; i++) {
                time.advance(Duration.ofSeconds(10));
                itself.getFirst().prolong();
                takenMeanwhile.add(other.claim(10));
              }
              return all(events, DONE);
            });
    itself.add(service);

    drain(service);

    assertThat(takenMeanwhile).hasSize(20).allMatch(List::isEmpty);
    assertThat(only().status()).isEqualTo(WebhookStatus.DONE);
  }

  /** A worker that hangs does not hold its entities back for ever. */
  @Test
  void aClaimIsNotProlongedWithoutEnd() {
    accept(location, "c1");
    ProcessWebhooksService hangs = service((of, events) -> all(events, DONE));
    assertThat(hangs.claim(10)).hasSize(1);

    for (int i = 0; i < 70; i++) {
      time.advance(Duration.ofSeconds(10));
      hangs.prolong();
    }

    assertThat(service((of, events) -> all(events, DONE)).claim(10)).hasSize(1);
  }

  @Test
  void aWorkerThatHangsIsOvertakenByItsOwnInstance() {
    accept(location, "c1");
    ProcessWebhooksService alone = service((of, events) -> all(events, DONE));
    Claim hangs = alone.claim(10).getFirst();
    for (int i = 0; i < 60; i++) {
      assertThat(alone.claim(10)).isEmpty();
      time.advance(Duration.ofSeconds(10));
      alone.prolong();
    }
    time.advance(LEASE);

    List<Claim> takenOver = alone.claim(10);
    assertThat(takenOver).hasSize(1);
    alone.process(hangs);
    assertThat(only().status()).isEqualTo(WebhookStatus.PENDING);
    takenOver.forEach(alone::process);

    assertThat(only().status()).isEqualTo(WebhookStatus.DONE);
  }

  @Test
  void trap30WhoeverWasOvertakenChangesNothing() {
    accept(location, "c1");
    ProcessWebhooksService late =
        service((of, events) -> all(events, new Result.Finished(WebhookStatus.DEAD, "too late")));
    ProcessWebhooksService other = service((of, events) -> all(events, DONE));
    Claim lost = late.claim(10).getFirst();

    time.advance(LEASE);
    drain(other);
    late.process(lost);

    assertThat(only().status()).isEqualTo(WebhookStatus.DONE);
    assertThat(queue.log(location, WebhookLogQuery.all(10, "")).items()).hasSize(1);
  }

  @Test
  void trap32FiftyThousandEventsOfOneLocationKeepTwentyQuietOnesWaitingForNoClaim() {
    for (int i = 0; i < 50_000; i++) {
      accept(location, "c" + i);
    }
    ProcessWebhooksService service =
        service(
            (of, events) -> {
              applied.add(of.value());
              return all(events, DONE);
            });
    for (int round = 0; round < 5; round++) {
      List<LocationId> quiet =
          IntStream.range(0, 20).mapToObj(number -> TenantFixture.anyLocation()).toList();
      quiet.forEach(each -> accept(each, "c1"));
      applied.clear();

      service.claim(64).forEach(service::process);

      assertThat(applied).containsAll(quiet.stream().map(LocationId::value).toList());
      assertThat(applied).contains(location.value());
    }
  }

  @Test
  void trap32WhileOthersHaveEventsTheyWaitBehindFewOfOneLocation() {
    int few = ProcessWebhooksService.MOST_HELD_EVENTS_BESIDE_OTHERS;
    acceptMany(location);
    LocationId quiet = TenantFixture.anyLocation();
    accept(quiet, "c1");
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));
    claimAll(service).forEach(service::process);

    for (int round = 0; round < 5; round++) {
      accept(quiet, "c2");
      List<Claim> held = claimAll(service);

      assertThat(held).extracting(Claim::locationId).contains(quiet);
      assertThat(eventsOf(location, held)).as("round " + round).isBetween(few, 2 * few - 1);
      held.forEach(service::process);
      time.advance(Duration.ofMillis(900));
    }
  }

  @Test
  void aLocationAloneIsWorkedOnWithMoreAtOnceAndNotWithAllThatItHas() {
    int many = ProcessWebhooksService.MOST_HELD_EVENTS_OF_ONE;
    acceptMany(location);
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));

    assertThat(eventsOf(location, claimAll(service))).isBetween(many, 2 * many - 1);
  }

  @Test
  void aLocationIsAloneAgainASecondAfterTheLastEventOfAnother() {
    int many = ProcessWebhooksService.MOST_HELD_EVENTS_OF_ONE;
    acceptMany(location);
    accept(TenantFixture.anyLocation(), "c1");
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));
    claimAll(service).forEach(service::process);
    time.advance(Duration.ofMillis(1_001));

    assertThat(eventsOf(location, claimAll(service))).isBetween(many, 2 * many - 1);
  }

  @Test
  void aLocationWhoseEventsAreStillWorkedOnCountsAsOneThatHasSome() {
    int few = ProcessWebhooksService.MOST_HELD_EVENTS_BESIDE_OTHERS;
    LocationId slow = TenantFixture.anyLocation();
    accept(slow, "c1");
    ProcessWebhooksService service = service((of, events) -> all(events, DONE));
    assertThat(service.claim(64)).hasSize(1);
    time.advance(Duration.ofSeconds(5));
    acceptMany(location);
    service.claim(1).forEach(service::process);

    assertThat(eventsOf(location, claimAll(service))).isBetween(few, 2 * few - 1);
  }

  private void acceptMany(LocationId of) {
    for (int i = 0; i < 4_000; i++) {
      accept(of, "c" + i);
    }
  }

  private static int eventsOf(LocationId location, List<Claim> claims) {
    return claims.stream()
        .filter(claim -> claim.locationId().equals(location))
        .mapToInt(claim -> claim.events().size())
        .sum();
  }

  // ---- words for the tests above

  private ProcessWebhooksService service(EventProcessor processor) {
    return new ProcessWebhooksService(queue, processor, LEASE, connected::contains, instance);
  }

  private static List<Result> all(List<QueuedWebhook> events, Result result) {
    return events.stream().map(event -> result).toList();
  }

  private void accept(LocationId of, String contact) {
    WebhookFixture event = anEvent(of, contact);
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, time.instant());
  }

  private static void drain(ProcessWebhooksService service) {
    for (List<Claim> claims = service.claim(10); !claims.isEmpty(); claims = service.claim(10)) {
      claims.forEach(service::process);
    }
  }

  private QueuedWebhook only() {
    List<QueuedWebhook> events = queue.recent(location, 2);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }
}
