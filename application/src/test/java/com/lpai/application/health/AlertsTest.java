package com.lpai.application.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.testing.TestWebhooks;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptanceRules;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.InMemoryAppointments;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.InMemoryCompanies;
import com.lpai.domain.company.InMemoryDiscoveries;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.company.Reading;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.InMemoryConnections;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.contact.InMemoryContacts;
import com.lpai.domain.conversation.InMemoryConversations;
import com.lpai.domain.conversation.InMemoryMessages;
import com.lpai.domain.conversation.InMemoryOutgoingMessages;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageFixture;
import com.lpai.domain.crm.OpenBudget;
import com.lpai.domain.directory.InMemoryDirectory;
import com.lpai.domain.erasure.InMemoryErasures;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.InMemoryProjects;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.InMemoryDifferences;
import com.lpai.domain.reconcile.InMemoryReconciliations;
import com.lpai.domain.reconcile.KindProof;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.Watermark;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * One alert for each trouble of a connection, which ends with the trouble (spec 3, issue 4). The
 * guide named alerts and made none (trap 86).
 */
class AlertsTest {
  private static final Duration HOLD = Duration.ofSeconds(10);

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final Instant now = time.instant();
  private final InMemoryLocations locations = new InMemoryLocations();
  private final InMemoryConnections connections = new InMemoryConnections();
  private final InMemoryCompanies companies = new InMemoryCompanies();
  private final InMemoryDiscoveries discoveries = new InMemoryDiscoveries();
  private final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
  private final InMemoryContacts contacts = new InMemoryContacts();
  private final InMemoryOutgoingMessages outgoing = new InMemoryOutgoingMessages();
  private final InMemoryReconciliations reconciliations = new InMemoryReconciliations();
  private final InMemoryDifferences differences = new InMemoryDifferences();
  private final IngestCounters counters = new IngestCounters();
  private final LocationId location = aLocation();

  private LocationId aLocation() {
    LocationId id = TenantFixture.anyLocation();
    locations.save(id, Location.installed(id, TenantFixture.anyCompany(), now));
    return id;
  }

  private HealthQueries health(ConnectionRepository stored, String... neededScopes) {
    return HealthUseCases.queries(
        locations,
        stored,
        companies,
        discoveries,
        new ScopeCheck(Set.of(neededScopes)),
        new ScopeCheck(Set.of(neededScopes)),
        new CountedStores(
            contacts,
            new InMemoryProjects(),
            new InMemoryAppointments(),
            new DirectoryReadings.Stores(
                new InMemoryDirectory<>(),
                new InMemoryDirectory<>(),
                new InMemoryDirectory<>(),
                new InMemoryDirectory<>(),
                new InMemoryDirectory<>()),
            new InMemoryConversations(),
            new InMemoryMessages(),
            outgoing,
            List.of(contacts, new InMemoryProjects()),
            outgoing),
        new ReconciledStores(reconciliations, differences),
        queue,
        counters,
        time,
        new OpenBudget<>(),
        new OpenBudget<>());
  }

  private List<Alert> alerts(String... neededScopes) {
    return health(connections, neededScopes).overview().alerts();
  }

  private Alert only() {
    List<Alert> alerts = alerts();
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  private static Connection active() {
    return ConnectionFixture.activeConnection();
  }

  private void becomes(UnaryOperator<Connection> change) {
    Connection before = connections.find(location).orElseGet(AlertsTest::active);
    assertThat(connections.save(location, change.apply(before))).isPresent();
  }

  private Connection failed(Connection before) {
    return before.renewing(now, HOLD).renewalFailed("no network", now);
  }

  @Test
  void recordsThatWaitForADecisionUntilSomebodyHasDecided() {
    Conflict open =
        new Conflict(
            FieldName.of("email"),
            2,
            FieldValue.cleared(),
            FieldValue.text("ours"),
            FieldValue.text("theirs"),
            Conflict.Side.OURS,
            now,
            Conflict.Status.OPEN);
    Contact asked = ContactFixture.aContact().in(location).withConflict(open).build();
    contacts.save(location, asked);

    Alert alert = only();
    contacts.remove(location, asked.atVersion(1));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.UNDECIDED_CONFLICTS);
    assertThat(alert.subject()).isEqualTo(location.value());
    assertThat(alert.message()).startsWith("One record waits for a decision");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void messagesThatWereNotSentUntilSomebodyDecided() {
    OutgoingMessage message =
        OutgoingMessageFixture.anOutgoingMessage()
            .withId(outgoing.nextId())
            .in(location)
            .withSync(SyncState.SYNCED.failed("No phone number."))
            .build();
    outgoing.save(location, message);

    Alert alert = only();
    long shown = health(connections).location(location).orElseThrow().failedMessages();
    outgoing.save(location, message.atVersion(1).sentAnew(now));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.FAILED_MESSAGES);
    assertThat(alert.subjectKind()).isEqualTo("location");
    assertThat(alert.subject()).isEqualTo(location.value());
    assertThat(alert.message()).startsWith("One message was not sent");
    assertThat(alert.action()).contains("Needs attention", "Send each anew");
    assertThat(shown).isEqualTo(1);
    assertThat(alerts()).isEmpty();
    assertThat(health(connections).locations().getFirst().failedMessages()).isZero();
  }

