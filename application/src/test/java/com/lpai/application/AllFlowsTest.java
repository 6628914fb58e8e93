package com.lpai.application;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.name;
import static com.lpai.application.testing.TestSystem.named;
import static com.lpai.application.testing.TestSystem.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.mirror.Heard;
import com.lpai.application.setup.RunSetupUseCase;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Link;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The use cases of every flow on in-memory adapters, in a single JVM. */
class AllFlowsTest {

  private static Contact stored(EditOutcome<Contact> outcome) {
    assertThat(outcome).isInstanceOf(EditOutcome.Stored.class);
    return ((EditOutcome.Stored<Contact>) outcome).record();
  }

  @Nested
  class Installing {
    @Test
    void installedLocationIsMirroredCompletely() {
      TestSystem system = new TestSystem();
      for (int i = 0; i < 25; i++) {
        system.crm.has(LOCATION, named("Ann" + i, "ann" + i + "@example.com"));
      }

      assertThat(system.install()).isEqualTo(new InstallAppUseCase.Outcome.Installed(LOCATION));
      system.settle();

      assertThat(system.listed()).hasSize(25);
      assertThat(system.listed()).allMatch(c -> c.sync().phase() == SyncPhase.SYNCED);
      assertThat(system.users.list(LOCATION)).hasSize(1);
      assertThat(system.setup.progress(LOCATION).orElseThrow().isOver()).isTrue();
      assertThat(system.locations.find(LOCATION).orElseThrow().details().name()).isEqualTo("Demo");
      assertThat(system.crm.calls("page"))
          .as("all pages, what changed meanwhile, the count")
          .hasSize(7);
    }

    @Test
    void usedCodeIsRefusedAndLeavesTheConnectionAlone() {
      TestSystem system = TestSystem.installed();

      assertThat(system.install()).isInstanceOf(InstallAppUseCase.Outcome.CodeRefused.class);

      assertThat(system.connections.find(LOCATION).orElseThrow().state())
          .isInstanceOf(ConnectionState.Active.class);
    }

    @Test
    void stateOfAnotherBrowserIsRefusedBeforeTheCodeIsUsed() {
      TestSystem system = new TestSystem();
      String state = system.installing.begin().state();

      assertThat(system.installing.complete(new Secret("loc1"), state, "another"))
          .isInstanceOf(InstallAppUseCase.Outcome.StateInvalid.class);
      assertThat(system.installing.complete(new Secret("loc1"), state, state))
          .isInstanceOf(InstallAppUseCase.Outcome.Installed.class);
      assertThat(system.installing.complete(new Secret("loc2"), state, state))
          .isInstanceOf(InstallAppUseCase.Outcome.StateInvalid.class);
    }

    @Test
    void installEventBeforeTheCallbackWaitsAndConverges() {
      TestSystem system = new TestSystem();
      system.receive("w1|INSTALL|app|1");
      system.settle();
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.WAITING, 1L);

      system.install();
      system.time.advance(Duration.ofSeconds(3));
      system.settle();

