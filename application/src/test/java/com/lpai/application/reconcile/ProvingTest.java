package com.lpai.application.reconcile;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import com.lpai.application.reconcile.ProofUseCase.Plan;
import com.lpai.application.setup.SetupSettings;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.sync.SyncState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvingTest {
  private static final FieldName CITY = ContactField.CITY.fieldName();
  private static final FieldName SOURCE = ContactField.SOURCE.fieldName();
  private static final FieldValue ROME = FieldValue.text("Rome");
  private static final Duration LONG = Duration.ofHours(1);

  private final TestSystem system = new TestSystem(SetupSettings.STANDARD.withPages(500));

  // ---- what the tests say

  private List<GhlContactId> installedWith(int contacts) {
    List<GhlContactId> ids = new ArrayList<>();
    for (int i = 0; i < contacts; i++) {
      ids.add(system.crm.has(LOCATION, named("Jane", "jane" + i + "@example.com")));
    }
    system.install();
    system.settle();
    system.time.advance(LONG);
    system.reconcile();
    system.time.advance(Duration.ofMinutes(1));
    return ids;
  }

  /** So long nothing is read by itself: what differs, differs until the proof. */
  private void timePasses() {
    Reconciliation present = state();
    system.reconciliations.save(
        LOCATION,
        present
            .with(present.delta().postponed(Reconciliation.NEVER, 0, ""))
            .proofAt(Reconciliation.NEVER));
    system.time.advance(LONG);
  }

  private Reconciliation state() {
    return system.reconciling.proofs().state(LOCATION).orElseThrow();
  }

  private Proof proven() {
    assertThat(system.reconciling.proofs().start(LOCATION))
        .isInstanceOf(ProofUseCase.Started.Begun.class);
    for (int i = 0; i < 100 && state().proof().isRunning(); i++) {
      system.reconcile();
      if (state().proof().isRunning()) {
        system.time.set(state().proofAt());
      }
    }
    return state().report();
  }

  private List<Difference> found() {
    return system.reconciling.proofs().differences(LOCATION, "", 200).items();
  }

  private Difference only() {
    assertThat(found()).hasSize(1);
    return found().getFirst();
  }

  private Contact contact(GhlContactId id) {
    return system.contacts.findByCrmId(LOCATION, id).orElseThrow();
  }

  private void saved(Contact contact) {
    assertThat(system.contacts.save(LOCATION, contact)).isInstanceOf(SaveOutcome.Saved.class);
  }

  private void edited(GhlContactId id, FieldValue city) {
    saved(
        contact(id)
            .edited(FieldChanges.of(CITY, city), MirrorFixture.SOMEBODY, system.time.instant()));
  }

  /** Something else than LPai changed what is stored. */
  private void altered(GhlContactId id, String source) {
    Contact before = contact(id);
    CrmRecord<GhlContactId> said =
        new CrmRecord<>(
            id, FieldChanges.of(SOURCE, FieldValue.text(source)), Set.of(), Instant.EPOCH);
    saved(
        before.merged(
            said, before.trace(), ConflictPolicy.OURS, Origin.WEBHOOK, system.time.instant()));
  }

  private void deletedHereAndRefused(GhlContactId id) {
    Contact deleted = contact(id).deletedHere(system.time.instant());
    saved(deleted.withSync(deleted.sync().failed("Not allowed.")));
  }

  private Contact unlinked(String email, SyncState sync) {
    Contact made =
        Contact.createdHere(
            system.contacts.nextId(),
            LOCATION,
            named("Jane", email),
            MirrorFixture.SOMEBODY,
            system.time.instant());
    saved(made.withSync(sync));
    return made;
  }

  private void repaired() {
    assertThat(system.reconciling.proofs().repair(LOCATION, Set.of())).isInstanceOf(Plan.Of.class);
    for (int i = 0; i < 20 && !state().repairAt().equals(Reconciliation.NEVER); i++) {
      system.reconcile();
      if (state().repairAt().isAfter(system.time.instant())
          && !state().repairAt().equals(Reconciliation.NEVER)) {
        system.time.set(state().repairAt());
      }
    }
  }

  /** All that is stored of records, and all that the CRM has. */
  private List<Object> everything() {
    List<Object> all = new ArrayList<>();
    String cursor = "";
    do {
      var page = system.contacts.standings(LOCATION, cursor, 500);
      page.items().forEach(it -> all.add(system.contacts.find(LOCATION, it.id())));
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    system
        .projects
        .standings(LOCATION, "", 500)
        .items()
        .forEach(it -> all.add(system.projects.find(LOCATION, it.id())));
    system
        .appointments
        .standings(LOCATION, "", 500)
        .items()
        .forEach(it -> all.add(system.appointments.find(LOCATION, it.id())));
    all.add(system.crm.contactsOf(LOCATION));
    all.add(system.lists.opportunitiesHeld());
    all.add(system.lists.appointmentsHeld());
    return all;
  }

  // ---- equal

  @Test
  void equalSidesAreProvenEqualWithTheirCounts() {
    installedWith(3);
    GhlOpportunityId deal =
        opportunityOf(system.crm.contactsOf(LOCATION).keySet().iterator().next());
    system.lists.hasAppointment("cal1", system.time.instant());
    system.time.advance(LONG);
    system.reconcile();
    assertThat(system.projects.findByCrmId(LOCATION, deal)).isPresent();
    timePasses();

    Proof proof = proven();

    assertThat(found()).isEmpty();
    assertThat(proof.state()).isEqualTo(Proof.State.EQUAL);
    assertThat(proof.provenAt()).isEqualTo(system.time.instant());
    assertThat(proof.of(MirrorKind.CONTACTS).here()).isEqualTo(3);
    assertThat(proof.of(MirrorKind.CONTACTS).there()).isEqualTo(3);
    assertThat(proof.of(MirrorKind.PROJECTS).here()).isOne();
    assertThat(proof.of(MirrorKind.APPOINTMENTS).here()).isOne();
    assertThat(system.reconciling.proofs().plan(LOCATION, Set.of()))
        .isEqualTo(new Plan.Of(List.of(), 0, 0));
  }

  private GhlOpportunityId opportunityOf(GhlContactId contact) {
    return system.lists.hasOpportunity(
        FieldChanges.of(ProjectField.TITLE.fieldName(), FieldValue.text("Boiler"))
            .with(ProjectField.GHL_CONTACT_ID.fieldName(), FieldValue.text(contact.value())));
  }

  @Test
  void namesThatPagesTellInLowerCaseOnlyAreCompared() {
    system.crm.tellsNoNamesInPages();
    GhlContactId id = installedWith(2).getFirst();
    timePasses();
    assertThat(proven().state()).isEqualTo(Proof.State.EQUAL);

    system.crm.edits(LOCATION, id, ContactField.FIRST_NAME.fieldName(), FieldValue.text("Mary"));
    timePasses();
    proven();

    assertThat(only().fields()).containsExactly(ContactField.FIRST_NAME.fieldName());
  }

  /** So it is told in docs: pages do not show how such a name is written. */
  @Test
  void whereOnlyTheCaseOfSuchANameDiffersNoPageShowsIt() {
    system.crm.tellsNoNamesInPages();
    GhlContactId id = installedWith(2).getFirst();
    system.crm.edits(LOCATION, id, ContactField.FIRST_NAME.fieldName(), FieldValue.text("JANE"));
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.EQUAL);
    assertThat(proof.of(MirrorKind.CONTACTS).calls()).as("no read for each contact").isOne();
  }

  // ---- what pages leave out

  private static final FieldName ROOF = FieldName.element(ContactField.CUSTOM_FIELDS, "roof");
  private static final FieldName SMS = FieldName.element(ContactField.DND_SETTINGS, "SMS");

  private List<GhlContactId> installedWith(int contacts, FieldName element) {
    for (int i = 0; i < contacts; i++) {
      system.crm.has(
          LOCATION,
          named("Jane", "with" + i + "@example.com").with(element, FieldValue.text("tiles")));
    }
    installedWith(1);
    return system.crm.contactsOf(LOCATION).entrySet().stream()
        .filter(entry -> !entry.getValue().get(element).isCleared())
        .map(Map.Entry::getKey)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"roof", "SMS"})
  void anElementThatWasClearedThereUnnoticedIsReadOnceAndNamed(String which) {
    FieldName element = which.equals("roof") ? ROOF : SMS;
    GhlContactId id = installedWith(3, element).getFirst();
    system.crm.edits(LOCATION, id, element, FieldValue.cleared());
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.DIFFERENT);
    assertThat(only().crmId()).isEqualTo(id.value());
    assertThat(only().cause()).isEqualTo(Cause.WEBHOOK_LOST);
    assertThat(only().fields()).containsExactly(element);
    assertThat(proof.of(MirrorKind.CONTACTS).calls()).as("a page and that one").isEqualTo(2);
    repaired();
    assertThat(contact(id).fields().get(element).isCleared()).isTrue();
  }

  @Test
  void elementsThatPagesShowCostNoRead() {
    installedWith(200, ROOF);
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.EQUAL);
    assertThat(proof.of(MirrorKind.CONTACTS).calls()).isOne();
  }

  @Test
  void elementsThatPagesLeaveOutAreReadAndEqualWhereTheyAreThere() {
    installedWith(3, SMS);
    system.crm.leavesOutChannelsInPages();
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.EQUAL);
    assertThat(proof.of(MirrorKind.CONTACTS).calls()).isEqualTo(4);
  }

  @Test
  void whatPagesLeaveOutTooOftenIsNamedAndNotReadEach() {
    List<GhlContactId> ids = installedWith(120, SMS);
    system.crm.leavesOutChannelsInPages();
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.DIFFERENT);
    assertThat(proof.of(MirrorKind.CONTACTS).calls()).isEqualTo(51);
    assertThat(found()).extracting(Difference::cause).containsOnly(Cause.NOT_SHOWN);
    assertThat(found()).hasSize(ids.size() - 50);
  }

  @Test
  void itIsDoneEachWeekByItself() {
    installedWith(1);

    system.time.advance(Duration.ofDays(8));
    system.reconcile();

    assertThat(state().report().state()).isEqualTo(Proof.State.EQUAL);
    assertThat(state().proofAt())
        .isBetween(
            system.time.instant().plus(Duration.ofDays(6)),
            system.time.instant().plus(Duration.ofDays(8)));
  }

  // ---- what differs, and why

  @Test
  void aRecordWhoseWebhooksWereLostIsMissingHereOrDiffers() {
    List<GhlContactId> ids = installedWith(2);
    GhlContactId unheard = system.crm.has(LOCATION, named("New", "new@example.com"));
    system.crm.edits(LOCATION, ids.getFirst(), CITY, ROME);
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.DIFFERENT);
    assertThat(found())
        .extracting(Difference::nature, Difference::cause, Difference::crmId, Difference::fields)
        .containsExactlyInAnyOrder(
            tuple(Nature.MISSING_HERE, Cause.WEBHOOK_LOST, unheard.value(), List.of()),
            tuple(Nature.FIELDS, Cause.WEBHOOK_LOST, ids.getFirst().value(), List.of(CITY)));
    assertThat(proof.of(MirrorKind.CONTACTS).calls())
        .as("what stood for long is not read again")
        .isOne();
  }

  @Test
  void whatSomethingElseChangedHereIsNotTakenForALostWebhook() {
    GhlContactId id = installedWith(1).getFirst();
    altered(id, "broken");
    timePasses();

    proven();

    assertThat(only().cause()).isEqualTo(Cause.ALTERED_HERE);
    assertThat(only().fields()).containsExactly(SOURCE);
  }

  @Test
  void whatWaitsToBeToldIsNamedByItsPush() {
    List<GhlContactId> ids = installedWith(3);
    ids.forEach(id -> edited(id, ROME));
    saved(contact(ids.get(1)).withSync(contact(ids.get(1)).sync().failed("The city is wrong.")));
    saved(
        contact(ids.get(2))
            .withSync(
                contact(ids.get(2))
                    .sync()
                    .blocked(system.time.instant().plus(LONG), "Not connected.")));
    timePasses();

    proven();

    assertThat(found())
        .extracting(Difference::crmId, Difference::cause, Difference::note)
        .containsExactlyInAnyOrder(
            tuple(ids.get(0).value(), Cause.PUSH_WAITING, ""),
            tuple(ids.get(1).value(), Cause.PUSH_FAILED, "The city is wrong."),
            tuple(ids.get(2).value(), Cause.PUSH_BLOCKED, "Not connected."));
  }

  @Test
  void whatWasDeletedThereUnnoticedIsLookedForOnceAndNoOther() {
    List<GhlContactId> ids = installedWith(4);
    system.crm.removes(LOCATION, ids.getFirst());
    timePasses();
    long before = system.crm.callCounts().getOrDefault("find", 0L);

    proven();

    assertThat(only().cause()).isEqualTo(Cause.DELETED_THERE);
    assertThat(only().crmId()).isEqualTo(ids.getFirst().value());
    assertThat(system.crm.callCounts().get("find") - before).isOne();
    assertThat(contact(ids.getFirst()).isLive()).as("a proof changes nothing").isTrue();
  }

  static List<CrmFailure> noProofOfADeletion() {
    return List.of(
        new CrmFailure.Forbidden("no"),
        new CrmFailure.Rejected(List.of(), "bad request"),
        new CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind.MISSING_SCOPE, "no scope"));
  }

  /** Only a plain "not found" says that something is gone; 400, 401 and 403 say nothing of it. */
  @ParameterizedTest
  @MethodSource("noProofOfADeletion")
  void aLookThatIsRefusedCountsNothingAsDeleted(CrmFailure refusal) {
    List<GhlContactId> ids = installedWith(3);
    system.crm.removes(LOCATION, ids.getFirst());
    timePasses();
    system.crm.breaks("find", refusal);

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.INCOMPLETE);
    assertThat(only().cause()).isEqualTo(Cause.NOT_LISTED);
    repaired();
    assertThat(contact(ids.getFirst()).isLive()).isTrue();
    assertThat(only().stage()).isEqualTo(Stage.LEFT);
  }

  @Test
  void aCrmThatIsAwayIsWaitedForAndNothingIsSaidMeanwhile() {
    List<GhlContactId> ids = installedWith(3);
    system.crm.removes(LOCATION, ids.getFirst());
    timePasses();
    system.crm.breaks("find", new CrmFailure.Unavailable("away"));
    system.reconciling.proofs().start(LOCATION);
    system.reconcile();

    assertThat(state().proof().isRunning()).isTrue();
    assertThat(state().proof().problem()).isEqualTo("away");
    assertThat(state().report()).isEqualTo(Proof.NONE);
    system.crm.worksAgain("find");
    system.time.set(state().proofAt());
    system.reconcile();
    assertThat(only().cause()).isEqualTo(Cause.DELETED_THERE);
  }

  @Test
  void aListThatIsRefusedIsNoEqualityAndTheOtherKindsAreCompared() {
    installedWith(1);
    timePasses();
    system.crm.breaks("page", new CrmFailure.Forbidden("no contacts for you"));

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.INCOMPLETE);
    assertThat(proof.of(MirrorKind.CONTACTS).problem()).isEqualTo("no contacts for you");
    assertThat(proof.of(MirrorKind.PROJECTS).problem()).isEmpty();
  }

  /** Else no other proof could ever begin. */
  @Test
  void aListThatStaysAwayEndsTheProofOfItsKindWithoutAWord() {
    installedWith(1);
    timePasses();
    system.crm.breaks("page", new CrmFailure.Unavailable("away"));
    Instant before = system.time.instant();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.INCOMPLETE);
    assertThat(proof.of(MirrorKind.CONTACTS).problem()).isEqualTo("away");
    assertThat(proof.of(MirrorKind.PROJECTS).problem()).isEmpty();
    assertThat(Duration.between(before, system.time.instant()))
        .isBetween(Duration.ofHours(12), Duration.ofHours(30));
  }

  @Test
  void aFaultOfOursEndsTheProofOfItsKindToo() {
    installedWith(1);
    timePasses();
    faultsAtEachPage();
    system.reconciling.proofs().start(LOCATION);

    for (int i = 0; i < 100 && state().proof().isRunning(); i++) {
      try {
        system.reconcile();
      } catch (IllegalStateException fault) {
        // It is tried again later.
      }
      system.time.set(state().proof().isRunning() ? state().proofAt() : system.time.instant());
    }

    assertThat(state().report().state()).isEqualTo(Proof.State.INCOMPLETE);
    assertThat(state().report().of(MirrorKind.CONTACTS).problem())
        .contains("IllegalStateException");
  }

  private void faultsAtEachPage() {
    system.crm.during(
        "page",
        () -> {
          faultsAtEachPage();
          throw new IllegalStateException("fault");
        });
  }

  @Test
  void whatIsCountedAndNotListedIsNoEquality() {
    installedWith(2);
    timePasses();
    system.crm.countsMoreThanItLists(1);

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.INCOMPLETE);
    assertThat(proof.of(MirrorKind.CONTACTS).problem()).contains("3", "2");
  }

  @Test
  void deletionsThatGoHighLevelRefusedAndTwinsAndWhatWasNeverToldAreNamed() {
    List<GhlContactId> ids = installedWith(2);
    deletedHereAndRefused(ids.getFirst());
    Contact twin = unlinked("jane1@example.com", SyncState.SYNCED);
    Contact untold = unlinked("nobody@example.com", SyncState.SYNCED);
    Contact refused = unlinked("refused@example.com", SyncState.SYNCED.failed("Bad."));
    timePasses();

    proven();

    assertThat(found())
        .extracting(Difference::ourId, Difference::nature, Difference::cause)
        .containsExactlyInAnyOrder(
            tuple(
                contact(ids.getFirst()).id().value(), Nature.DELETED_HERE, Cause.DELETION_REFUSED),
            tuple(twin.id().value(), Nature.DUPLICATE, Cause.UNLINKED_TWIN),
            tuple(untold.id().value(), Nature.MISSING_THERE, Cause.NEVER_TOLD),
            tuple(refused.id().value(), Nature.MISSING_THERE, Cause.PUSH_FAILED));
  }

  @Test
  void aProjectWhoseContactIsGoneAndAnAppointmentWhoseCalendarIsGoneAreNamed() {
    List<GhlContactId> ids = installedWith(2);
    GhlOpportunityId deal = opportunityOf(ids.getFirst());
    system.lists.hasCalendar("cal2");
    var appointment = system.lists.hasAppointment("cal2", system.time.instant().plus(LONG));
    system.time.advance(LONG);
    system.reconcile();
    assertThat(system.projects.findByCrmId(LOCATION, deal)).isPresent();
    assertThat(system.appointments.findByCrmId(LOCATION, appointment)).isPresent();
    system.crm.removes(LOCATION, ids.getFirst());
    system.intake.deleted(LOCATION, ids.getFirst(), Instant.EPOCH);
    system.lists.calendars.removeIf(calendar -> calendar.crmId().equals("cal2"));
    timePasses();

    proven();

    assertThat(found())
        .extracting(Difference::kind, Difference::nature, Difference::cause, Difference::crmId)
        .containsExactlyInAnyOrder(
            tuple(MirrorKind.PROJECTS, Nature.REFERENCE_GONE, Cause.CONTACT_GONE, deal.value()),
            tuple(
                MirrorKind.APPOINTMENTS,
                Nature.REFERENCE_GONE,
                Cause.CALENDAR_GONE,
                appointment.value()));
  }

  // ---- what changes meanwhile

  @Test
  void aChangeOnItsWayDuringTheProofIsLookedAtAgainAndNotReported() {
    List<GhlContactId> ids = installedWith(3);
    timePasses();
    system.crm.during(
        "page",
        () -> {
          // One is edited here and one there, after the page was made.
          edited(ids.get(0), ROME);
          system.crm.edits(LOCATION, ids.get(1), CITY, ROME);
        });
    system.reconciling.proofs().start(LOCATION);
    system.crm.during("find", () -> system.settle());
    Proof proof = provenAfterSettling();

    assertThat(proof.state()).isEqualTo(Proof.State.DIFFERENT);
    assertThat(only().crmId()).isEqualTo(ids.get(1).value());
    assertThat(only().cause()).isEqualTo(Cause.CHANGED_LATELY);
    assertThat(contact(ids.get(0)).sync().dirty()).isEmpty();
  }

  private Proof provenAfterSettling() {
    for (int i = 0; i < 100 && state().proof().isRunning(); i++) {
      system.reconcile();
      system.settle();
      if (state().proof().isRunning()) {
        system.time.set(state().proofAt());
      }
    }
    return state().report();
  }

  /** Wherever it is interrupted, it says in the end what it would have said. */
  @Test
  void aProofThatCrashesAnywhereSaysTheSame() {
    List<GhlContactId> ids = installedWith(600);
    system.crm.edits(LOCATION, ids.get(7), CITY, ROME);
    system.crm.removes(LOCATION, ids.get(500));
    system.crm.has(LOCATION, named("New", "new@example.com"));
    timePasses();
    proven();
    List<String> expected = found().stream().map(Difference::id).toList();
    assertThat(expected).hasSize(3);

    for (int crash = 1; crash < 12; crash++) {
      system.reconciling.proofs().start(LOCATION);
      crashesAtSave(crash);
      for (int i = 0; i < 100 && state().proof().isRunning(); i++) {
        try {
          system.reconcile();
        } catch (StorageUnavailableException crashed) {
          // Another worker goes on.
        }
        system.time.set(state().proof().isRunning() ? state().proofAt() : system.time.instant());
      }

      assertThat(state().report().state()).isEqualTo(Proof.State.DIFFERENT);
      assertThat(found()).extracting(Difference::id).isEqualTo(expected);
    }
  }

  private void crashesAtSave(int number) {
    system.reconciliations.beforeNextSave(
        () -> {
          if (number == 1) {
            throw new StorageUnavailableException("crash", new IllegalStateException("crash"));
          }
          crashesAtSave(number - 1);
        });
  }

  /** Else its first page would be called equal as it was weeks ago. */
  @Test
  void aProofThatIsGoneOnWithAfterWeeksBeginsAnew() {
    List<GhlContactId> ids = installedWith(600);
    timePasses();
    system.reconciling.proofs().start(LOCATION);
    crashesAtSave(2);
    assertThatThrownBy(system::reconcile).isInstanceOf(StorageUnavailableException.class);
    Instant weeksLater = system.time.advance(Duration.ofDays(21));
    system.crm.edits(LOCATION, ids.getFirst(), CITY, ROME);

    Proof proof = provenAfterSettling();

    assertThat(proof.state()).isEqualTo(Proof.State.DIFFERENT);
    assertThat(proof.begunAt()).isEqualTo(weeksLater);
  }

  // ---- repairs

  @Test
  void aPlanTellsWhatItCostsAndChangesNothing() {
    List<GhlContactId> ids = installedWith(4);
    system.crm.edits(LOCATION, ids.get(0), CITY, ROME);
    system.crm.removes(LOCATION, ids.get(1));
    edited(ids.get(2), ROME);
    unlinked("jane3@example.com", SyncState.SYNCED);
    timePasses();
    List<Object> before = everything();

    proven();
    Plan plan = system.reconciling.proofs().plan(LOCATION, Set.of());
    system.reconcile();

    assertThat(everything()).isEqualTo(before);
    assertThat(plan).isInstanceOf(Plan.Of.class);
    assertThat(((Plan.Of) plan).count()).isEqualTo(4);
    assertThat(((Plan.Of) plan).calls()).isEqualTo(3);
    assertThat(found()).extracting(Difference::stage).containsOnly(Stage.OPEN);
  }

  @Test
  void oneCanBeRepairedAloneAndTheReportSaysSo() {
    List<GhlContactId> ids = installedWith(2);
    ids.forEach(id -> system.crm.edits(LOCATION, id, CITY, ROME));
    timePasses();
    proven();
    Difference first = found().getFirst();

    system.reconciling.proofs().repair(LOCATION, Set.of(first.id()));
    system.reconcile();

    assertThat(found()).extracting(Difference::stage).containsExactly(Stage.REPAIRED, Stage.OPEN);
    assertThat(contact(new GhlContactId(first.crmId())).fields().get(CITY)).isEqualTo(ROME);
    assertThat(contact(new GhlContactId(found().getLast().crmId())).fields().get(CITY))
        .isEqualTo(FieldValue.cleared());
  }

  /** What is gone there goes only after a second look at a later time. */
  @Test
  void anOrphanIsRemovedOnlyByALaterLook() {
    GhlContactId gone = installedWith(2).getFirst();
    system.crm.removes(LOCATION, gone);
    timePasses();
    proven();

    system.reconciling.proofs().repair(LOCATION, Set.of());
    system.reconcile();
    assertThat(contact(gone).isLive()).isTrue();
    system.time.advance(Duration.ofMinutes(2));
    system.reconcile();

    assertThat(system.contacts.findByCrmId(LOCATION, gone).orElseThrow().isLive()).isFalse();
    assertThat(only().stage()).isEqualTo(Stage.REPAIRED);
  }

  @Test
  void anOrphanThatIsThereAgainStays() {
    GhlContactId gone = installedWith(2).getFirst();
    FieldChanges held = contact(gone).fields().asChanges();
    system.crm.removes(LOCATION, gone);
    timePasses();
    proven();
    system.crm.hasAgain(LOCATION, gone, held);

    repaired();

    assertThat(contact(gone).isLive()).isTrue();
  }

  @Test
  void afterAllRepairsBothSidesAreProvenEqual() {
    List<GhlContactId> ids = installedWith(6);
    system.crm.has(LOCATION, named("New", "new@example.com"));
    system.crm.edits(LOCATION, ids.get(0), CITY, ROME);
    system.crm.removes(LOCATION, ids.get(1));
    edited(ids.get(2), ROME);
    saved(contact(ids.get(2)).withSync(contact(ids.get(2)).sync().failed("Bad.")));
    altered(ids.get(3), "broken");
    deletedHereAndRefused(ids.get(4));
    unlinked("nobody@example.com", SyncState.SYNCED);
    timePasses();
    assertThat(proven().different()).isEqualTo(7);

    repaired();
    assertThat(found()).extracting(Difference::stage).containsOnly(Stage.REPAIRED);
    system.settle();
    timePasses();

    assertThat(proven().state()).isEqualTo(Proof.State.EQUAL);
  }

  @Test
  void aRepairThatFailsAgainAndAgainIsTriedLessAndLessOftenAndLeft() {
    List<GhlContactId> ids = installedWith(2);
    ids.forEach(id -> system.crm.edits(LOCATION, id, CITY, ROME));
    timePasses();
    proven();
    system.crm.breaks("find", new CrmFailure.Unavailable("away"));
    system.reconciling.proofs().repair(LOCATION, Set.of());
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 30 && state().repairAt().isBefore(Reconciliation.NEVER); i++) {
      system.reconcile();
      if (state().repairAt().isBefore(Reconciliation.NEVER)) {
        waits.add(Duration.between(system.time.instant(), state().repairAt()));
        system.time.set(state().repairAt());
      }
    }

    assertThat(found()).extracting(Difference::stage).containsOnly(Stage.LEFT);
    assertThat(found()).extracting(Difference::result).containsOnly("away");
    assertThat(waits.get(6)).isGreaterThan(waits.get(0).multipliedBy(10));
  }

  @Test
  void aRepairThatThrowsCostsItsOwnRecordOnly() {
    List<GhlContactId> ids = installedWith(3);
    ids.forEach(id -> system.crm.edits(LOCATION, id, CITY, ROME));
    timePasses();
    proven();
    system.crm.during(
        "find",
        () -> {
          throw new IllegalStateException("fault");
        });
    system.reconciling.proofs().repair(LOCATION, Set.of());

    assertThatThrownBy(system::reconcile).hasRootCauseMessage("fault").hasNoSuppressedExceptions();

    assertThat(state().repairAt()).isEqualTo(Reconciliation.NEVER);
    assertThat(found())
        .extracting(Difference::stage)
        .containsExactlyInAnyOrder(Stage.LEFT, Stage.REPAIRED, Stage.REPAIRED);
    assertThat(found())
        .filteredOn(difference -> difference.stage() == Stage.LEFT)
        .extracting(Difference::result)
        .containsExactly("LPai failed: IllegalStateException.");
  }

  @Test
  void ofRepairsThatThrowEachIsToldWithItsRecord() {
    List<GhlContactId> ids = installedWith(14);
    ids.forEach(id -> system.crm.edits(LOCATION, id, CITY, ROME));
    timePasses();
    proven();
    IllegalStateException fault = new IllegalStateException("fault");
    eachLookUpThrows(fault);
    system.reconciling.proofs().repair(LOCATION, Set.of());

    Throwable told = catchThrowable(system::reconcile);

    assertThat(found()).extracting(Difference::stage).containsOnly(Stage.LEFT);
    List<String> messages = new ArrayList<>(List.of(String.valueOf(told.getMessage())));
    for (Throwable other : told.getSuppressed()) {
      messages.add(String.valueOf(other.getMessage()));
    }
    assertThat(messages.removeLast()).isEqualTo("4 more repairs failed.");
    assertThat(messages)
        .hasSize(10)
        .isSubsetOf(
            found().stream().map(each -> "The repair of " + each.id() + " failed.").toList());
    assertThat(told).hasCause(fault);
    assertThat(told.getSuppressed()).hasSize(10);
  }

  private void eachLookUpThrows(RuntimeException fault) {
    system.crm.during(
        "find",
        () -> {
          eachLookUpThrows(fault);
          throw fault;
        });
  }

  @Test
  void aReadingOfChangesThatThrowsAgainAndAgainIsCounted() {
    installedWith(1);
    timePasses();
    system.reconciliations.save(
        LOCATION, state().with(state().delta().postponed(system.time.instant(), 0, "")));
    system.crm.during(
        "page",
        () -> {
          throw new IllegalStateException("fault");
        });

    assertThatThrownBy(system::reconcile).hasMessage("fault");

    assertThat(state().delta().attempts()).isEqualTo(1);
    assertThat(state().delta().problem()).isEqualTo("LPai failed: IllegalStateException.");
  }

  @Test
  void whatAPersonIsAskedAboutIsLeftToThem() {
    GhlContactId id = installedWith(1).getFirst();
    edited(id, ROME);
    system.crm.edits(LOCATION, id, CITY, FieldValue.text("Bari"));
    CrmRecord<GhlContactId> said = system.crm.event(LOCATION, id);
    saved(
        contact(id)
            .merged(
                said,
                contact(id).trace(),
                field -> ConflictRule.ASK,
                Origin.WEBHOOK,
                system.time.instant()));
    saved(contact(id).pushedWhole());
    timePasses();
    proven();

    repaired();

    assertThat(only().stage()).isEqualTo(Stage.LEFT);
    assertThat(only().result()).isEqualTo("A person decides: see Conflicts.");
  }

  @Test
  void whileAProofRunsNothingIsRepaired() {
    installedWith(1);
    system.reconciling.proofs().start(LOCATION);

    assertThat(system.reconciling.proofs().repair(LOCATION, Set.of()))
        .isInstanceOf(Plan.ProofUnderWay.class);
    assertThat(system.reconciling.proofs().start(LOCATION))
        .isInstanceOf(ProofUseCase.Started.UnderWay.class);
  }

  @Test
  void valuesAreReadOnRequestOnly() {
    GhlContactId id = installedWith(1).getFirst();
    system.crm.edits(LOCATION, id, CITY, ROME);
    timePasses();
    proven();

    ProofUseCase.Values values = system.reconciling.proofs().values(LOCATION, only().id());

    assertThat(values)
        .isEqualTo(
            new ProofUseCase.Values.Told(
                Map.of(CITY, new ProofUseCase.Both(FieldValue.cleared(), ROME))));
    assertThat(only().toString()).doesNotContain("Rome");
    assertThat(system.reconciling.proofs().values(LOCATION, "contacts:fields:none"))
        .isInstanceOf(ProofUseCase.Values.Unknown.class);
  }

  // ---- by counts

  private void unlinkedInRome(SyncState sync) {
    saved(
        Contact.createdHere(
                system.contacts.nextId(),
                LOCATION,
                FieldChanges.of(CITY, ROME),
                MirrorFixture.SOMEBODY,
                system.time.instant())
            .withSync(sync));
  }

  @Test
  void moreRecordsWithoutALinkThanAreListedAreCountedAllTheSame() {
    installedWith(0);
    for (int i = 0; i < ProofWork.MOST + 3; i++) {
      unlinkedInRome(SyncState.SYNCED);
    }
    timePasses();

    Proof proof = proven();

    assertThat(proof.state()).isEqualTo(Proof.State.DIFFERENT);
    assertThat(proof.of(MirrorKind.CONTACTS).unlisted()).isEqualTo(3);
    assertThat(proof.different()).isEqualTo(ProofWork.MOST + 3);
  }

  @Test
  void whatIsCountedOnlyAndWaitsForItsFirstPushIsNoDifference() {
    installedWith(0);
    for (int i = 0; i < ProofWork.MOST; i++) {
      unlinkedInRome(SyncState.SYNCED);
    }
    SyncState waiting = SyncState.SYNCED.touched(system.time.instant().plus(LONG.multipliedBy(9)));
    for (int i = 0; i < 3; i++) {
      unlinkedInRome(waiting);
    }
    unlinkedInRome(waiting.failed("The city is wrong."));
    timePasses();

    Proof proof = proven();

    assertThat(proof.of(MirrorKind.CONTACTS).unlisted()).as("the refused one").isEqualTo(1);
    assertThat(proof.different()).isEqualTo(ProofWork.MOST + 1);
  }

  /** A tenth of what dev/bench/proof.sh proves on real processes. */
  @Test
  void tenThousandContactsAreProvenInTwentyOnePagesAndFiftyDifferencesNamed() {
    List<GhlContactId> ids = installedWith(10_000);
    Map<Cause, Integer> planted = new EnumMap<>(Cause.class);
    for (int i = 0; i < 8; i++) {
      system.crm.has(LOCATION, named("New", "new" + i + "@example.com"));
      system.crm.removes(LOCATION, ids.get(1_000 + i));
      system.crm.edits(LOCATION, ids.get(2_000 + i), CITY, ROME);
      edited(ids.get(3_000 + i), ROME);
      saved(
          contact(ids.get(3_000 + i)).withSync(contact(ids.get(3_000 + i)).sync().failed("Bad.")));
      deletedHereAndRefused(ids.get(4_000 + i));
      altered(ids.get(5_000 + i), "broken");
    }
    altered(ids.get(6_000), "broken");
    altered(ids.get(6_001), "broken");
    planted.put(Cause.WEBHOOK_LOST, 16);
    planted.put(Cause.DELETED_THERE, 8);
    planted.put(Cause.PUSH_FAILED, 8);
    planted.put(Cause.DELETION_REFUSED, 8);
    planted.put(Cause.ALTERED_HERE, 10);
    timePasses();
    List<Object> before = everything();

    Proof proof = proven();

    assertThat(
            found().stream()
                .collect(Collectors.groupingBy(Difference::cause, Collectors.summingInt(it -> 1))))
        .isEqualTo(planted);
    assertThat(proof.different()).isEqualTo(50);
    assertThat(proof.of(MirrorKind.CONTACTS).pages()).isEqualTo(20);
    assertThat(proof.of(MirrorKind.CONTACTS).calls()).as("a look for each deleted").isEqualTo(28);
    assertThat(everything()).as("a proof changes nothing").isEqualTo(before);
  }

  /** A call of a proof that is lost is repeated. */
  @Test
  void anAnswerThatIsLostCostsOneCallMore() {
    installedWith(2);
    timePasses();
    system.crm.nextCall(new Fault.LoseAnswer());

    assertThat(proven().state()).isEqualTo(Proof.State.EQUAL);
  }
}