  @Test
  void outgoingMessagesAreCountedLikeRecords() {
    outgoing.save(
        location,
        OutgoingMessageFixture.anOutgoingMessage()
            .withId(outgoing.nextId())
            .in(location)
            .withSync(SyncState.SYNCED.failed("No phone number."))
            .build());

    assertThat(health(connections).syncHealth(location).orElseThrow().counts())
        .containsEntry("outgoingMessages", new SyncCounts(1, 0, 0, 0, 1));
  }

  private Reconciliation reconciled() {
    return reconciliations
        .find(location)
        .orElseGet(() -> Reconciliation.planned(now, Duration.ofMinutes(15), now));
  }

  private void becomes(Reconciliation changed) {
    assertThat(reconciliations.save(location, changed)).isPresent();
  }

  private void proven(long contactsThatDiffer) {
    Reconciliation before = reconciled().proving(now);
    KindProof done = KindProof.BEGIN.held(5, 5).done(contactsThatDiffer);
    becomes(
        before.proven(
            before
                .proof()
                .with(MirrorKind.CONTACTS, done)
                .with(MirrorKind.PROJECTS, KindProof.BEGIN.done(0))
                .with(MirrorKind.APPOINTMENTS, KindProof.BEGIN.done(0))
                .finished(now),
            now));
  }

  private Difference differing(String crmId, Difference.Stage stage) {
    return Difference.suspected(
            MirrorKind.CONTACTS, Nature.FIELDS, Cause.WEBHOOK_LOST, "", crmId, now)
        .at(stage, "");
  }