      assertThat(system.setup.progress(LOCATION).orElseThrow().run()).isEqualTo(1);
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.DONE, 1L);
    }

    @Test
    void locationWhoseSetupRequestWasLostInACrashIsSetUpAllTheSame() {
      TestSystem system = TestSystem.installed();
      Location location = system.locations.find(LOCATION).orElseThrow();
      system.locations.save(LOCATION, location.withSetup(Setup.NEVER));

      system.time.advance(Duration.ofMinutes(1));
      system.settle();

      assertThat(system.setup.progress(LOCATION).orElseThrow().isOver()).isTrue();
    }

    @Test
    void uninstallDeletesTokensAndLaterEventsAreParked() {
      TestSystem system = TestSystem.installed();
      GhlContactId id = system.crm.has(LOCATION, named("Ann", "ann@example.com"));

      system.crm.revokes(LOCATION);
      system.receive("w1|UNINSTALL|app|1");
      system.settle();
      system.receive(
          system.webhooks.about("w2", "ContactUpdate", system.crm.event(LOCATION, id), 2));
      system.settle();

      assertThat(system.connections.find(LOCATION).orElseThrow().state())
          .isInstanceOf(ConnectionState.Uninstalled.class);
      assertThat(system.listed()).isEmpty();
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.WAITING, 1L);
      system.time.advance(Duration.ofHours(25));
      system.settle();
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.SKIPPED, 1L);
    }
  }

  @Nested
  class SettingUp {
    @Test
    void throttledSetupWaitsAndGoesOnWhereItStopped() {
      TestSystem system = new TestSystem();
      for (int i = 0; i < 25; i++) {
        system.crm.has(LOCATION, named("Ann" + i, "ann" + i + "@example.com"));
      }
      system.install();
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.Throttled(Duration.ofSeconds(10), "429")));

      assertThat(system.setups.run(LOCATION))
          .isEqualTo(new RunSetupUseCase.Pause.Until(system.time.instant().plusSeconds(10)));
      assertThat(system.setups.run(LOCATION)).isEqualTo(new RunSetupUseCase.Pause.Over());

      assertThat(system.listed()).hasSize(25);
      assertThat(system.crm.calls("page")).hasSize(8);
    }

    @Test
    void failingStepIsWrittenDownAndCanBeRetriedAlone() {
      TestSystem system = new TestSystem();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      system.crm.nextCall(
          new Fault.Refuse(
              new CrmFailure.Unauthorized(
                  CrmFailure.Unauthorized.Kind.MISSING_SCOPE, "contacts.readonly is missing")));
      system.settle();

      StepResult failed = system.setup.progress(LOCATION).orElseThrow().result(SetupStep.CONTACTS);
      assertThat(failed.state()).isEqualTo(StepResult.State.FAILED);
      assertThat(failed.note()).contains("contacts.readonly");

      assertThat(system.setup.retry(LOCATION, SetupStep.CONTACTS))
          .isInstanceOf(SetupUseCase.Requested.Started.class);
      system.settle();
      assertThat(system.listed()).hasSize(1);
    }

    @Test
    void faultOfOursInAStepIsTriedLessAndLessOftenAndThenWrittenDown() {
      TestSystem system = new TestSystem();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      for (int i = 0; i < 9; i++) {
        system.crm.nextCall(
            new Fault.Meanwhile(
                () -> {
                  throw new IllegalArgumentException("a contact id must not hold blanks");
                }));
      }

      for (int i = 0; i < 9; i++) {
        assertThatThrownBy(() -> system.setups.run(LOCATION))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(system.setups.run(LOCATION)).isEqualTo(new RunSetupUseCase.Pause.Over());
        system.time.advance(Duration.ofSeconds(1L << i));
      }

      StepResult failed = system.setup.progress(LOCATION).orElseThrow().result(SetupStep.CONTACTS);
      assertThat(failed.state()).isEqualTo(StepResult.State.FAILED);
      assertThat(failed.note()).contains("IllegalArgumentException");
      assertThat(system.setups.run(LOCATION)).isEqualTo(new RunSetupUseCase.Pause.Over());
    }

    @Test
    void runningItAgainChangesNothing() {
      TestSystem system = new TestSystem();
      system.crm.has(LOCATION, named("Ann", "Ann@Example.com"));
      system.install();
      system.settle();
      Contact before = system.only();

      system.time.advance(Duration.ofHours(1));
      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.only()).isEqualTo(before);
    }

    @Test
    void setupKeepsALocalEditThatIsNotPushedYet() {
      TestSystem system = new TestSystem();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      system.settle();
      Contact contact = system.only();
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.CITY, "Berlin"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);

      system.setup.request(LOCATION, true);
      system.setups.run(LOCATION);

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Berlin");
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.PENDING);
    }

    @Test
    void pageReadBeforeAPushWasAcceptedDoesNotTakeThePushedValueBack() {
      TestSystem system = new TestSystem();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      system.settle();
      Contact contact = system.only();
      system.setup.request(LOCATION, true);
      // The page is read; before we hear of it, an edit is made here and accepted there.
      system.crm.nextCall(
          new Fault.Meanwhile(
              () -> {
                system.time.advance(Duration.ofSeconds(1));
                system.editing.edit(
                    LOCATION,
                    contact.id(),
                    set(ContactField.CITY, "Rome"),
                    OptionalLong.empty(),
                    MirrorFixture.SOMEBODY);
                system.pushing.push(LOCATION, contact.id());
              }));

      system.setups.run(LOCATION);

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
      assertThat(system.crm.calls("find")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 3600", "false, 10"})
    void pageOfASearchThatLagsDoesNotTakeBackWhatAReadTold(boolean tellsTimes, int seconds) {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      if (!tellsTimes) {
        system.crm.tellsNoChangeTimes();
      }
      system.time.advance(Duration.ofHours(1));
      system.crm.searchLags(LOCATION);
      system.crm.edits(LOCATION, id, name(ContactField.CITY), FieldValue.text("Rome"));
      receiveUpdate(system, "w1", id, 1);
      system.drainWebhooks();
      assertThat(system.crm.calls("find")).hasSize(1);
      system.time.advance(Duration.ofSeconds(seconds));

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
      assertThat(system.crm.calls("find")).as("once for each page at most").hasSizeBetween(2, 3);
    }

    @Test
    void pageOfASearchThatLagsDoesNotTakeBackWhatAnEventTold() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.crm.tellsNoChangeTimes();
      system.time.advance(Duration.ofHours(1));
      system.crm.searchLags(LOCATION);
      system.crm.edits(LOCATION, id, name(ContactField.CITY), FieldValue.text("Rome"));
      receiveUpdate(system, "w1", id, 3600);
      system.drainWebhooks();
      assertThat(system.crm.calls("find")).isEmpty();

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
    }

    @Test
    void pageOfASearchThatLagsDoesNotTakeBackWhatWasPushed() {
      TestSystem system = withOneContact();
      system.crm.searchLags(LOCATION);
      system.time.advance(Duration.ofHours(1));
      system.editing.edit(
          LOCATION,
          system.only().id(),
          set(ContactField.CITY, "Rome"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();
      system.time.advance(Duration.ofSeconds(10));

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
    }

    @Test
    void pageThatTellsNewsCostsNoCallForEachOfThem() {
      TestSystem system = new TestSystem();
      for (int i = 0; i < 10; i++) {
        system.crm.has(LOCATION, named("Ann" + i, "ann" + i + "@example.com"));
      }
      system.install();
      system.settle();
      system.time.advance(Duration.ofMinutes(2));
      system
          .crm
          .contactsOf(LOCATION)
          .keySet()
          .forEach(
              id ->
                  system.crm.edits(LOCATION, id, name(ContactField.CITY), FieldValue.text("Rome")));

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.listed())
          .hasSize(10)
          .allMatch(contact -> contact.fields().text(name(ContactField.CITY)).equals("Rome"));
      assertThat(system.crm.calls("find")).isEmpty();
    }

    @Test
    void pageOfASearchThatLagsBringsNoDeletedContactBackButAReadDoes() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.crm.searchLags(LOCATION);
      system.crm.removes(LOCATION, id);
      system.receive("w1|ContactDelete|" + id + "|10");
      system.settle();
      system.time.advance(Duration.ofHours(1));

      system.setup.request(LOCATION, true);
      system.settle();
      assertThat(system.listed()).isEmpty();
      assertThat(system.crm.calls("find")).isNotEmpty();

      system.crm.hasAgain(LOCATION, id, named("Ann", "ann@example.com"));
      system.setup.request(LOCATION, true);
      system.settle();
      assertThat(system.only().crmId()).contains(id);
    }

    /** In the guide what a page leaves out became an empty text (trap 54). */
    @Test
    void contactThatAPageTellsWithoutItsNameIsReadOnItsOwn() {
      TestSystem system = new TestSystem();
      system.crm.tellsNoNamesInPages();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      system.settle();

      assertThat(system.only().fullName()).isEqualTo("Ann");
      system.setup.request(LOCATION, true);
      system.settle();
      assertThat(system.crm.calls("find")).as("the names agree").hasSize(1);
    }

    @Test
    void renamedContactIsReadOnItsOwnWhereNamesAreToldInLowerCase() {
      TestSystem system = new TestSystem();
      system.crm.tellsNoNamesInPages();
      GhlContactId ann = system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.crm.has(LOCATION, named("Bob", "bob@example.com"));
      system.install();
      system.settle();
      int reads = system.crm.calls("find").size();
      system.crm.edits(
          LOCATION, ann, ContactField.FIRST_NAME.fieldName(), FieldValue.text("McKenna"));

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.listed()).extracting(Contact::fullName).contains("McKenna", "Bob");
      assertThat(system.crm.calls("find")).hasSize(reads + 1);
    }

    /** As long as ours is not there yet, the CRM tells the name that both sides agreed on. */
    @Test
    void nameThatWaitsToBeToldIsNoReasonToReadOneContact() {
      TestSystem system = new TestSystem();
      system.crm.tellsNoNamesInPages();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      system.settle();
      int reads = system.crm.calls("find").size();
      Contact ann = system.only();
      system.editing.edit(
          LOCATION,
          ann.id(),
          set(ContactField.FIRST_NAME, "Beth"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);

      system.setup.request(LOCATION, true);
      system.setups.run(LOCATION);

      assertThat(system.only().fullName()).isEqualTo("Beth");
      assertThat(system.crm.calls("find")).hasSize(reads);
    }

    @Test
    void contactIsReadAgainWhilePushesAreAcceptedMeanwhileButNotWithoutEnd() {
      TestSystem system = new TestSystem();
      system.crm.tellsNoNamesInPages();
      system.crm.has(LOCATION, named("Ann", "ann@example.com"));
      system.install();
      acceptsPushes(system, 3);

      system.settle();

      assertThat(system.only().fullName()).isEqualTo("Ann");
      assertThat(system.crm.calls("find")).as("three, and one for what changed").hasSize(4);
    }

    /** One during each of the next so many reads of a contact. */
    private static void acceptsPushes(TestSystem system, int left) {
      if (left == 0) {
        return;
      }
      system.crm.during(
          "find",
          () -> {
            acceptsPushes(system, left - 1);
            system.time.advance(Duration.ofSeconds(1));
            ContactId id = system.only().id();
            system.editing.edit(
                LOCATION,
                id,
                set(ContactField.CITY, "City " + left),
                OptionalLong.empty(),
                MirrorFixture.SOMEBODY);
            system.pushing.push(LOCATION, id);
          });
    }

    @Test
    void longPieceKeepsItsHoldOnTheSetup() {
      TestSystem system = new TestSystem();
      system.crm.tellsNoNamesInPages();
      for (int i = 0; i < 10; i++) {
        system.crm.has(LOCATION, named("Ann" + i, "ann" + i + "@example.com"));
      }
      system.install();
      List<RunSetupUseCase.Pause> others = new ArrayList<>();
      // Eleven calls of twenty seconds each: more than twice the lease.
      for (int i = 0; i < 11; i++) {
        system.crm.nextCall(
            new Fault.Meanwhile(
                () -> {
                  system.time.advance(Duration.ofSeconds(20));
                  others.add(system.setups.run(LOCATION));
                }));
      }

      system.setups.run(LOCATION);

      assertThat(others).hasSize(11).containsOnly(new RunSetupUseCase.Pause.HeldElsewhere());
      assertThat(system.listed()).hasSize(10).allMatch(contact -> !contact.fullName().isEmpty());
    }

    /** In the guide they were taken for one person (trap 51). */
    @Test
    void twoContactsWithoutAnEmailStayTwo() {
      TestSystem system = new TestSystem();
      system.crm.has(LOCATION, set(ContactField.FIRST_NAME, "Ann"));
      system.crm.has(LOCATION, set(ContactField.FIRST_NAME, "Bob"));
      system.install();
      system.settle();

      assertThat(system.listed()).hasSize(2);
    }
  }

  @Nested
  class Pushing {
    @Test
    void newContactReachesTheCrmOnce() {
      TestSystem system = TestSystem.installed();
      system.editing.create(LOCATION, named("Ann", "ann@example.com"), MirrorFixture.SOMEBODY);

      system.settle();
      system.settle();

      assertThat(system.crm.contactsOf(LOCATION)).hasSize(1);
      assertThat(system.crm.calls("create")).hasSize(1);
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(system.only().crmId()).isPresent();
    }

    @Test
    void singleFieldEditSendsExactlyThatField() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();

      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.CITY, "Berlin"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      assertThat(system.crm.calls("update"))
          .extracting(call -> call.values().values().keySet().toString())
          .containsExactly("[city]");
    }

    @Test
    void lastFieldThatIdentifiesAContactCannotBeCleared() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, set(ContactField.EMAIL, "a@example.com"), MirrorFixture.SOMEBODY));

      EditOutcome<Contact> outcome =
          system.editing.edit(
              LOCATION,
              contact.id(),
              set(ContactField.EMAIL, " "),
              OptionalLong.empty(),
              MirrorFixture.SOMEBODY);

      assertThat(outcome).isInstanceOf(EditOutcome.Refused.class);
      assertThat(system.only().email()).isEqualTo("a@example.com");
    }

    @Test
    void clearedFieldIsSentAsCleared() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();

      system.editing.edit(
          LOCATION,
          contact.id(),
          FieldChanges.of(name(ContactField.FIRST_NAME), FieldValue.cleared()),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      assertThat(system.crm.contactsOf(LOCATION).values())
          .allMatch(fields -> fields.get(name(ContactField.FIRST_NAME)).isCleared());
    }

    /** Tags in an update would replace all that are there (trap 76). */
    @Test
    void tagsAreAddedAndRemovedOneByOne() {
      TestSystem system = TestSystem.installed();
      FieldName vip = FieldName.element(ContactField.TAGS, "vip");
      FieldName lead = FieldName.element(ContactField.TAGS, "lead");
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION,
                  named("Ann", "a@example.com").with(lead, new FieldValue.Flag(true)),
                  MirrorFixture.SOMEBODY));
      system.settle();

      system.editing.edit(
          LOCATION,
          contact.id(),
          FieldChanges.of(vip, new FieldValue.Flag(true)).with(lead, FieldValue.cleared()),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      assertThat(system.crm.calls("update")).isEmpty();
      assertThat(system.crm.calls("addTags")).hasSize(1);
      assertThat(system.crm.calls("removeTags")).hasSize(1);
      assertThat(system.only().tags()).containsExactly("vip");
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void editMadeWhileAPushIsOnItsWaySurvivesAndIsPushedNext() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.CITY, "Berlin"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.crm.nextCall(
          new Fault.Meanwhile(
              () ->
                  system.editing.edit(
                      LOCATION,
                      contact.id(),
                      set(ContactField.CITY, "Rome"),
                      OptionalLong.empty(),
                      MirrorFixture.SOMEBODY)));

      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(system.crm.calls("update")).hasSize(2);
      assertThat(system.crm.contactsOf(LOCATION).values())
          .allMatch(fields -> fields.text(name(ContactField.CITY)).equals("Rome"));
    }

    @Test
    void createWhoseAnswerIsLostLeavesOneContactOnBothSides() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.LoseAnswer());
      system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY);
      system.settle();
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.PENDING);

      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      assertThat(system.crm.contactsOf(LOCATION)).hasSize(1);
      assertThat(system.crm.calls("create")).hasSize(1);
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(system.only().crmId()).contains(onlyCrmId(system));
    }

    @Test
    void createThatNeverArrivedIsRepeatedAfterTheLookUp() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.Refuse(new CrmFailure.OutcomeUnknown("reset")));
      system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY);
      system.settle();
      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      assertThat(system.crm.calls("lookUp")).hasSize(1);
      assertThat(system.crm.calls("create")).hasSize(2);
      assertThat(system.crm.contactsOf(LOCATION)).hasSize(1);
    }

    @Test
    void createThatWasRefusedIsShownAtOnceAndLookedUpBeforeTheNextAttempt() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(
          new Fault.Refuse(
              new CrmFailure.RefusedOrDone(List.of("phone"), "phone must be a phone number")));
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.FAILED);
      assertThat(system.only().sync().problem()).isEqualTo("phone must be a phone number");

      system.time.advance(Duration.ofMinutes(1));
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.PHONE, "+14155550123"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      assertThat(system.crm.calls("lookUp")).hasSize(1);
      assertThat(system.crm.calls("create")).hasSize(2);
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void createThatIsAlwaysInDoubtIsGivenUpAfterAWhile() {
      TestSystem system = TestSystem.installed();
      system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY);
      for (int i = 0; i < 200 && system.only().sync().phase() != SyncPhase.FAILED; i++) {
        system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("502")));
        system.settle();
        system.time.advance(Duration.ofHours(1));
      }

      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.FAILED);
      assertThat(system.only().sync().problem()).isEqualTo("502");
    }

    @Test
    void companyNameOfAnAdoptedContactIsNotSentByAnUpdate() {
      TestSystem system = TestSystem.installed();
      GhlContactId there = system.crm.has(LOCATION, named("Ann", "a@example.com"));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.AlreadyExists(there.value(), "duplicate")));
      system.editing.create(
          LOCATION,
          named("Ann", "a@example.com")
              .with(name(ContactField.COMPANY_NAME), FieldValue.text("Acme")),
          MirrorFixture.SOMEBODY);

      system.settle();

      assertThat(system.crm.calls("update"))
          .allMatch(call -> !call.values().mentions(name(ContactField.COMPANY_NAME)));
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void createInDoubtWithNothingToLookUpByAsksAPerson() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.LoseAnswer());
      system.editing.create(LOCATION, set(ContactField.FIRST_NAME, "Ann"), MirrorFixture.SOMEBODY);
      system.settle();
      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.FAILED);
      assertThat(system.only().sync().problem()).contains("Please check");
      assertThat(system.crm.calls("create")).hasSize(1);
    }

    @Test
    void createInDoubtIsLookedUpByWhatWasSentAndNotByWhatWasEditedSince() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.LoseAnswer());
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "old@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.EMAIL, "new@example.com"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);

      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      assertThat(system.crm.calls("create")).hasSize(1);
      assertThat(system.only().crmId()).contains(onlyCrmId(system));
      assertThat(system.crm.contactsOf(LOCATION).values())
          .extracting(fields -> fields.text(name(ContactField.EMAIL)))
          .containsExactly("new@example.com");
    }

    @Test
    void createInDoubtThatWasSentWithoutEmailIsNotRepeatedBecauseOneWasAddedSince() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.LoseAnswer());
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, set(ContactField.FIRST_NAME, "Ann"), MirrorFixture.SOMEBODY));
      system.settle();
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.EMAIL, "ann@example.com"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);

      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      assertThat(system.crm.calls("create")).hasSize(1);
      assertThat(system.only().sync().problem()).contains("Please check");
    }

    @Test
    void recordOfACreateInDoubtThatAnEventStoredIsFoldedIntoOurs() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.LoseAnswer());
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "old@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.EMAIL, "new@example.com"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.contacts.save(
          LOCATION,
          Contact.foundInCrm(
              system.contacts.nextId(), LOCATION, onlyCrmId(system), system.time.instant()));

      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      assertThat(system.crm.calls("create")).hasSize(1);
      assertThat(system.only().id()).isEqualTo(contact.id());
      assertThat(system.only().crmId()).contains(onlyCrmId(system));
    }

    @Test
    void createInDoubtBesideAnotherContactOfTheSameEmailAsksAPerson() {
      TestSystem system = withOneContact();
      GhlContactId other = onlyCrmId(system);
      system.crm.nextCall(new Fault.LoseAnswer());
      system.time.advance(Duration.ofMinutes(1));
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Al", "ann@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      // GoHighLevel's look-up tells one contact of several that carry the address.
      system.crm.removes(LOCATION, newestCrmId(system));

      system.time.advance(Duration.ofSeconds(36));
      system.settle();

      Contact asked = system.contacts.find(LOCATION, contact.id()).orElseThrow();
      assertThat(asked.sync().phase()).isEqualTo(SyncPhase.FAILED);
      assertThat(asked.sync().problem()).contains("Please check").contains(other.value());
      assertThat(system.crm.calls("create")).hasSize(1);
    }

    @Test
    void createEventThatOvertakesTheAnswerMakesNoSecondContact() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(
          new Fault.Meanwhile(
              () -> {
                receiveUpdate(system, "w1", onlyCrmId(system), 1);
                system.drainWebhooks();
              }));

      system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY);
      system.settle();
      system.time.advance(Duration.ofSeconds(1));
      system.settle();

      assertThat(system.only().crmId()).contains(onlyCrmId(system));
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.DONE, 1L);
    }

    @Test
    void recordStoredByAnEventBeforeTheCreateIsSettledIsFoldedIntoOurs() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(
          new Fault.Meanwhile(
              () -> {
                GhlContactId id = onlyCrmId(system);
                system.contacts.save(
                    LOCATION,
                    Contact.foundInCrm(
                        system.contacts.nextId(), LOCATION, id, system.time.instant()));
              }));

      Contact ours =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();

      assertThat(system.only().id()).isEqualTo(ours.id());
      assertThat(system.only().crmId()).contains(onlyCrmId(system));
    }

    @Test
    void projectOfARecordThatIsFoldedIntoOursIsAboutOurs() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(
          new Fault.Meanwhile(
              () -> {
                GhlContactId id = onlyCrmId(system);
                system.contacts.save(
                    LOCATION,
                    Contact.foundInCrm(
                        system.contacts.nextId(), LOCATION, id, system.time.instant()));
                system.lists.hasOpportunity(
                    FieldChanges.of(
                        ProjectField.GHL_CONTACT_ID.fieldName(), FieldValue.text(id.value())));
                system.setup.retry(LOCATION, SetupStep.OPPORTUNITIES);
                system.setups.run(LOCATION);
              }));
      Contact ours =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      assertThat(system.projects.list(LOCATION, ProjectQuery.all(10, "")).items()).hasSize(1);
      assertThat(onlyProject(system).contact().contactId()).contains(ours.id());
    }

    private static Project onlyProject(TestSystem system) {
      List<Project> all = system.projects.list(LOCATION, ProjectQuery.all(10, "")).items();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }

    @Test
    void duplicateRefusedByTheCrmIsAdopted() {
      TestSystem system = TestSystem.installed();
      GhlContactId there = system.crm.has(LOCATION, named("Ann", "a@example.com"));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.AlreadyExists(there.value(), "duplicate")));
      system.editing.create(LOCATION, named("Anna", "a@example.com"), MirrorFixture.SOMEBODY);

      system.settle();

      assertThat(system.only().link()).isEqualTo(new Link.Linked<>(there));
      assertThat(system.crm.contactsOf(LOCATION)).hasSize(1);
      assertThat(system.crm.contactsOf(LOCATION).get(there).text(name(ContactField.FIRST_NAME)))
          .isEqualTo("Anna");
    }

    @Test
    void whatSomebodySetInARecordThatIsAdoptedAfterARefusalIsAConflict() {
      TestSystem system = TestSystem.installed();
      GhlContactId there = system.crm.has(LOCATION, named("Ann", "a@example.com"));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.AlreadyExists(there.value(), "duplicate")));
      system.editing.create(LOCATION, named("Anna", "a@example.com"), MirrorFixture.SOMEBODY);

      system.settle();

      isConflictOfNames(system, "Anna", "Ann");
    }

    @Test
    void whatSomebodySetSinceInARecordThatIsAdoptedAfterALookUpIsAConflict() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCreate(new Fault.LoseAnswer());
      system.editing.create(LOCATION, named("Anna", "a@example.com"), MirrorFixture.SOMEBODY);
      system.settle();
      GhlContactId made = system.crm.contactsOf(LOCATION).keySet().iterator().next();
      system.crm.edits(LOCATION, made, name(ContactField.FIRST_NAME), FieldValue.text("Annette"));
      system.time.advance(Duration.ofSeconds(36));

      system.settle();

      isConflictOfNames(system, "Anna", "Annette");
      assertThat(system.crm.calls("create")).hasSize(1);
    }

    @Test
    void recordThatCannotBeReadIsNotAdopted() {
      TestSystem system = TestSystem.installed();
      GhlContactId there = system.crm.has(LOCATION, named("Ann", "a@example.com"));
      system.crm.breaks("find", new CrmFailure.Unavailable("503"));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.AlreadyExists(there.value(), "duplicate")));
      system.editing.create(LOCATION, named("Anna", "a@example.com"), MirrorFixture.SOMEBODY);

      system.settle();

      assertThat(system.only().crmId()).isEmpty();
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(system.crm.calls("update")).isEmpty();
    }

    private static void isConflictOfNames(TestSystem system, String ours, String theirs) {
      assertThat(system.only().conflicts()).hasSize(1);
      assertThat(system.only().conflicts().getFirst().field())
          .isEqualTo(name(ContactField.FIRST_NAME));
      assertThat(system.only().conflicts().getFirst().ours()).isEqualTo(FieldValue.text(ours));
      assertThat(system.only().conflicts().getFirst().theirs()).isEqualTo(FieldValue.text(theirs));
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void refusedValueFailsInPlainWordsAndTheNextEditClearsIt() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      system.crm.nextCall(
          new Fault.Refuse(
              new CrmFailure.Rejected(List.of("phone"), "phone must be a valid phone number")));
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.PHONE, "123"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.FAILED);
      assertThat(system.only().sync().problem()).isEqualTo("phone must be a valid phone number");

      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.PHONE, "+14155550123"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    /** In the guide what failed once was never told (trap 88). */
    @Test
    void crmThatIsAwayLosesNoWrite() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.Refuse(new CrmFailure.Unavailable("503")));
      system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY);
      system.settle();
      assertThat(system.listed()).hasSize(1);
      assertThat(system.crm.contactsOf(LOCATION)).isEmpty();

      system.time.advance(Duration.ofSeconds(2));
      system.settle();

      assertThat(system.crm.contactsOf(LOCATION)).hasSize(1);
    }

    /** In the guide a token came first, whatever was to be done (trap 88). */
    @Test
    void locationWhoseTokensAreRefusedIsReadAndEditedAllTheSame() {
      TestSystem system = withOneContact();
      Instant now = system.time.instant();
      Connection connection = system.connections.find(LOCATION).orElseThrow();
      system.connections.save(LOCATION, connection.condemned("invalid_grant", now, now));
      int calls = system.crm.callCount();

      Contact edited =
          stored(
              system.editing.edit(
                  LOCATION,
                  system.only().id(),
                  set(ContactField.CITY, "Bern"),
                  OptionalLong.empty(),
                  MirrorFixture.SOMEBODY));

      assertThat(system.connections.find(LOCATION).orElseThrow().state())
          .isInstanceOf(ConnectionState.NeedsReauth.class);
      assertThat(system.listed()).containsExactly(edited);
      assertThat(edited.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(system.crm.callCount()).isEqualTo(calls);
    }

    @Test
    void processThatDiedDuringAnUpdateRepeatsItAfterItsLease() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.CITY, "Berlin"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.crm.nextCall(
          new Fault.Meanwhile(
              () -> {
                throw new CrashOfTheProcess();
              }));
      try {
        system.settle();
      } catch (CrashOfTheProcess died) {
        assertThat(system.only().sync().hasCallInFlight()).isTrue();
      }
      system.settle();
      assertThat(system.crm.calls("update")).hasSize(1);

      system.time.advance(Duration.ofSeconds(31));
      system.settle();

      assertThat(system.crm.calls("update")).hasSize(2);
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void deletedContactIsHiddenAtOnceAndDeletedThere() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      GhlContactId there = onlyCrmId(system);

      system.editing.delete(LOCATION, contact.id(), OptionalLong.empty());
      assertThat(system.listed()).isEmpty();
      system.settle();

      assertThat(system.crm.contactsOf(LOCATION)).isEmpty();
      receiveUpdateOf(system, "w1", there, named("Ann", "a@example.com"), 5);
      system.settle();
      assertThat(system.listed()).isEmpty();
    }

    @Test
    void contactThatTheCrmLostIsOrphanedOnlyAfterASecondLook() {
      TestSystem system = TestSystem.installed();
      Contact contact =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      system.crm.removes(LOCATION, onlyCrmId(system));

      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.CITY, "Berlin"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      assertThat(system.crm.calls("find")).hasSize(1);
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.FAILED);
      system.editing.retry(LOCATION, contact.id());
      system.settle();
      assertThat(system.only().sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(system.crm.contactsOf(LOCATION)).hasSize(1);
    }
  }

  @Nested
  class Receiving {
    @Test
    void changeInTheCrmArrives() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.time.advance(Duration.ofHours(1));
      system.crm.edits(LOCATION, id, name(ContactField.CITY), FieldValue.text("Rome"));

      receiveUpdate(system, "w1", id, 3600);
      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
      assertThat(system.crm.calls("find")).isEmpty();
    }

    @Test
    void newContactInTheCrmArrivesAfterARead() {
      TestSystem system = withOneContact();
      GhlContactId id = system.crm.has(LOCATION, named("Bob", "bob@example.com"));

      receiveUpdate(system, "w1", id, 1);
      system.settle();

      assertThat(system.listed()).hasSize(2);
    }

    @Test
    void repeatedEventIsADuplicate() {
      TestSystem system = withOneContact();
      String body =
          system.webhooks.about(
              "w1", "ContactUpdate", system.crm.event(LOCATION, onlyCrmId(system)), 1);

      assertThat(system.receive(body)).isEqualTo(new AcceptWebhookUseCase.Outcome.Stored(false));
      assertThat(system.receive(body)).isEqualTo(new AcceptWebhookUseCase.Outcome.Stored(true));
    }

    @Test
    void echoChangesNothingAndDoesNotTouchTheDocument() {
      TestSystem system = withOneContact();
      Contact before = system.only();

      receiveUpdate(system, "w1", onlyCrmId(system), 1);
      system.settle();

      assertThat(system.only()).isEqualTo(before);
      assertThat(system.crm.calls("find")).isEmpty();
    }

    @Test
    void lateOlderEventLeadsToAReadAndNotToOldValues() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.time.advance(Duration.ofHours(2));
      system.crm.edits(LOCATION, id, name(ContactField.CITY), FieldValue.text("Rome"));
      receiveUpdate(system, "w2", id, 7200);
      system.settle();

      receiveUpdateOf(
          system,
          "w1",
          id,
          named("Ann", "ann@example.com").with(name(ContactField.CITY), FieldValue.text("Oslo")),
          3600);
      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
    }

    @Test
    void eventThatAPushOvertookWhileItWasAppliedDoesNotTakeThePushedValueBack() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.time.advance(Duration.ofHours(1));
      CrmRecord<GhlContactId> before = system.crm.event(LOCATION, id);
      Instant eventAt = system.time.instant();
      system.editing.edit(
          LOCATION,
          system.only().id(),
          set(ContactField.FIRST_NAME, "Anna"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();

      List<Heard.Outcome> outcomes =
          system
              .intake
              .absorbEvents(
                  LOCATION,
                  List.of(new Heard.Changed<>(before, new Heard.Times(eventAt, eventAt, false))),
                  EventOrder.STANDARD)
              .outcomes();

      assertThat(outcomes).containsExactly(Heard.Outcome.TO_BE_READ);
      assertThat(system.only().fields().text(name(ContactField.FIRST_NAME))).isEqualTo("Anna");
    }

    @Test
    void valueLeftOutOfAnEventIsReadAndNotTakenAsCleared() {
      TestSystem system = new TestSystem();
      GhlContactId id =
          system.crm.has(
              LOCATION,
              named("Ann", "ann@example.com")
                  .with(name(ContactField.CITY), FieldValue.text("Oslo")));
      system.install();
      system.settle();
      system.time.advance(Duration.ofHours(1));

      receiveUpdateOf(system, "w1", id, named("Anna", "ann@example.com"), 3600);
      system.crm.edits(LOCATION, id, name(ContactField.FIRST_NAME), FieldValue.text("Anna"));
      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Oslo");
      assertThat(system.only().fields().text(name(ContactField.FIRST_NAME))).isEqualTo("Anna");
      assertThat(system.crm.calls("find")).hasSize(1);
    }

    @Test
    void burstOfEventsCostsOneRead() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      for (int i = 0; i < 5; i++) {
        receiveUpdateOf(system, "w" + i, id, named("Ann" + i, "ann@example.com"), i);
      }
      system.time.advance(Duration.ofMillis(10));
      system.settle();

      assertThat(system.crm.calls("find")).hasSize(1);
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.DONE, 5L);
    }

    @Test
    void contactDeletedInTheCrmIsHiddenAndAnUpdateAfterItDoesNotBringItBack() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.crm.removes(LOCATION, id);

      system.receive("w1|ContactDelete|" + id + "|10");
      system.settle();
      receiveUpdateOf(system, "w2", id, named("Ann", "ann@example.com"), 4000);
      system.settle();

      assertThat(system.listed()).isEmpty();
      assertThat(system.contacts.findByCrmId(LOCATION, id)).isPresent();
    }

    @Test
    void contactThatAReadDoesNotFindTwiceIsMarkedAsDeleted() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      system.crm.removes(LOCATION, id);

      receiveUpdateOf(system, "w1", id, named("Anna", "ann@example.com"), 1);
      system.settle();
      assertThat(system.listed()).hasSize(1);
      system.time.advance(Duration.ofMinutes(1));
      system.settle();

      assertThat(system.listed()).isEmpty();
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.DONE, 1L);
    }

    @Test
    void recordUnderAFormerIdThatComesBackLeavesTheContactLinkedToItsNewOne() {
      TestSystem system = withOneContact();
      Contact contact = system.only();
      GhlContactId former = onlyCrmId(system);
      system.crm.removes(LOCATION, former);
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.CITY, "Rome"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.settle();
      system.editing.retry(LOCATION, contact.id());
      system.settle();
      GhlContactId present = onlyCrmId(system);

      system.crm.hasAgain(LOCATION, former, named("Ann", "ann@example.com"));
      receiveUpdateOf(system, "w1", former, named("Ann", "ann@example.com"), 1);
      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.contacts.find(LOCATION, contact.id()).orElseThrow().crmId())
          .contains(present);
      assertThat(system.listed()).hasSize(2);
    }

    @Test
    void localEditAndADifferentChangeThereAreAConflictThatIsKept() {
      TestSystem system = withOneContact();
      GhlContactId id = onlyCrmId(system);
      Contact contact = system.only();
      system.time.advance(Duration.ofHours(1));
      system.editing.edit(
          LOCATION,
          contact.id(),
          set(ContactField.FIRST_NAME, "Ours"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);
      system.crm.edits(LOCATION, id, name(ContactField.FIRST_NAME), FieldValue.text("Theirs"));
      receiveUpdate(system, "w1", id, 3600);
      system.drainWebhooks();

      assertThat(system.only().fields().text(name(ContactField.FIRST_NAME))).isEqualTo("Ours");
      assertThat(system.only().conflicts())
          .singleElement()
          .satisfies(c -> assertThat(c.theirs()).isEqualTo(FieldValue.text("Theirs")));
      system.settle();
      assertThat(system.crm.contactsOf(LOCATION).get(id).text(name(ContactField.FIRST_NAME)))
          .isEqualTo("Ours");
    }

    @Test
    void eventOfOurUnsyncedContactLinksIt() {
      TestSystem system = TestSystem.installed();
      system.crm.nextCall(new Fault.Refuse(new CrmFailure.Unavailable("503")));
      Contact ours =
          stored(
              system.editing.create(
                  LOCATION, named("Ann", "ann@example.com"), MirrorFixture.SOMEBODY));
      system.settle();
      GhlContactId there = system.crm.has(LOCATION, named("Ann", "ann@example.com"));

      receiveUpdate(system, "w1", there, 1);
      system.settle();

      assertThat(system.only().id()).isEqualTo(ours.id());
      assertThat(system.only().crmId()).contains(there);
    }

    @Test
    void unhandledTypeIsSkippedAndAFaultOfOursEndsAsDeadLetter() {
      TestSystem system = withOneContact();

      system.receive("w1|InvoiceCreate|x|1");
      system.receive("w2|Broken|y|1");
      for (int i = 0; i < 3; i++) {
        system.settle();
        system.time.advance(Duration.ofMinutes(1));
      }

      assertThat(system.health.overview().queue())
          .containsEntry(WebhookStatus.SKIPPED, 1L)
          .containsEntry(WebhookStatus.DEAD, 1L);
    }

    @Test
    void whatIsNotOursOrNotGenuineIsCountedAndNotStored() {
      TestSystem system = withOneContact();

      assertThat(system.receive("w1|OtherApp|x|1"))
          .isInstanceOf(AcceptWebhookUseCase.Outcome.OtherApp.class);
      assertThat(system.receive("nonsense"))
          .isInstanceOf(AcceptWebhookUseCase.Outcome.NotAnEvent.class);
      assertThat(system.health.overview().ingest().otherApps()).isEqualTo(1);
      assertThat(system.health.overview().queue().values()).allMatch(count -> count == 0);
    }

    /** In the guide each change was counted in the document of its location (trap 83). */
    @Test
    void whatIsHeardAndPushedIsNotCountedInTheLocation() {
      TestSystem system = withOneContact();
      Location before = system.locations.find(LOCATION).orElseThrow();
      GhlContactId id = onlyCrmId(system);
      system.time.advance(Duration.ofHours(1));
      system.crm.edits(LOCATION, id, name(ContactField.CITY), FieldValue.text("Rome"));
      receiveUpdate(system, "w1", id, 3600);
      system.settle();
      system.crm.breaks("update", new CrmFailure.Rejected(List.of("phone"), "no such number"));
      system.editing.edit(
          LOCATION,
          system.only().id(),
          set(ContactField.PHONE, "123"),
          OptionalLong.empty(),
          MirrorFixture.SOMEBODY);

      system.settle();

      assertThat(system.only().fields().text(name(ContactField.CITY))).isEqualTo("Rome");
      assertThat(system.health.syncHealth(LOCATION).orElseThrow().counts())
          .containsEntry("contacts", new SyncCounts(1, 0, 0, 0, 1));
      assertThat(system.locations.find(LOCATION)).contains(before);
    }
  }

  @Nested
  class Tokens {
    @Test
    void tokenAboutToExpireIsRefreshedOnceAndTheNewPairIsStored() {
      TestSystem system = TestSystem.installed();
      AccessTokens.Answer before = system.accessTokens.current(LOCATION);
      system.time.advance(Duration.ofHours(24).minusMinutes(3));

      AccessTokens.Answer after = system.accessTokens.current(LOCATION);
      AccessTokens.Answer again = system.accessTokens.current(LOCATION);

      assertThat(after).isNotEqualTo(before).isEqualTo(again);
      assertThat(system.crm.calls("refresh")).hasSize(1);
    }

    @Test
    void refusedTokenThatSomebodyElseRenewedIsNotRenewedAgain() {
      TestSystem system = TestSystem.installed();
      Secret old = ((AccessTokens.Answer.Usable) system.accessTokens.current(LOCATION)).token();

      AccessTokens.Answer first = system.accessTokens.renewed(LOCATION, old);
      AccessTokens.Answer second = system.accessTokens.renewed(LOCATION, old);

      assertThat(first).isEqualTo(second);
      assertThat(system.crm.calls("refresh")).hasSize(1);
    }
  }

  @Nested
  class WaitingForTokens {
    @Test
    void callThatWaitsForARefreshWhichHangsIsToldToComeAgain() {
      TestSystem system = TestSystem.installed();
      Secret old = ((AccessTokens.Answer.Usable) system.accessTokens.current(LOCATION)).token();
      List<AccessTokens.Answer> waited = new ArrayList<>();
      system.crm.duringRefresh(
          () ->
              waited.add(
                  CompletableFuture.supplyAsync(() -> system.accessTokens.renewed(LOCATION, old))
                      .orTimeout(20, TimeUnit.SECONDS)
                      .join()));

      AccessTokens.Answer refreshed = system.accessTokens.renewed(LOCATION, old);

      assertThat(waited).singleElement().isInstanceOf(AccessTokens.Answer.NotNow.class);
      assertThat(refreshed).isInstanceOf(AccessTokens.Answer.Usable.class);
    }
  }

  private static final class CrashOfTheProcess extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static TestSystem withOneContact() {
    TestSystem system = new TestSystem();
    system.crm.has(LOCATION, named("Ann", "ann@example.com"));
    system.install();
    system.settle();
    return system;
  }

  private static GhlContactId onlyCrmId(TestSystem system) {
    return system.crm.contactsOf(LOCATION).keySet().iterator().next();
  }

  private static GhlContactId newestCrmId(TestSystem system) {
    return system.crm.contactsOf(LOCATION).keySet().stream()
        .max(Comparator.comparingInt(id -> Integer.parseInt(id.value().substring(3))))
        .orElseThrow();
  }

  private static void receiveUpdate(
      TestSystem system, String webhookId, GhlContactId id, long secondsAfterTen) {
    system.receive(
        system.webhooks.about(
            webhookId, "ContactUpdate", system.crm.event(LOCATION, id), secondsAfterTen));
  }

  private static void receiveUpdateOf(
      TestSystem system,
      String webhookId,
      GhlContactId id,
      FieldChanges values,
      long secondsAfterTen) {
    system.receive(
        system.webhooks.about(
            webhookId,
            "ContactUpdate",
            new CrmRecord<>(id, values, Set.of(), Instant.EPOCH),
            secondsAfterTen));
  }
}
