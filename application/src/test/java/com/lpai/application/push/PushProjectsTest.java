package com.lpai.application.push;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.name;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.testing.InMemoryCrm.Call;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.InMemoryProjectParts;
import com.lpai.domain.project.PartEntries;
import com.lpai.domain.project.PartEntry;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects that are written here are told GoHighLevel (spec 6). */
class PushProjectsTest {
  private final TestSystem system = TestSystem.installed();
  private final Contact ann =
      stored(
          system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));

  private static <R> R stored(EditOutcome<R> outcome) {
    assertThat(outcome).isInstanceOf(EditOutcome.Stored.class);
    return ((EditOutcome.Stored<R>) outcome).record();
  }

  private static FieldChanges called(String title) {
    return set(ProjectField.TITLE, title).with(set(ProjectField.PIPELINE_ID, "pipe1"));
  }

  private static FieldChanges set(ProjectField field, String text) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(text));
  }

  private static FieldChanges worth(int amount) {
    return FieldChanges.of(
        ProjectField.MONETARY_VALUE.fieldName(), new FieldValue.Amount(BigDecimal.valueOf(amount)));
  }

  private Project made(FieldChanges values) {
    return stored(
        system.editingProjects.create(
            LOCATION, new ContactReference.Resolved(ann.id()), values, MirrorFixture.SOMEBODY));
  }

  private void edits(Project project, FieldChanges changes) {
    stored(
        system.editingProjects.edit(
            LOCATION,
            project.id(),
            ContactReference.none(),
            changes,
            OptionalLong.empty(),
            MirrorFixture.SOMEBODY));
  }

  private Project now(Project project) {
    return system.projects.find(LOCATION, project.id()).orElseThrow();
  }

  private Fields onlyThere() {
    Map<GhlOpportunityId, Fields> held = system.lists.opportunitiesHeld();
    assertThat(held).hasSize(1);
    return held.values().iterator().next();
  }

  private GhlOpportunityId onlyIdThere() {
    return system.lists.opportunitiesHeld().keySet().iterator().next();
  }

  private void settleAfter(Duration duration) {
    system.time.advance(duration);
    system.settle();
  }

  private void isSynced(Project project) {
    assertThat(now(project).sync().problem()).isEmpty();
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.SYNCED);
  }

  // ---- created

  /** It is known at once that it is on its way, and nobody forgets it. */
  @Test
  void trap65ProjectThatGoHighLevelHasNotIsPendingAndCreatedInTheBackground() {
    Project project = made(called("Boiler").with(worth(1200)));
    assertThat(project.sync().phase()).isEqualTo(SyncPhase.PENDING);

    system.settle();
    system.settle();

    isSynced(project);
    assertThat(now(project).crmId()).contains(onlyIdThere());
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
    assertThat(onlyThere().text(ProjectField.STATUS.fieldName())).isEqualTo("open");
  }

  @Test
  void contactIsPushedBeforeItsProject() {
    Project project = made(called("Boiler"));

    system.pushes.projects().push(LOCATION, project.id());

    GhlContactId contact =
        system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId).orElseThrow();
    assertThat(onlyThere().text(ProjectField.GHL_CONTACT_ID.fieldName()))
        .isEqualTo(contact.value());
    assertThat(now(project).ghlContactId()).contains(contact);
    assertThat(now(project).contact().contactId()).contains(ann.id());
  }

  @Test
  void trap67ProjectWaitsForItsContactAndSaysWhy() {
    system.crm.breaks("create", new CrmFailure.Rejected(List.of(), "The e-mail is invalid."));
    Project project = made(called("Boiler"));

    system.settle();

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.BLOCKED);
    assertThat(now(project).sync().problem())
        .isEqualTo("It waits for its contact, which is not in GoHighLevel: The e-mail is invalid.");
    assertThat(system.crm.calls("createOpportunity")).isEmpty();
  }

  /** Nobody waits for the next look at what is blocked. */
  @Test
  void projectGoesOnAtOnceWhenItsContactIsThere() {
    system.crm.breaks("create", new CrmFailure.Rejected(List.of(), "The e-mail is invalid."));
    Project project = made(called("Boiler"));
    system.settle();
    system.crm.worksAgain("create");

    system.editing.retry(LOCATION, ann.id());
    system.pushing.push(LOCATION, ann.id());

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(now(project).sync().nextAttemptAt()).isEqualTo(system.time.instant());
    system.settle();
    isSynced(project);
  }

  @Test
  void projectThatWaitsForACreateUnderWayGoesOnWhenThatIsAnswered() {
    Project project = made(called("Boiler"));
    system.crm.nextCall(
        new Fault.Meanwhile(() -> system.pushes.projects().push(LOCATION, project.id())));

    system.pushing.push(LOCATION, ann.id());

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.PENDING);
    system.settle();
    isSynced(project);
    assertThat(system.crm.calls("create")).hasSize(1);
  }

  /** Whoever linked the contact found nothing that waits, and says so to nobody again. */
  @Test
  void contactThatComesBetweenTheLookAtItAndTheNoteThatItsProjectWaitsIsNotMissed() {
    system.crm.breaks("create", new CrmFailure.Rejected(List.of(), "The e-mail is invalid."));
    Project project = made(called("Boiler"));
    system.pushing.push(LOCATION, ann.id());
    AtomicInteger looks = new AtomicInteger();
    InstantSource time =
        () -> {
          // The first look asks whether the project is due, the second until when it waits.
          if (looks.incrementAndGet() == 2) {
            system.crm.worksAgain("create");
            system.editing.retry(LOCATION, ann.id());
            system.pushing.push(LOCATION, ann.id());
          }
          return system.time.instant();
        };

    pushingBy(time).push(LOCATION, project.id());

    isSynced(project);
    assertThat(system.lists.opportunitiesHeld()).hasSize(1);
  }

  private PushUseCase<ProjectId> pushingBy(InstantSource time) {
    return PushUseCases.of(
            new PushUseCases.Stores(
                system.contacts,
                system.contacts,
                system.projects,
                system.projects,
                system.appointments,
                system.appointments,
                system.outgoingMessages,
                system.outgoingMessages,
                system.connections,
                system.locations),
            new PushUseCases.Targets(
                system.crm,
                system.lists.opportunities(),
                system.lists.appointments(),
                system.lists.outgoingMessages()),
            system.intakes(),
            RetryPolicy.STANDARD,
            Duration.ofSeconds(30),
            WorkSignals.SILENT,
            new Instance("instance2", time, system.instance.token(), system.instance.jitter()))
        .projects();
  }

  @Test
  void contactThatSomethingElseLinkedReleasesItsProjectToo() {
    system.crm.breaks("create", new CrmFailure.Rejected(List.of(), "no"));
    Project project = made(called("Boiler"));
    system.settle();
    GhlContactId there = system.crm.has(LOCATION, named("Ann", "a@example.com"));
    system.intake.absorbRead(
        LOCATION,
        system.intake.normalised(LOCATION, system.crm.event(LOCATION, there)),
        system.time.instant(),
        Origin.WEBHOOK);

    system.settle();
    system.settle();

    isSynced(project);
    assertThat(onlyThere().text(ProjectField.GHL_CONTACT_ID.fieldName())).isEqualTo(there.value());
  }

  @Test
  void projectOfADeletedContactAsksForAnotherOne() {
    system.crm.breaks("create", new CrmFailure.Rejected(List.of(), "no"));
    Project project = made(called("Boiler"));
    system.settle();
    system.editing.delete(LOCATION, ann.id(), OptionalLong.empty());
    settleAfter(Duration.ofMinutes(2));
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem()).contains("contact of this project was deleted");

    system.crm.worksAgain("create");
    Contact bob =
        stored(
            system.editing.create(LOCATION, named("Bob", "b@example.com"), MirrorFixture.SOMEBODY));
    stored(
        system.editingProjects.edit(
            LOCATION,
            project.id(),
            new ContactReference.Resolved(bob.id()),
            FieldChanges.NONE,
            OptionalLong.empty(),
            MirrorFixture.SOMEBODY));
    system.settle();

    isSynced(project);
    assertThat(now(project).contact().contactId()).contains(bob.id());
    assertThat(onlyThere().text(ProjectField.GHL_CONTACT_ID.fieldName()))
        .isEqualTo(
            system.contacts.find(LOCATION, bob.id()).flatMap(Contact::crmId).orElseThrow().value());
  }

  private EditOutcome<Project> isAbout(Project project, Contact contact) {
    return system.editingProjects.edit(
        LOCATION,
        project.id(),
        new ContactReference.Resolved(contact.id()),
        FieldChanges.NONE,
        OptionalLong.empty(),
        MirrorFixture.SOMEBODY);
  }

  private Contact somebodyElse() {
    return stored(
        system.editing.create(LOCATION, named("Bob", "b@example.com"), MirrorFixture.SOMEBODY));
  }

  @Test
  void projectThatWasRefusedForItsContactSaysWhatToDoAndIsMadeWithAnother() {
    Project project = made(called("Boiler"));
    system.pushes.contacts().push(LOCATION, ann.id());
    system.crm.nextCreate(
        new Fault.Refuse(new CrmFailure.Rejected(List.of(), "The contact is not found.")));
    system.settle();
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem())
        .startsWith("GoHighLevel does not know the contact of this project any more")
        .contains("Choose another contact here")
        .endsWith("(The contact is not found.)");

    Contact bob = somebodyElse();
    stored(isAbout(project, bob));
    system.settle();

    isSynced(project);
    assertThat(now(project).contact().contactId()).contains(bob.id());
    assertThat(onlyThere().text(ProjectField.GHL_CONTACT_ID.fieldName()))
        .isEqualTo(
            system.contacts.find(LOCATION, bob.id()).flatMap(Contact::crmId).orElseThrow().value());
  }

  @Test
  void projectThatMayHaveBeenMadeKeepsItsContactAndSaysWhy() {
    Project project = made(called("Boiler"));
    system.pushes.contacts().push(LOCATION, ann.id());
    system.crm.nextCreate(
        new Fault.Refuse(new CrmFailure.RefusedOrDone(List.of(), "The contact is not found.")));
    system.pushes.projects().push(LOCATION, project.id());
    assertThat(now(project).sync().hasCallInFlight()).isTrue();

    EditOutcome<Project> outcome = isAbout(project, somebodyElse());

    assertThat(outcome).isInstanceOf(EditOutcome.Refused.class);
    assertThat(((EditOutcome.Refused<Project>) outcome).problems())
        .extracting(FieldProblem::message)
        .singleElement()
        .asString()
        .contains("that is not known yet");
  }

  /** In the guide the number of a quote was never sent (trap 73). */
  @Test
  void ourFieldsAreSentAsTheCustomFieldsThatTheyAreThere() {
    made(
        called("Boiler")
            .with(set(ProjectField.QUOTE_NUMBER, "Q-17"))
            .with(
                ProjectField.SIGNED_DATE.fieldName(),
                new FieldValue.Day(LocalDate.of(2026, 11, 20))));

    system.settle();

    String id =
        system
            .locations
            .find(LOCATION)
            .orElseThrow()
            .customField("quote_number")
            .orElseThrow()
            .value();
    assertThat(onlyThere().text(FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, id)))
        .isEqualTo("Q-17");
    assertThat(onlyThere().values()).doesNotContainKey(ProjectField.QUOTE_NUMBER.fieldName());
  }

  // ---- a create whose outcome is unknown

  @Test
  void trap68CreateWhoseAnswerIsLostIsFoundAndNotRepeated() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    assertThat(now(project).crmId()).isEmpty();

    settleAfter(Duration.ofSeconds(36));

    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
    assertThat(now(project).crmId()).contains(onlyIdThere());
    isSynced(project);
  }

  /** The process died between the call and the note of its outcome. */
  @Test
  void trap68CreateOfAProcessThatDiedIsLookedUpBeforeItIsRepeated() {
    system.settle();
    Project project = made(called("Boiler"));
    system.crm.nextCreate(
        new Fault.Meanwhile(
            () -> {
              throw new IllegalStateException("the process dies");
            }));
    try {
      system.settle();
    } catch (IllegalStateException died) {
      assertThat(died).hasMessage("the process dies");
    }

    settleAfter(Duration.ofMinutes(1));

    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
    assertThat(system.crm.calls("lookUpOpportunity")).hasSize(1);
    assertThat(now(project).crmId()).contains(onlyIdThere());
  }

  @Test
  void createThatNeverArrivedIsRepeatedAfterTheLookUp() {
    system.settle();
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
    Project project = made(called("Boiler"));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    isSynced(project);
    assertThat(system.lists.opportunitiesHeld()).hasSize(1);
    assertThat(system.crm.calls("createOpportunity")).hasSize(2);
  }

  /** What was made long before the attempt is another one, though it is called the same. */
  @Test
  void olderOpportunityOfTheSameNameIsNotTakenForOurs() {
    system.settle();
    GhlContactId contact =
        system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId).orElseThrow();
    GhlOpportunityId older =
        system.lists.hasOpportunity(
            called("Boiler").with(set(ProjectField.GHL_CONTACT_ID, contact.value())));
    system.time.advance(Duration.ofHours(1));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
    Project project = made(called("Boiler"));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    isSynced(project);
    assertThat(now(project).crmId()).isPresent().get().isNotEqualTo(older);
    assertThat(system.lists.opportunitiesHeld()).hasSize(2);
  }

  /** One that is linked to another project of ours was not made by this create. */
  @Test
  void opportunityOfAnotherProjectOfTheSameNameIsNotAdopted() {
    system.settle();
    Project first = made(called("Boiler"));
    system.settle();
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
    Project second = made(called("Boiler"));
    system.settle();

    settleAfter(Duration.ofSeconds(36));

    isSynced(second);
    assertThat(system.lists.opportunitiesHeld()).hasSize(2);
    assertThat(now(second).crmId()).isNotEqualTo(now(first).crmId());
  }

  /** Where a person is to decide about the copy, nobody takes it from them. */
  @Test
  void opportunityWhoseCopyIsNotOursToTakeIsShownAndNotMadeTwice() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    Project copy = withAnOpenConflict(copyOf(onlyIdThere()));

    settleAfter(Duration.ofSeconds(36));
    system.editingProjects.retry(LOCATION, project.id());
    settleAfter(Duration.ofSeconds(36));

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem())
        .startsWith("Please check: it is not known whether GoHighLevel created this project.")
        .contains(onlyIdThere().value());
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
    assertThat(now(copy).crmId()).contains(onlyIdThere());
  }

  private Project withAnOpenConflict(Project copy) {
    Instant at = system.time.instant();
    Project edited = copy.edited(worth(7), MirrorFixture.SOMEBODY, at);
    CrmRecord<GhlOpportunityId> theirs =
        new CrmRecord<>(onlyIdThere(), worth(8), Set.of(), Set.of(), at, Map.of());
    system.projects.save(
        LOCATION,
        edited.merged(theirs, edited.trace(), name -> ConflictRule.ASK, Origin.WEBHOOK, at));
    return now(copy);
  }

  private Project copyOf(GhlOpportunityId id) {
    return copyOf(id, system.time.instant());
  }

  private Project copyOf(GhlOpportunityId id, Instant at) {
    Project copy = Project.foundInCrm(system.projects.nextId(), LOCATION, id, at);
    system.projects.save(
        LOCATION,
        copy.merged(system.lists.event(id), copy.trace(), ConflictPolicy.OURS, Origin.WEBHOOK, at));
    return system.projects.findByCrmId(LOCATION, id).orElseThrow();
  }

  /** What came about a copy of ours was told with the CRM's id only, which is ours from then on. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dealAboutTheCopyOfAContactIsAboutTheContactThatItIsFoldedInto(boolean answerIsLost) {
    system.settle();
    GhlOpportunityId deal = new GhlOpportunityId("deal-of-the-copy");
    Runnable events =
        () ->
            system.projects.save(
                LOCATION,
                Project.foundInCrm(system.projects.nextId(), LOCATION, deal, system.time.instant())
                    .about(copyOfTheContactCalled("Bea").id()));
    system.crm.nextCreate(answerIsLost ? new Fault.LoseAnswer() : new Fault.Meanwhile(events));
    Contact bea =
        stored(
            system.editing.create(LOCATION, named("Bea", "b@example.com"), MirrorFixture.SOMEBODY));
    system.settle();
    if (answerIsLost) {
      events.run();
      settleAfter(Duration.ofSeconds(36));
    }

    assertThat(system.contacts.find(LOCATION, bea.id()).flatMap(Contact::crmId)).isPresent();
    assertThat(system.projects.findByCrmId(LOCATION, deal).orElseThrow().contact())
        .isEqualTo(new ContactReference.Resolved(bea.id()));
  }

  private Contact copyOfTheContactCalled(String firstName) {
    Instant now = system.time.instant();
    GhlContactId id =
        system.crm.contactsOf(LOCATION).entrySet().stream()
            .filter(held -> held.getValue().text(name(ContactField.FIRST_NAME)).equals(firstName))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    Contact copy = Contact.foundInCrm(system.contacts.nextId(), LOCATION, id, now);
    system.contacts.save(
        LOCATION,
        copy.merged(
            system.crm.event(LOCATION, id),
            copy.trace(),
            ConflictPolicy.OURS,
            Origin.WEBHOOK,
            now));
    return system.contacts.findByCrmId(LOCATION, id).orElseThrow();
  }

  /** What a person wrote into the copy was meant for ours. */
  @Test
  void copyThatWasEditedHereIsFoldedWithWhatWasEdited() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    edits(copyOf(onlyIdThere()), worth(7));

    settleAfter(Duration.ofSeconds(36));

    isTheOnlyOneWorth7(project);
  }

  /** Under another name it would not be found, and be made a second time. */
  @Test
  void copyThatIsRenamedIsNotToldBeforeItIsKnownWhoseItIs() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    Project copy = copyOf(onlyIdThere());
    edits(copy, called("Bath").with(worth(7)));
    system.settle();
    settleAfter(Duration.ofSeconds(6));
    assertThat(system.crm.calls("updateOpportunity")).isEmpty();
    assertThat(now(copy).sync().problem()).startsWith("It is told when it is known whether");

    settleAfter(Duration.ofSeconds(36));

    isTheOnlyOneWorth7(project);
    assertThat(onlyThere().text(FieldName.of("title"))).isEqualTo("Bath");
  }

  private void isTheOnlyOneWorth7(Project project) {
    isSynced(project);
    assertThat(now(project).crmId()).contains(onlyIdThere());
    assertThat(now(project).fields().get(ProjectField.MONETARY_VALUE.fieldName()))
        .isEqualTo(new FieldValue.Amount(BigDecimal.valueOf(7)));
    assertThat(onlyThere().get(ProjectField.MONETARY_VALUE.fieldName()))
        .isEqualTo(new FieldValue.Amount(BigDecimal.valueOf(7)));
    assertThat(system.projects.list(LOCATION, ProjectQuery.all(10, "")).items())
        .extracting(Project::id)
        .containsExactly(project.id());
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
  }

  /** The answer tells what was made; what both sides agree on since then, only a look-up does. */
  @Test
  void copyThatWasEditedBeforeTheAnswerIsFoldedAfterALookUp() {
    system.settle();
    system.crm.nextCreate(new Fault.Meanwhile(() -> edits(copyOf(onlyIdThere()), worth(7))));

    Project project = made(called("Boiler"));
    system.settle();
    settleAfter(Duration.ofSeconds(36));

    isTheOnlyOneWorth7(project);
  }

  /** Nobody knows what that call did before it is over. */
  @Test
  void copyOfWhichACallIsOpenIsLookedAtAgain() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    Project copy = copyOf(onlyIdThere());
    edits(copy, worth(7));
    Instant until = system.time.instant().plus(Duration.ofSeconds(50));
    system.projects.save(LOCATION, now(copy).pushStarted(callOfAnother(now(copy), until)));

    settleAfter(Duration.ofSeconds(36));
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(now(copy).crmId()).contains(onlyIdThere());

    settleAfter(Duration.ofSeconds(36));
    settleAfter(Duration.ofSeconds(36));
    isTheOnlyOneWorth7(project);
  }

  private Push.InFlight callOfAnother(Project copy, Instant until) {
    return new Push.InFlight(
        Push.Kind.UPDATE,
        copy.sync().revision(),
        worth(7),
        system.time.instant(),
        until,
        "another");
  }

  /** Of a value that was changed in both, the later one is what a person wants. */
  @Test
  void laterOfTwoEditsCountsWhenTheCopyIsFolded() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    edits(project, worth(5).with(FieldName.of("title"), FieldValue.text("Boiler")));
    system.time.advance(Duration.ofSeconds(1));
    edits(copyOf(onlyIdThere()), worth(6));
    system.time.advance(Duration.ofSeconds(1));
    edits(project, worth(7));

    settleAfter(Duration.ofSeconds(36));

    isTheOnlyOneWorth7(project);
  }

  /** Nobody chose a stage here, so GoHighLevel did; its event told the copy, and will not again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatGoHighLevelChoseStaysWhenTheCopyIsFolded(boolean answerIsLost) {
    system.settle();
    Runnable event =
        () -> {
          system.lists.editsOpportunity(
              onlyIdThere(), set(ProjectField.PIPELINE_STAGE_ID, "s1").with(worth(3)));
          copyOf(onlyIdThere());
        };
    system.crm.nextCreate(answerIsLost ? new Fault.LoseAnswer() : new Fault.Meanwhile(event));
    Project project = made(called("Boiler"));
    system.settle();
    if (answerIsLost) {
      event.run();
      settleAfter(Duration.ofSeconds(36));
    }

    isSynced(project);
    assertThat(now(project).crmId()).contains(onlyIdThere());
    assertThat(now(project).fields().text(ProjectField.PIPELINE_STAGE_ID.fieldName()))
        .isEqualTo("s1");
    assertThat(now(project).fields().get(ProjectField.MONETARY_VALUE.fieldName()))
        .isEqualTo(new FieldValue.Amount(BigDecimal.valueOf(3)));
  }

  /** The instance that stored the copy has a clock that is three minutes behind. */
  @Test
  void copyByASlowClockIsNotTakenForAnOlderDeal() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    copyOf(onlyIdThere(), system.time.instant().minus(Duration.ofMinutes(3)));

    settleAfter(Duration.ofSeconds(36));

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem()).contains(onlyIdThere().value());
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
  }

  @Test
  void deletionOfWhatAnEditedCopyHasKeepsTheCopy() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    Project copy = copyOf(onlyIdThere());
    edits(copy, worth(7));

    system.editingProjects.delete(LOCATION, project.id(), OptionalLong.empty());
    settleAfter(Duration.ofSeconds(36));

    isSynced(project);
    assertThat(now(copy).crmId()).contains(onlyIdThere());
  }

  @Test
  void severalThatCouldBeOursAreShownToAPerson() {
    system.settle();
    GhlContactId contact =
        system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId).orElseThrow();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    GhlOpportunityId twin =
        system.lists.hasOpportunity(
            called("Boiler").with(set(ProjectField.GHL_CONTACT_ID, contact.value())));

    settleAfter(Duration.ofSeconds(36));

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem())
        .startsWith("Please check: several projects in GoHighLevel could be this one: ")
        .contains(twin.value());
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
  }

  @Test
  void copyThatAnEventStoredBeforeTheCreateIsSettledIsFoldedIntoOurs() {
    system.settle();
    system.crm.nextCreate(
        new Fault.Meanwhile(
            () ->
                system.projects.save(
                    LOCATION,
                    Project.foundInCrm(
                        system.projects.nextId(),
                        LOCATION,
                        onlyIdThere(),
                        system.time.instant()))));

    Project project = made(called("Boiler"));
    system.settle();

    isSynced(project);
    assertThat(system.projects.list(LOCATION, ProjectQuery.all(10, "")).items())
        .extracting(Project::id)
        .containsExactly(project.id());
  }

  /** Nobody can say which of the two the photo belongs to now, and it is not thrown away. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void copyThatWasGivenAPhotoIsShownToAPersonAndKept(boolean answerIsLost) {
    system.settle();
    InMemoryProjectParts parts = new InMemoryProjectParts(system.projects);
    PartEntry photo =
        PartEntry.made(
            parts.nextId(LOCATION),
            FieldChanges.of(FieldName.of("url"), FieldValue.text("https://example.com/1.jpg")),
            "ann",
            system.time.instant());
    Runnable event =
        () -> parts.add(LOCATION, copyOf(onlyIdThere()).id(), ProjectPart.PHOTOS, photo);
    system.crm.nextCreate(answerIsLost ? new Fault.LoseAnswer() : new Fault.Meanwhile(event));
    Project project = made(called("Boiler"));
    system.settle();
    if (answerIsLost) {
      event.run();
      settleAfter(Duration.ofSeconds(36));
    }

    system.editingProjects.retry(LOCATION, project.id());
    settleAfter(Duration.ofSeconds(36));

    Project copy = system.projects.findByCrmId(LOCATION, onlyIdThere()).orElseThrow();
    assertThat(parts.list(LOCATION, copy.id(), ProjectPart.PHOTOS))
        .contains(new PartEntries(List.of(photo), 0));
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem())
        .startsWith("Please check: ")
        .contains(onlyIdThere().value());
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);

    system.editingProjects.delete(LOCATION, project.id(), OptionalLong.empty());
    settleAfter(Duration.ofSeconds(36));

    assertThat(system.projects.find(LOCATION, copy.id())).contains(copy);
  }

  /** A webhook changes the copy at the moment in which it is to be folded. */
  @Test
  void copyThatChangesMeanwhileIsFoldedAtItsNewVersion() {
    system.settle();
    system.crm.nextCreate(new Fault.LoseAnswer());
    Project project = made(called("Boiler"));
    system.settle();
    Project copy = copyOf(onlyIdThere());
    Project heard = copy.withTrace(copy.trace().heard(system.time.instant()));
    system.projects.beforeRemovingACopy(() -> system.projects.save(LOCATION, heard));

    settleAfter(Duration.ofSeconds(36));

    isSynced(project);
    assertThat(system.projects.find(LOCATION, copy.id())).isEmpty();
  }

  // ---- a second one of a contact in a pipeline

  private GhlOpportunityId hasOneOfAnn(String title) {
    GhlContactId contact =
        system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId).orElseThrow();
    return system.lists.hasOpportunity(
        called(title).with(set(ProjectField.GHL_CONTACT_ID, contact.value())));
  }

  private Project refusedBeside(GhlOpportunityId first) {
    system.crm.nextCreate(
        new Fault.Refuse(new CrmFailure.AlreadyExists(first.value(), "It is a duplicate.")));
    Project project = made(called("Boiler"));
    system.settle();
    return project;
  }

  @ParameterizedTest
  @CsvSource({"Bath, 0", "Boiler, 11"})
  void dealThatIsAnotherIsNamedAndLeftAlone(String title, int minutesBefore) {
    system.settle();
    GhlOpportunityId first = hasOneOfAnn(title);
    Fields before = onlyThere();
    system.time.advance(Duration.ofMinutes(minutesBefore));

    Project project = refusedBeside(first);

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem())
        .isEqualTo(
            "GoHighLevel has another project (%s) and takes none beside it. ".formatted(first)
                + "Change that one, or choose another pipeline.");
    assertThat(now(project).crmId()).isEmpty();
    assertThat(onlyThere()).isEqualTo(before);
  }

  /** The answer was lost, and the search did not show it in time. */
  @Test
  void dealThatWasMadeByAnEarlierAttemptIsOurs() {
    system.settle();
    GhlOpportunityId first = hasOneOfAnn("Boiler");
    system.time.advance(Duration.ofMinutes(1));

    Project project = refusedBeside(first);

    isSynced(project);
    assertThat(now(project).crmId()).contains(first);
  }

  @Test
  void dealThatCannotBeReadNowIsAskedForAgain() {
    system.settle();
    GhlOpportunityId first = hasOneOfAnn("Boiler");
    system.crm.breaks("opportunity", new CrmFailure.Unavailable("no answer"));

    Project project = refusedBeside(first);

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(now(project).sync().problem()).isEqualTo("no answer");
    assertThat(now(project).crmId()).isEmpty();
  }

  // ---- changed

  @ParameterizedTest
  @EnumSource(
      value = ProjectField.class,
      mode = Mode.INCLUDE,
      names = {"TITLE", "MONETARY_VALUE", "ASSIGNED_TO", "STATUS", "QUOTE_NUMBER"})
  void trap61And62ChangeOfOneFieldSendsExactlyThatField(ProjectField field) {
    Project project = made(called("Boiler").with(worth(1200)));
    system.settle();
    FieldValue value =
        switch (field) {
          case MONETARY_VALUE -> new FieldValue.Amount(BigDecimal.ONE);
          case STATUS -> FieldValue.text("won");
          case ASSIGNED_TO -> FieldValue.text("user1");
          default -> FieldValue.text("something else");
        };

    edits(project, FieldChanges.of(field.fieldName(), value));
    system.settle();

    List<Call> calls =
        Stream.of("updateOpportunity", "setStatus")
            .flatMap(name -> system.crm.calls(name).stream())
            .toList();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().values().values()).hasSize(1).containsValue(value);
    assertThat(onlyThere().get(ProjectField.MONETARY_VALUE.fieldName()))
        .isEqualTo(
            field == ProjectField.MONETARY_VALUE
                ? value
                : new FieldValue.Amount(BigDecimal.valueOf(1200)));
    isSynced(project);
  }

  @Test
  void trap63ZeroAndNothingAreTold() {
    Project project =
        made(called("Boiler").with(worth(1200)).with(set(ProjectField.ASSIGNED_TO, "user1")));
    system.settle();

    edits(project, worth(0));
    edits(project, FieldChanges.of(ProjectField.ASSIGNED_TO.fieldName(), FieldValue.cleared()));
    system.settle();

    assertThat(onlyThere().get(ProjectField.MONETARY_VALUE.fieldName()))
        .isEqualTo(new FieldValue.Amount(BigDecimal.ZERO));
    assertThat(onlyThere().get(ProjectField.ASSIGNED_TO.fieldName()))
        .isEqualTo(FieldValue.cleared());
  }

  /** The reason of a loss is taken with the status only, and by no create. */
  @Test
  void reasonOfALossFollowsTheCreate() {
    Project project =
        made(
            called("Boiler")
                .with(set(ProjectField.STATUS, "lost"))
                .with(set(ProjectField.LOST_REASON_ID, "reason1")));

    system.settle();

    isSynced(project);
    assertThat(system.crm.calls("createOpportunity").getFirst().values().values())
        .doesNotContainKey(ProjectField.LOST_REASON_ID.fieldName());
    assertThat(system.crm.calls("setStatus").getFirst().values())
        .isEqualTo(
            set(ProjectField.STATUS, "lost").with(set(ProjectField.LOST_REASON_ID, "reason1")));
  }

  @Test
  void fieldWithoutACustomFieldThereIsShownAndKeepsNothingElseBack() {
    TestSystem bare = new TestSystem();
    bare.crm.breaks("createField", new CrmFailure.Forbidden("no"));
    bare.install();
    bare.settle();
    Contact contact =
        stored(
            bare.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
    Project project =
        stored(
            bare.editingProjects.create(
                LOCATION,
                new ContactReference.Resolved(contact.id()),
                called("Boiler").with(set(ProjectField.QUOTE_NUMBER, "Q-17")),
                MirrorFixture.SOMEBODY));

    bare.settle();

    assertThat(bare.lists.opportunitiesHeld()).hasSize(1);
    assertThat(bare.projects.find(LOCATION, project.id()).orElseThrow().sync().problem())
        .contains("no custom field for [quoteNumber]");
  }

  @Test
  void deletedProjectIsHiddenAtOnceAndDeletedThere() {
    Project project = made(called("Boiler"));
    system.settle();

    stored(system.editingProjects.delete(LOCATION, project.id(), OptionalLong.empty()));

    assertThat(system.projects.list(LOCATION, ProjectQuery.all(10, "")).items()).isEmpty();
    system.settle();
    assertThat(system.lists.opportunitiesHeld()).isEmpty();
  }

  /** It is gone here and not there: it is counted, and whoever deleted it can try again. */
  @Test
  void deletionThatGoHighLevelRefusesIsCountedAndTriedAgain() {
    Project project = made(called("Boiler"));
    system.settle();
    system.crm.breaks("deleteOpportunity", new CrmFailure.Forbidden("no scope"));
    stored(system.editingProjects.delete(LOCATION, project.id(), OptionalLong.empty()));
    system.settle();
    assertThat(system.projects.counts(LOCATION).failed()).isEqualTo(1);

    system.crm.worksAgain("deleteOpportunity");
    stored(system.editingProjects.retry(LOCATION, project.id()));
    system.settle();

    assertThat(system.lists.opportunitiesHeld()).isEmpty();
    assertThat(system.projects.counts(LOCATION).failed()).isZero();
    assertThat(system.editingProjects.retry(LOCATION, project.id()))
        .isEqualTo(new EditOutcome.NotFound<Project>());
  }

  // ---- failures

  @Test
  void trap80PassingFailureIsRepeatedAndARefusalIsShown() {
    Project project = made(called("Boiler"));
    system.settle();
    system.crm.nextCall(new Fault.Refuse(new CrmFailure.OutcomeUnknown("502")));
    edits(project, worth(5));
    system.settle();
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.PENDING);
    settleAfter(Duration.ofSeconds(3));
    isSynced(project);

    system.crm.nextCall(
        new Fault.Refuse(new CrmFailure.Rejected(List.of("pipelineId"), "It is invalid.")));
    edits(project, worth(6));
    system.settle();

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem()).isEqualTo("It is invalid.");
  }

  /** It is not made anew by itself, and no deletion is hidden. */
  @Test
  void trap84ProjectThatTheCrmHasNotIsOrphanedAfterASecondLook() {
    Project project = made(called("Boiler"));
    system.settle();
    GhlOpportunityId gone = onlyIdThere();
    system.lists.deletesOpportunity(gone);

    edits(project, worth(5));
    system.settle();
    settleAfter(Duration.ofHours(2));

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem()).startsWith("GoHighLevel no longer has this project.");
    assertThat(now(project).formerIds()).containsExactly(gone);
    assertThat(system.crm.calls("opportunity")).hasSize(1);
    assertThat(system.crm.calls("createOpportunity")).hasSize(1);
  }

  /** The deal is there; it is the stage that is not. */
  @Test
  void updateThatNamesWhatTheCrmDoesNotHaveIsShownAfterThreeLooks() {
    Project project = made(called("Boiler"));
    system.settle();
    system.crm.breaks("updateOpportunity", new CrmFailure.NotFound("The stage is not found."));
    edits(project, set(ProjectField.PIPELINE_STAGE_ID, "s1"));
    system.settle();
    settleAfter(Duration.ofMinutes(2));
    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.PENDING);

    settleAfter(Duration.ofMinutes(2));
    settleAfter(Duration.ofHours(1));

    assertThat(now(project).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(project).sync().problem()).isEqualTo("The stage is not found.");
    assertThat(now(project).crmId()).contains(onlyIdThere());
    assertThat(system.crm.calls("updateOpportunity")).hasSize(3);
    assertThat(system.crm.calls("opportunity")).hasSize(3);
  }

  /** What no create takes is told by the calls after it, and a reason is not lost with a deal. */
  @Test
  void projectThatIsCreatedAnewIsTheSameAgain() {
    Project project =
        made(
            called("Boiler")
                .with(set(ProjectField.STATUS, "lost"))
                .with(set(ProjectField.LOST_REASON_ID, "reason1"))
                .with(set(ProjectField.QUOTE_NUMBER, "Q-17")));
    system.settle();
    Fields before = onlyThere();
    system.lists.deletesOpportunity(onlyIdThere());
    edits(project, worth(5));
    system.settle();

    system.editingProjects.retry(LOCATION, project.id());
    system.settle();

    isSynced(project);
    assertThat(system.crm.calls("createOpportunity")).hasSize(2);
    assertThat(onlyThere()).isEqualTo(before.apply(worth(5)));
  }

  /** Health counts by state: what waits or failed does not look healthy (traps 82, 85). */
  @Test
  void trap82And85FailedUpdatesAndWaitingCreatesAreCounted() {
    Project failing = made(called("Boiler"));
    system.settle();
    system.crm.nextCall(new Fault.Refuse(new CrmFailure.Rejected(List.of(), "no")));
    edits(failing, worth(5));
    system.settle();
    made(called("Bath"));

    assertThat(system.projects.counts(LOCATION).failed()).isEqualTo(1);
    assertThat(system.projects.counts(LOCATION).pending()).isEqualTo(1);
    assertThat(system.projects.counts(LOCATION).synced()).isZero();
  }

  // ---- refused at the edge

  @Test
  void trap64RecordsOfAnotherLocationAreNotThere() {
    LocationId other = new LocationId("other");
    Project project = made(called("Boiler"));

    assertThat(
            system.editingProjects.create(
                other,
                new ContactReference.Resolved(ann.id()),
                called("Boiler"),
                MirrorFixture.SOMEBODY))
        .isEqualTo(
            new EditOutcome.Refused<Project>(
                List.of(new FieldProblem("contactId", "The location has no such contact."))));
    assertThat(
            system.editingProjects.edit(
                other,
                project.id(),
                ContactReference.none(),
                worth(1),
                OptionalLong.empty(),
                MirrorFixture.SOMEBODY))
        .isEqualTo(new EditOutcome.NotFound<Project>());
    assertThat(system.editingProjects.delete(other, project.id(), OptionalLong.empty()))
        .isEqualTo(new EditOutcome.NotFound<Project>());
    system.pushes.projects().push(other, project.id());
    assertThat(system.crm.calls("createOpportunity")).isEmpty();
  }

  @Test
  void whatTheDirectoryDoesNotHaveIsRefusedWithWhatItHas() {
    assertThat(problems(called("Boiler").with(set(ProjectField.PIPELINE_ID, "pipe9"))))
        .containsExactly(
            new FieldProblem(
                "pipelineId", "GoHighLevel has no such id here; it is one of pipe1 (Sales)."));
    assertThat(problems(called("Boiler").with(set(ProjectField.PIPELINE_STAGE_ID, "s9"))))
        .containsExactly(
            new FieldProblem(
                "pipelineStageId", "GoHighLevel has no such id here; it is one of s1 (New)."));
    assertThat(problems(called("Boiler").with(set(ProjectField.STATUS, "all"))))
        .containsExactly(new FieldProblem("status", "It is one of open, won, lost, abandoned."));
    assertThat(problems(called("Boiler").with(set(ProjectField.ASSIGNED_TO, "nobody"))))
        .extracting(FieldProblem::field)
        .containsExactly("assignedTo");
    assertThat(problems(called("Boiler").with(set(ProjectField.LOST_REASON_ID, "r1"))))
        .extracting(FieldProblem::field)
        .containsExactly("lostReasonId");
    assertThat(problems(FieldChanges.NONE))
        .extracting(FieldProblem::field)
        .containsExactly("title", "pipelineId");
  }

  private List<FieldProblem> problems(FieldChanges values) {
    return system.editingProjects.create(
                LOCATION, new ContactReference.Resolved(ann.id()), values, MirrorFixture.SOMEBODY)
            instanceof EditOutcome.Refused<Project>(List<FieldProblem> problems)
        ? problems
        : List.of();
  }

  @Test
  void contactOfAProjectThatGoHighLevelHasStays() {
    Project project = made(called("Boiler"));
    system.settle();
    Contact bob =
        stored(
            system.editing.create(LOCATION, named("Bob", "b@example.com"), MirrorFixture.SOMEBODY));

    EditOutcome<Project> outcome =
        system.editingProjects.edit(
            LOCATION,
            new ProjectId(project.id().value()),
            new ContactReference.Resolved(bob.id()),
            FieldChanges.NONE,
            OptionalLong.empty(),
            MirrorFixture.SOMEBODY);

    assertThat(outcome).isInstanceOf(EditOutcome.Refused.class);
    assertThat(now(project).contact().contactId()).contains(ann.id());
  }
}