  @Test
  void whatAProofFoundDifferentUntilItIsRepaired() {
    becomes(connection -> connection);
    proven(2);
    differences.put(
        location,
        1,
        List.of(differing("g1", Difference.Stage.OPEN), differing("g2", Difference.Stage.LEFT)));

    Alert both = only();
    differences.put(location, 1, List.of(differing("g1", Difference.Stage.REPAIRED)));
    Alert one = only();
    differences.put(location, 1, List.of(differing("g2", Difference.Stage.REPAIRED)));

    assertThat(both.kind()).isEqualTo(Alert.Kind.DIFFERENCES);
    assertThat(both.subject()).isEqualTo(location.value());
    assertThat(both.message()).startsWith("A proof found 2 records");
    assertThat(both.detail()).isEqualTo("Of contacts: 2.");
    assertThat(both.action()).contains("Drift", "repair");
    assertThat(both.since()).isEqualTo(now);
    assertThat(one.message()).startsWith("A proof found one record");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void noProofAndAnEqualOneAreNoTrouble() {
    becomes(connection -> connection);
    becomes(reconciled());
    assertThat(alerts()).isEmpty();

    proven(0);

    assertThat(alerts()).isEmpty();
  }

  @Test
  void readingChangesThatFailsAgainAndAgainUntilItWorks() {
    becomes(connection -> connection);
    becomes(reconciled().with(reconciled().delta().postponed(now, 2, "no answer")));
    assertThat(alerts()).isEmpty();
    becomes(reconciled().with(reconciled().delta().postponed(now, 3, "no answer")));

    Alert alert = only();
    becomes(reconciled().with(reconciled().delta().finished(HOLD, now, now)));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.RECONCILE_FAILING);
    assertThat(alert.message())
        .isEqualTo("Reading what changed in GoHighLevel fails again and again.");
    assertThat(alert.detail()).isEqualTo("no answer");
    assertThat(alert.action()).contains("Mend what is named");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void changesOfAKindThatAreRefusedInEachRun() {
    becomes(connection -> connection);
    Watermark early = Watermark.NONE.atLeast(now.minus(Duration.ofHours(3)));
    Delta run =
        reconciled()
            .delta()
            .with(MirrorKind.CONTACTS, Watermark.NONE.atLeast(now))
            .with(MirrorKind.PROJECTS, early)
            .told("no opportunities for you");
    becomes(reconciled().with(run.finished(Duration.ofMinutes(15), now, now)));

    Alert alert = only();
    becomes(
        reconciled()
            .with(reconciled().delta().with(MirrorKind.PROJECTS, Watermark.NONE.atLeast(now))));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.RECONCILE_FAILING);
    assertThat(alert.message())
        .isEqualTo("What changed in GoHighLevel of projects cannot be read.");
    assertThat(alert.detail()).isEqualTo("no opportunities for you");
    assertThat(alert.since()).isEqualTo(now.minus(Duration.ofHours(3)));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aLocationThatWasNotReadWhileNobodyServedIsNoTrouble() {
    becomes(connection -> connection);
    Watermark mark = Watermark.NONE.atLeast(now);
    Delta run = reconciled().delta().with(MirrorKind.CONTACTS, mark);
    becomes(reconciled().with(run.finished(Duration.ofMinutes(15), now, now)));

    time.advance(Duration.ofDays(3));

    assertThat(alerts()).isEmpty();
  }

  @Test
  void proofsAndRepairsThatFailAgainAndAgain() {
    becomes(connection -> connection);
    Reconciliation proving = reconciled().proving(now);
    becomes(proving.with(proving.proof().waiting(3, "away"), now));
    Alert proof = only();
    becomes(reconciled().with(reconciled().proof().waiting(0, ""), now).repairingAt(now, 3));
    Alert repairs = only();

    assertThat(proof.message()).isEqualTo("Its proof fails again and again.");
    assertThat(proof.detail()).isEqualTo("away");
    assertThat(repairs.message()).isEqualTo("Its repairs fail again and again.");
  }

  @Test
  void whereNothingCanBeReadForWantOfAConnectionThatAloneIsTold() {
    becomes(connection -> connection.condemned("invalid_grant", now, now));
    becomes(reconciled().with(reconciled().delta().postponed(now, 9, "not connected")));

    assertThat(only().kind()).isEqualTo(Alert.Kind.NEEDS_REAUTH);
  }

  @Test
  void deadWebhooksOfALocationUntilSomebodyDecided() {
    becomes(connection -> connection);
    dies(location);
    dies(location);
    dies(Envelope.NO_LOCATION);

    List<Alert> open = alerts();
    queue.discard(location, KeptEvents.in(WebhookStatus.DEAD), 10);
    queue.discard(Envelope.NO_LOCATION, KeptEvents.in(WebhookStatus.DEAD), 10);

    assertThat(open)
        .extracting(Alert::kind, Alert::subjectKind, Alert::subject, Alert::message)
        .containsExactlyInAnyOrder(
            tuple(
                Alert.Kind.DEAD_WEBHOOKS,
                "location",
                location.value(),
                "2 webhooks could not be applied."),
            tuple(
                Alert.Kind.DEAD_WEBHOOKS,
                "server",
                "webhooks",
                "One webhook could not be applied."));
    assertThat(alerts()).isEmpty();
  }

  private void dies(LocationId of) {
    WebhookFixture event = WebhookFixture.anEvent(of, "c1");
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, now);
    WebhookQueue.Claim claim = queue.claim(now, now.plusSeconds(1), 1, Set.of()).getFirst();
    queue.settleAll(
        claim,
        List.of(
            new WebhookQueue.Settled(
                claim.events().getFirst(),
                new WebhookQueue.Result.Finished(WebhookStatus.DEAD, "broken"),
                now)),
        now);
  }

  /** Trap 20: GoHighLevel may sign with a key that we do not have. */
  @Test
  void aSuddenShareOfWrongSignatures() {
    AcceptWebhookUseCase accepting =
        WebhookUseCases.accepting(
            (body, signature, legacy) -> WebhookAuthenticator.Verdict.FORGED,
            new TestWebhooks(),
            new InMemoryWebhookQueue(),
            new InMemoryErasures(Map.of()),
            AcceptanceRules.of("app"),
            counters,
            WorkSignals.SILENT,
            new Instance("test", time, () -> "token", () -> 0.5));
    becomes(connection -> connection);
    for (int i = 0; i < 20; i++) {
      assertThat(alerts()).isEmpty();
      accepting.accept(RawBody.of(new byte[] {'{', '}'}), "wrong", "");
    }

    Alert alert = only();

    assertThat(alert.kind()).isEqualTo(Alert.Kind.WRONG_SIGNATURES);
    assertThat(alert.subjectKind()).isEqualTo("server");
    assertThat(alert.message()).startsWith("20 of 20 signatures");
    assertThat(alert.action())
        .contains("LPAI_ASK_AGAIN_ON_WRONG_SIGNATURE=true")
        .contains("GHL_WEBHOOK_PUBLIC_KEYS");
    time.advance(Duration.ofMinutes(6));
    assertThat(alerts()).isEmpty();
  }

