package com.lpai.application.webhook;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.testing.InMemoryCrm;
import com.lpai.application.testing.TestSystem;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ApplyEventsTest {
  private static final RecordKind CONTACT = RecordKind.CONTACT;
  private static final FieldChanges ANN = CONTACT.named("Ann");
  private static final FieldChanges BOB = CONTACT.named("Bob");

  @Test
  void faultOfOneEventCostsThatEventAnAttemptAndItsNeighboursNothing() {
    TestSystem system = anHourAfterACopyOfOne();

    List<Result> results =
        apply(
            system,
            all -> {
              all.receive("w1|Broken|x|3600");
              CONTACT.receive(all, "w2", "c1", BOB, 3600);
              all.receive("w3|Unreadable|y|3600");
            });

    assertThat(results.get(0)).satisfies(ApplyEventsTest::costsAnAttempt);
    assertThat(results.get(1)).isEqualTo(done("applied"));
    assertThat(results.get(2)).satisfies(ApplyEventsTest::costsAnAttempt);
    assertThat(CONTACT.text(system, "c1", CONTACT.title())).isEqualTo("Bob");
  }

  /** What fails while a batch is applied is found by applying its events one by one. */
  @Test
  void faultWhileABatchIsAppliedIsFoundInTheEventThatHasIt() {
    TestSystem system = anHourAfterACopyOfOne();
    breaksWheneverCalled(system, "find");

    List<Result> results =
        apply(
            system,
            all -> {
              CONTACT.receive(all, "w1", "unknown", ANN, 3600);
              CONTACT.receive(all, "w2", "c1", BOB, 3600);
              CONTACT.receive(all, "w3", "unknown", BOB, 3601);
            });

    assertThat(results.get(0)).satisfies(ApplyEventsTest::costsAnAttempt);
    assertThat(results.get(1)).isInstanceOf(Result.Finished.class);
    assertThat(results.get(2)).satisfies(ApplyEventsTest::waitsForAnEarlierOne);
    assertThat(CONTACT.text(system, "c1", CONTACT.title())).isEqualTo("Bob");
  }

  @Test
  void lostDatabaseIsNobodysFault() {
    TestSystem system = anHourAfterACopyOfOne();
    system.crm.during(
        "find",
        () -> {
          throw new StorageUnavailableException("away", new IllegalStateException());
        });

    assertThatThrownBy(() -> apply(system, all -> CONTACT.receive(all, "w1", "unknown", ANN, 3600)))
        .isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void eventsBehindOneThatWaitsAreNotAppliedAndThoseOfOthersAre() {
    TestSystem system = anHourAfterACopyOfOne();

    List<Result> results =
        apply(
            system,
            all -> {
              all.receive("w1|Broken|c1|3600");
              CONTACT.receive(all, "w2", "c1", BOB, 3601);
              CONTACT.receiveDeletion(all, "w3", "other", 3601);
              CONTACT.receive(all, "w4", "c1", BOB, 3602);
            });

    assertThat(results.get(1)).satisfies(ApplyEventsTest::waitsForAnEarlierOne);
    assertThat(results.get(2)).isEqualTo(done("nothing to delete"));
    assertThat(results.get(3)).satisfies(ApplyEventsTest::waitsForAnEarlierOne);
    assertThat(((Result.Later) results.get(3)).processAfter())
        .isEqualTo(((Result.Later) results.get(0)).processAfter());
    assertThat(CONTACT.text(system, "c1", CONTACT.title())).isEqualTo("Ann");
  }

  @Test
  void deadEventLetsThoseBehindItGoOn() {
    TestSystem system = anHourAfterACopyOfOne();
    system.receive("w1|Broken|c1|3600");
    CONTACT.receive(system, "w2", "c1", BOB, 3601);

    for (int i = 0; i < 3; i++) {
      system.settle();
      system.time.advance(Duration.ofMinutes(1));
    }

    assertThat(outcomes(system))
        .containsExactly("IllegalStateException while it was applied", "applied");
    assertThat(CONTACT.text(system, "c1", CONTACT.title())).isEqualTo("Bob");
  }

  /** Trap 35: an unknown type is stored and reported, never an exception. */
  @Test
  void trap35UnknownTypeIsSkippedWhetherOrNotTheAppIsInstalled() {
    TestSystem system = new TestSystem();

    List<Result> results = apply(system, all -> all.receive("w1|InvoiceCreate|x|1"));

    assertThat(results)
        .containsExactly(
            new Result.Finished(WebhookStatus.SKIPPED, "unhandled type: InvoiceCreate"));
  }

  /** Trap 40: late events of a location without the app are parked, whatever they are about. */
  @Test
  void trap40EventsOfALocationWithoutTheAppAreParkedUncounted() {
    TestSystem system = new TestSystem();

    List<Result> results =
        apply(
            system,
            all -> {
              CONTACT.receive(all, "w1", "c1", ANN, 1);
              RecordKind.PROJECT.receiveDeletion(all, "w2", "o1", 1);
              all.receive("w3|UserUpdate|u1|1");
            });

    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(((Result.Later) result).why()).isEqualTo("the app is not installed there");
              assertThat(((Result.Later) result).reason()).isEqualTo(Reason.NOT_INSTALLED);
            });
    assertThat(system.crm.callCount()).isZero();
  }

  /** Traps 36 and 37: decided by the location that is named, and converging in either order. */
  @Test
  void trap36And37InstallInABatchComesBeforeWhatNeedsIt() {
    TestSystem system = new TestSystem();
    system.install();

    List<Result> results =
        apply(
            system,
            all -> {
              all.receive("w1|ContactDelete|c1|1");
              all.receive("w2|INSTALL|loc1|1");
            });

    assertThat(results).allSatisfy(it -> assertThat(it).isInstanceOf(Result.Finished.class));
  }

  /** Trap 38: an event only asks for the setup, which is work of its own. */
  @Test
  void trap38InstallCopiesNothingWhileItIsApplied() {
    TestSystem system = new TestSystem();
    system.install();
    int before = system.crm.callCount();

    apply(system, all -> all.receive("w1|INSTALL|loc1|1"));

    assertThat(system.crm.callCount()).isEqualTo(before);
    assertThat(system.setups.unfinished()).containsExactly(LOCATION);
  }

  /** Trap 39: a repeated INSTALL takes nothing back. */
  @Test
  void trap39RepeatedInstallLeavesTheLocationAsItIs() {
    TestSystem system = TestSystem.installed();
    Location before = system.locations.find(LOCATION).orElseThrow();
    system.time.advance(Duration.ofHours(1));

    apply(system, all -> all.receive("w1|INSTALL|loc1|3600"));

    assertThat(system.locations.find(LOCATION)).contains(before);
  }

  /** Trap 40: late events are parked, and a reinstall resumes them. */
  @Test
  void trap40ParkedEventsAreAppliedAfterAReinstall() {
    TestSystem system = TestSystem.installed();
    system.crm.revokes(LOCATION);
    system.receive("w1|UNINSTALL|app|1");
    system.settle();
    CONTACT.crmHas(system, "c1", ANN);
    CONTACT.receive(system, "w2", "c1", ANN, 2);
    RecordKind.PROJECT.receiveDeletion(system, "w3", "o1", 2);
    system.settle();
    assertThat(system.queue.depth()).containsEntry(WebhookStatus.WAITING, 2L);

    system.installAgain();
    system.settle();

    assertThat(system.queue.depth().getOrDefault(WebhookStatus.PENDING, 0L)).isZero();
    assertThat(CONTACT.isLive(system, "c1")).isTrue();
  }

  @Test
  void throttledLocationIsAskedNoMoreInTheSameTurn() {
    TestSystem system = anHourAfterACopyOfOne();
    system.crm.breaks("find", new CrmFailure.Throttled(Duration.ofSeconds(7), "no permit"));

    List<Result> results =
        apply(
            system,
            all -> {
              for (int i = 0; i < 5; i++) {
                CONTACT.receive(all, "w" + i, "unknown" + i, ANN, 3600);
              }
            });

    assertThat(system.crm.calls("find")).hasSize(1);
    assertThat(results)
        .allSatisfy(
            it ->
                assertThat(it)
                    .isEqualTo(
                        new Result.Later(
                            system.time.instant().plusSeconds(7), Reason.THROTTLED, "no permit")));
  }

  /** A turn ends before its claim does, however slowly the CRM answers. */
  @Test
  void turnOfASlowCrmReadsSomeRecordsNowAndTheOthersInTheNextTurn() {
    TestSystem system = anHourAfterACopyOfOne();
    for (int i = 0; i < 5; i++) {
      CONTACT.crmHas(system, "unknown" + i, ANN);
    }
    answersAfterFourSeconds(system, "find");

    List<Result> results =
        apply(
            system,
            all -> {
              for (int i = 0; i < 5; i++) {
                CONTACT.receive(all, "w" + i, "unknown" + i, ANN, 3600);
              }
            });

    assertThat(system.crm.calls("find")).hasSize(3);
    assertThat(results.subList(3, 5))
        .allSatisfy(it -> assertThat(((Result.Later) it).reason()).isEqualTo(Reason.CRM_AWAY));
  }

  // ---- users and the location

  @Test
  void usersAreReadOnceForAllEventsAndWhoIsGoneIsRemoved() {
    TestSystem system = TestSystem.installed();
    int before = system.crm.calls("users").size();
    User sam = InMemoryCrm.user("sam");
    User kim = InMemoryCrm.user("kim");
    system.crm.hasUsers(List.of(List.of(sam, kim)));

    apply(
        system,
        all -> {
          all.receive("w1|UserUpdate|u1|1");
          all.receive("w2|UserUpdate|u2|1");
        });
    int calls = system.crm.calls("users").size() - before;
    assertThat(system.users.list(LOCATION)).containsExactlyInAnyOrder(sam, kim);
    system.crm.hasUsers(List.of(List.of(kim)));
    apply(system, all -> all.receive("w3|UserUpdate|sam|2"));

    assertThat(calls).as("two pages, the second empty").isEqualTo(2);
    assertThat(system.users.list(LOCATION)).containsExactly(kim);
  }

  /** Such an event names no tenant of its own (trap 24). */
  @Test
  void eventAboutAUserOfSeveralLocationsIsAppliedToEachOfOurs() {
    TestSystem system = TestSystem.installed();
    User kim = InMemoryCrm.user("kim");
    system.crm.hasUsers(List.of(List.of(kim)));
    WebhookEvent both =
        new WebhookEvent.UsersChanged(Set.of(LOCATION, new LocationId("elsewhere")));
    WebhookEvent none = new WebhookEvent.UsersChanged(Set.of(new LocationId("elsewhere")));

    system.receive(system.webhooks.body("w1", "UserUpdate", "company:comp", both, "1"));
    system.receive(system.webhooks.body("w2", "UserUpdate", "company:comp", none, "1"));
    system.settle();

    assertThat(system.users.list(LOCATION)).containsExactly(kim);
    assertThat(outcomes(system, Envelope.NO_LOCATION))
        .containsExactly(
            "users read from GoHighLevel", "the app is installed in none of the user's locations");
  }

  @Test
  void userEventWaitsWhileTheCrmIsAway() {
    TestSystem system = TestSystem.installed();
    system.crm.breaks("users", new CrmFailure.Unavailable("503"));

    List<Result> results = apply(system, all -> all.receive("w1|UserUpdate|u1|1"));

    assertThat(results)
        .containsExactly(
            new Result.Later(system.time.instant().plusSeconds(5), Reason.CRM_AWAY, "503"));
  }

  @Test
  void locationIsReadOnceAndStoredOnlyWhenItChanged() {
    TestSystem system = TestSystem.installed();
    Location copied = system.locations.find(LOCATION).orElseThrow();
    int before = system.crm.calls("details").size();

    List<Result> unchanged =
        apply(
            system,
            all -> {
              all.receive("w1|LocationUpdate|loc1|1");
              all.receive("w2|LocationUpdate|loc1|2");
            });
    assertThat(unchanged).containsOnly(done("details are as they were"));
    assertThat(system.locations.find(LOCATION)).contains(copied);
    assertThat(system.crm.calls("details").size() - before).isEqualTo(1);

    system.locations.save(
        LOCATION, copied.withDetails(LocationDetails.assumed("before it changed")));
    List<Result> changed = apply(system, all -> all.receive("w3|LocationUpdate|loc1|3"));
    assertThat(changed).containsOnly(done("details read from GoHighLevel"));
    assertThat(system.locations.find(LOCATION).orElseThrow().details()).isEqualTo(copied.details());
  }

  /** Trap 11: an agency may have the app in all locations that come. */
  @Test
  void newLocationOfAnAgencyThatHasTheAppInAllIsLookedFor() {
    TestSystem system = new TestSystem();
    CompanyId agency = new CompanyId("agency");
    LocationId made = new LocationId("loc2");
    system.crm.hasCompany(agency);
    system.installing.complete(new Secret("company:" + agency.value()), "", "");
    system.settle();
    system.crm.hasCompany(agency, made);

    system.receive("w1|LocationCreate|loc2@agency|1");
    system.receive("w2|LocationCreate|loc3@nobody|1");
    system.settle();
    system.settle();

    assertThat(system.connections.find(made)).isPresent();
    assertThat(outcomes(system, made))
        .containsExactly("made in an agency that has the app in new locations; it is looked for");
    assertThat(outcomes(system, new LocationId("loc3")))
        .containsExactly("the app is not installed there");
  }

  // ---- the language of these tests

  /** What becomes of these events in one batch. */
  static List<Result> apply(TestSystem system, Consumer<TestSystem> arrivals) {
    arrivals.accept(system);
    List<QueuedWebhook> events =
        system.queue.recent(LOCATION, 1_000).stream()
            .filter(event -> event.status() == WebhookStatus.PENDING)
            .sorted(Comparator.comparing(QueuedWebhook::id))
            .flatMap(event -> system.queue.find(LOCATION, event.id()).stream())
            .toList();
    List<Result> results =
        WebhookUseCases.applying(
                system.webhooks,
                system.erasures,
                system.connections,
                system.eventSources(),
                system.eventTargets(),
                system.connecting,
                system.setup,
                EventOrder.STANDARD,
                system.instance)
            .apply(LOCATION, events);
    assertThat(results).hasSameSizeAs(events);
    for (Claim claim = claimed(system); !claim.events().isEmpty(); claim = claimed(system)) {
      Instant now = system.time.instant();
      List<Settled> settled =
          claim.events().stream()
              .map(event -> new Settled(event, done("applied by a test"), now))
              .toList();
      assertThat(system.queue.settleAll(claim, settled, now)).isTrue();
    }
    return results;
  }

  private static Claim claimed(TestSystem system) {
    Instant now = system.time.instant();
    return system.queue.claim(now, now.plusSeconds(1), 1, Set.of()).stream()
        .findFirst()
        .orElse(new Claim(new Lane(LOCATION, 0), "", now, List.of()));
  }

  private static TestSystem anHourAfterACopyOfOne() {
    TestSystem system = new TestSystem();
    CONTACT.crmHas(system, "c1", ANN);
    system.install();
    system.settle();
    system.time.advance(Duration.ofHours(1));
    return system;
  }

  private static void breaksWheneverCalled(TestSystem system, String call) {
    system.crm.during(
        call,
        () -> {
          breaksWheneverCalled(system, call);
          throw new IllegalStateException("a fault of ours");
        });
  }

  private static void answersAfterFourSeconds(TestSystem system, String call) {
    system.crm.during(
        call,
        () -> {
          answersAfterFourSeconds(system, call);
          system.time.advance(Duration.ofSeconds(4));
        });
  }

  private static void costsAnAttempt(Result result) {
    assertThat(((Result.Later) result).reason()).isEqualTo(Reason.FAULT);
  }

  private static void waitsForAnEarlierOne(Result result) {
    assertThat(((Result.Later) result).why()).isEqualTo("waits for an earlier event");
    assertThat(((Result.Later) result).reason()).isEqualTo(Reason.EARLIER_EVENT);
  }

  private static Result done(String outcome) {
    return new Result.Finished(WebhookStatus.DONE, outcome);
  }

  private static List<String> outcomes(TestSystem system) {
    return outcomes(system, LOCATION);
  }

  private static List<String> outcomes(TestSystem system, LocationId location) {
    return system.queue.recent(location, 100).stream()
        .sorted(Comparator.comparing(QueuedWebhook::id))
        .map(QueuedWebhook::outcome)
        .toList();
  }
}