  @Nested
  class OfALocation {
    @Test
    void aConnectionThatWorksIsNone() {
      becomes(connection -> connection);

      assertThat(alerts()).isEmpty();
    }

    @Test
    void refusedTokens() {
      becomes(connection -> connection.condemned("invalid_grant", now, now));

      Alert alert = only();
      assertThat(alert.kind()).isEqualTo(Alert.Kind.NEEDS_REAUTH);
      assertThat(alert.subject()).isEqualTo(location.value());
      assertThat(alert.ofCompany()).isFalse();
      assertThat(alert.detail()).isEqualTo("invalid_grant");
      assertThat(alert.action()).startsWith("Install the app again");
      assertThat(alert.needsInstallation()).isTrue();
      assertThat(alert.since()).isEqualTo(now);

      becomes(connection -> connection.refreshed(ConnectionFixture.tokens("2"), now));
      assertThat(alerts()).isEmpty();
    }

    @Test
    void aKeyThatIsNotAcceptedAnyMore() {
      becomes(connection -> Connection.legacy(new Secret("a v1 key"), now));

      Alert alert = only();
      assertThat(alert.kind()).isEqualTo(Alert.Kind.NEEDS_INSTALL);
      assertThat(alert.needsInstallation()).isTrue();

      becomes(connection -> connection.reinstalled(ConnectionFixture.grant(location), now));
      assertThat(alerts()).isEmpty();
    }

    @Test
    void aPrivateTokenThatWorksIsNone() {
      becomes(connection -> Connection.legacy(new Secret("pit-1"), now));

      assertThat(alerts()).isEmpty();
    }

    @Test
    void aPrivateTokenThatIsUsedAgainBecauseOAuthFailed() {
      becomes(connection -> Connection.legacy(new Secret("pit-1"), now));
      becomes(connection -> connection.reinstalled(ConnectionFixture.grant(location), now));
      becomes(connection -> connection.condemned("invalid_grant", now, now));

      Alert alert = only();
      assertThat(alert.kind()).isEqualTo(Alert.Kind.OAUTH_FAILED);
      assertThat(alert.detail()).isEqualTo("invalid_grant");
      assertThat(alert.needsInstallation()).isTrue();
    }

    @Test
    void aTokenThatIsRefusedThoughItWasJustGranted() {
      Instant later = now.plus(Duration.ofMinutes(15));
      becomes(connection -> connection.refusedThoughFresh("refused", now, later));

      assertThat(only().kind()).isEqualTo(Alert.Kind.REFRESH_FAILING);
    }

    @Test
    void aTokenThatCannotBeRenewedFromTheThirdFailureOn() {
      becomes(AlertsTest.this::failed);
      becomes(AlertsTest.this::failed);
      assertThat(alerts()).isEmpty();

      becomes(AlertsTest.this::failed);

      Alert alert = only();
      assertThat(alert.kind()).isEqualTo(Alert.Kind.REFRESH_FAILING);
      assertThat(alert.detail()).isEqualTo("no network");
      assertThat(alert.needsInstallation()).isFalse();
    }

    @Test
    void itStaysWhileTheNextAttemptIsUnderWay() {
      for (int attempt = 1; attempt <= 3; attempt++) {
        becomes(AlertsTest.this::failed);
      }

      becomes(connection -> connection.renewing(now, HOLD));
      assertThat(only().kind()).isEqualTo(Alert.Kind.REFRESH_FAILING);

      becomes(connection -> connection.refreshed(ConnectionFixture.tokens("2"), now));
      assertThat(alerts()).isEmpty();
    }

    @Test
    void missingScopesByTheirNames() {
      becomes(connection -> connection);

      List<Alert> alerts = alerts("contacts.write", "users.readonly", "calendars.readonly");

      assertThat(alerts).hasSize(1);
      assertThat(alerts.getFirst().kind()).isEqualTo(Alert.Kind.MISSING_SCOPES);
      assertThat(alerts.getFirst().message())
          .isEqualTo("Not granted: calendars.readonly, users.readonly.");
      assertThat(alerts.getFirst().needsInstallation()).isTrue();
      assertThat(alerts("contacts.write")).isEmpty();
    }

    @Test
    void aSuspendedLocation() {
      becomes(connection -> connection.suspended("Location is not active", now, now));

      Alert alert = only();
      assertThat(alert.kind()).isEqualTo(Alert.Kind.SUSPENDED);
      assertThat(alert.detail()).isEqualTo("Location is not active");
      assertThat(alert.needsInstallation()).isFalse();

      becomes(connection -> connection.proved(now));
      assertThat(alerts()).isEmpty();
    }

    @Test
    void anUninstalledOneIsNoneForSomebodyWantedIt() {
      becomes(connection -> connection.condemned("invalid_grant", now, now));
      becomes(connection -> connection.uninstalled(now));

      assertThat(alerts()).isEmpty();
    }

    @Test
    void oneThatCannotBeReadHidesNoOther() {
      LocationId other = aLocation();
      becomes(connection -> connection);
      assertThat(connections.save(other, active().condemned("refused", now, now))).isPresent();

      List<Alert> alerts = health(unreadableFor(location)).overview().alerts();

      assertThat(alerts)
          .extracting(Alert::subject, Alert::kind)
          .containsExactly(
              tuple(location.value(), Alert.Kind.UNREADABLE),
              tuple(other.value(), Alert.Kind.NEEDS_REAUTH));
    }

    private ConnectionRepository unreadableFor(LocationId unreadable) {
      return (ConnectionRepository)
          Proxy.newProxyInstance(
              ConnectionRepository.class.getClassLoader(),
              new Class<?>[] {ConnectionRepository.class},
              (proxy, method, arguments) -> {
                if (arguments[0].equals(unreadable)) {
                  throw new UnreadableRecordException("its key is not in the vault");
                }
                return method.invoke(connections, arguments);
              });
    }
  }

  @Nested
  class OfAnAgency {
    private final CompanyId company = TenantFixture.anyCompany();
    private final CompanyGrant grant = ConnectionFixture.companyGrant(company);

    private void becomes(UnaryOperator<Connection> change) {
      Connection before = companies.find(company).orElseGet(() -> Connection.installed(grant, now));
      assertThat(companies.save(company, change.apply(before))).isPresent();
    }

    private void searches(UnaryOperator<Discovery> change) {
      Discovery before = discoveries.find(company).orElseGet(() -> Discovery.first(grant, now));
      assertThat(discoveries.save(change.apply(before))).isPresent();
    }

    private List<Alert> ofAgency() {
      return alerts().stream().filter(Alert::ofCompany).toList();
    }

    @Test
    void theSameTroublesOfItsOwnConnection() {
      searches(discovery -> discovery);
      becomes(connection -> connection.condemned("invalid_grant", now, now));

      assertThat(ofAgency())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.NEEDS_REAUTH);
                assertThat(alert.subject()).isEqualTo(company.value());
                assertThat(alert.action()).contains("whole agency");
              });

      becomes(connection -> connection.reinstalled(grant, now));
      assertThat(ofAgency()).isEmpty();
    }

    @Test
    void aSearchThatIsInTroubleForMinutes() {
      becomes(connection -> connection);
      searches(discovery -> discovery.waiting("GoHighLevel is away", now));
      assertThat(ofAgency()).isEmpty();

      time.advance(Duration.ofMinutes(6));

      assertThat(ofAgency())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.SEARCH_FAILING);
                assertThat(alert.detail()).isEqualTo("GoHighLevel is away");
              });

      searches(
          discovery ->
              discovery.finished(Reading.begunAt(now).and(3, 3, 0), List.of(), time.instant()));
      assertThat(ofAgency()).isEmpty();
    }

    @Test
    void locationsThatWereMissedMoreThanOnceByTheirNames() {
      becomes(connection -> connection);
      MissedLocation once = MissedLocation.first(location, "Salon", "Not active.", now);
      searches(discovery -> discovery.missing(List.of(once)));
      assertThat(ofAgency()).isEmpty();

      searches(discovery -> discovery.missing(List.of(once.again("Salon", "Not active.", now))));

      assertThat(ofAgency())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.MISSED_LOCATIONS);
                assertThat(alert.detail()).contains("Salon (" + location + "): Not active.");
              });
    }

    @Test
    void aSearchOfAnAgencyThatMustInstallIsNone() {
      becomes(connection -> connection.uninstalled(now));
      searches(discovery -> discovery.waiting("no token", now));
      time.advance(Duration.ofMinutes(6));

      assertThat(ofAgency()).isEmpty();
    }
  }
}
