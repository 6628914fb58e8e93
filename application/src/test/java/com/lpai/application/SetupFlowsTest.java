package com.lpai.application;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.setup.RunSetupUseCase;
import com.lpai.application.setup.SetupSettings;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.testing.InMemoryCrm;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.work.Chore;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.FetchedPage;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupLease;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.NextWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setups of everything a location has, and what keeps its directory fresh afterwards. */
class SetupFlowsTest {
  private static final CrmFailure REFUSED =
      new CrmFailure.Unauthorized(
          CrmFailure.Unauthorized.Kind.MISSING_SCOPE, "The scope x.readonly is missing.");

  private static final CrmFailure AWAY = new CrmFailure.Unavailable("It was answered 503.");

  /** The call that each step needs; the last one makes none. */
  private static final Map<SetupStep, String> CALLS =
      Map.of(
          SetupStep.LOCATION_DETAILS, "details",
          SetupStep.PIPELINES, "pipelines",
          SetupStep.CALENDARS, "calendars",
          SetupStep.USERS, "users",
          SetupStep.CUSTOM_FIELDS, "customFields",
          SetupStep.CUSTOM_VALUES, "customValues",
          SetupStep.CONTACTS, "page",
          SetupStep.OPPORTUNITIES, "opportunities",
          SetupStep.APPOINTMENTS, "events",
          SetupStep.CONVERSATIONS, "conversations");

  private final TestSystem system = new TestSystem();

  /** 25 contacts, 25 opportunities about them, 12 appointments in two calendars, 23 messages. */
  private static void fill(TestSystem system) {
    system.lists.hasCalendar("cal2");
    for (int i = 0; i < 25; i++) {
      GhlContactId contact = system.crm.has(LOCATION, named("Ann" + i, "a" + i + "@example.com"));
      system.lists.hasOpportunity(
          text(ProjectField.TITLE, "Kitchen " + i)
              .with(text(ProjectField.GHL_CONTACT_ID, contact.value()))
              .with(text(ProjectField.STATUS, "open")));
    }
    Instant now = system.time.instant();
    for (int i = 0; i < 12; i++) {
      system.lists.hasAppointment("cal" + (1 + i % 2), now.plus(Duration.ofDays(30L * i - 100)));
    }
    for (int i = 0; i < 12; i++) {
      system.lists.hasMessage("talk" + i % 3, "sms" + i);
    }
    for (int i = 0; i < 11; i++) {
      system.lists.hasMessage("talk" + i % 3, "mail" + i);
    }
  }

  @Nested
  class TheCopy {
    @Test
    void isOfEverythingTheLocationHas() {
      fill(system);
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
      assertThat(projects(system))
          .hasSize(25)
          .allMatch(project -> project.contact().contactId().isPresent());
      assertThat(appointments(system))
          .hasSize(12)
          .allMatch(each -> status(each).equals("scheduled"));
      assertThat(system.conversations.list(LOCATION, 10, "").items()).hasSize(3);
      assertThat(system.messages.list(LOCATION, new GhlConversationId("talk0"), 10, "").items())
          .hasSize(8);
      assertThat(system.pipelines.list(LOCATION)).isEqualTo(system.lists.pipelines);
      assertThat(system.calendars.list(LOCATION)).hasSize(2);
      assertThat(system.users.list(LOCATION)).hasSize(1);
      assertThat(system.customFields.list(LOCATION)).hasSize(3);
      assertThat(system.customValues.list(LOCATION)).hasSize(1);
      assertThat(system.defaults.find(LOCATION)).isEqualTo(TestSystem.DEFAULTS);
    }

    /** 3 conversations, 12 messages and 11 mails, in three lists that are counted one by one. */
    @Test
    void countsConversationsAndMessagesTogether() {
      fill(system);
      system.install();

      system.settle();

      StepResult conversations = result(system, SetupStep.CONVERSATIONS);
      assertThat(conversations.done()).isEqualTo(26);
      assertThat(conversations.total()).isEqualTo(26);
      assertThat(conversations.note()).isEmpty();
    }

    @Test
    void saysHowManyConversationsTheCrmCountedAndDidNotList() {
      fill(system);
      system.lists.hidesConversations(4);
      system.install();

      system.settle();

      assertThat(result(system, SetupStep.CONVERSATIONS).note())
          .isEqualTo("GoHighLevel counted 30 and listed 26.");
    }

    /** Trap 89: the guide loaded whole collections. */
    @Test
    void isMadeAPageAtATime() {
      fill(system);
      system.install();

      system.settle();

      assertThat(system.contacts.largestBatch()).isEqualTo(10);
      assertThat(system.projects.largestBatch()).isEqualTo(10);
    }

    /** Trap 56: in the guide a page took back what a newer event had brought. */
    @Test
    void hasWhatAnEventToldWhileAPageWasOnItsWay() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      GhlContactId contact = system.crm.contactsOf(LOCATION).keySet().iterator().next();
      system.install();
      system.crm.nextCall(
          new InMemoryCrm.Fault.Meanwhile(
              () -> {
                system.crm.edits(LOCATION, contact, city(), FieldValue.text("Rome"));
                system.receive(
                    system.webhooks.about(
                        "w1", "ContactUpdate", system.crm.event(LOCATION, contact), 3600));
                system.drainWebhooks();
                assertThat(system.only().fields().text(city())).isEqualTo("Rome");
              }));

      system.settle();

      assertThat(system.listed())
          .hasSize(25)
          .filteredOn(each -> each.crmId().filter(contact::equals).isPresent())
          .singleElement()
          .matches(each -> each.fields().text(city()).equals("Rome"));
    }

    @Test
    void runAgainWritesNothing() {
      fill(system);
      system.install();
      system.settle();
      int written = writes();
      system.time.advance(Duration.ofHours(1));

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(writes()).isEqualTo(written);
      assertThat(system.crm.calls("createField")).hasSize(3);
    }

    private int writes() {
      return system.contacts.writes() + system.projects.writes() + system.appointments.writes();
    }

    @Test
    void ofWhatChangedSinceTheLastOneAsksForNoMore() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      system.install();
      system.settle();
      system.time.advance(Duration.ofHours(1));
      GhlContactId there = system.listed().getFirst().crmId().orElseThrow();
      system.crm.edits(LOCATION, there, ContactField.CITY.fieldName(), FieldValue.text("Rome"));
      int pages = system.crm.calls("page").size();
      int opportunities = system.crm.calls("opportunities").size();

      system.setup.request(LOCATION, false);
      system.settle();

      assertThat(system.listed()).anyMatch(contact -> contact.fields().text(city()).equals("Rome"));
      assertThat(system.crm.calls("page")).as("twice, and the count").hasSize(pages + 3);
      assertThat(system.crm.calls("opportunities")).hasSize(opportunities + 3);
    }

    /** What moves while pages are read is read at the end (trap 48). */
    @Test
    void hasWhatChangedWhileItWasMade() {
      fill(system);
      GhlContactId contact = system.crm.contactsOf(LOCATION).keySet().iterator().next();
      GhlOpportunityId opportunity = system.lists.hasOpportunity(text(ProjectField.TITLE, "Roof"));
      system.time.advance(Duration.ofHours(1));
      system.crm.during(
          "messages",
          () -> {
            system.time.advance(Duration.ofHours(1));
            system.crm.edits(
                LOCATION, contact, ContactField.CITY.fieldName(), FieldValue.text("Rome"));
            system.crm.has(LOCATION, named("Late", "late@example.com"));
            system.lists.editsOpportunity(opportunity, text(ProjectField.STATUS, "won"));
            system.lists.hasAppointment("cal1", system.time.instant());
            system.lists.hasMessage("talk9", "sms99");
          });
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed())
          .hasSize(26)
          .anyMatch(each -> each.fields().text(city()).equals("Rome"));
      assertThat(projects(system))
          .filteredOn(each -> each.title().equals("Roof"))
          .singleElement()
          .matches(each -> each.fields().text(ProjectField.STATUS.fieldName()).equals("won"));
      assertThat(appointments(system)).hasSize(13);
      assertThat(system.messages.list(LOCATION, new GhlConversationId("talk9"), 10, "").items())
          .hasSize(1);
      assertThat(system.conversations.list(LOCATION, 10, "").items()).hasSize(4);
    }

    @Test
    void hasNoLongerWhatWasDeletedWhileItWasMade() {
      fill(system);
      GhlContactId contact = system.crm.contactsOf(LOCATION).keySet().iterator().next();
      GhlOpportunityId opportunity = system.lists.hasOpportunity(text(ProjectField.TITLE, "Roof"));
      Instant soon = system.time.instant().plus(Duration.ofDays(3));
      GhlAppointmentId deleted = system.lists.hasAppointment("cal1", soon);
      GhlAppointmentId moved = system.lists.hasAppointment("cal1", soon);
      system.crm.during(
          "messages",
          () -> {
            system.time.advance(Duration.ofSeconds(1));
            system.crm.removes(LOCATION, contact);
            system.lists.deletesOpportunity(opportunity);
            system.lists.deletesAppointment(deleted);
            system.lists.movesAppointment(moved, "cal2", soon.minus(Duration.ofDays(9)));
            system.lists.deletesConversation("talk0");
          });
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed())
          .hasSize(24)
          .noneMatch(each -> each.crmId().filter(contact::equals).isPresent());
      assertThat(projects(system)).hasSize(25).noneMatch(each -> each.title().equals("Roof"));
      assertThat(appointments(system))
          .hasSize(13)
          .filteredOn(each -> each.crmId().filter(moved::equals).isPresent())
          .singleElement()
          .matches(each -> each.start().isBefore(soon));
      assertThat(system.conversations.list(LOCATION, 10, "").items()).hasSize(2);
      assertThat(system.messages.list(LOCATION, new GhlConversationId("talk0"), 10, "").items())
          .isEmpty();
      assertThat(system.crm.calls("opportunity")).hasSize(1);
      assertThat(system.crm.calls("event")).hasSize(2);
      assertThat(system.crm.calls("conversation")).hasSize(1);
    }

    @Test
    void searchesForWhatIsGoneOnlyWhereTheCrmCountsFewer() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      system.install();

      system.settle();

      assertThat(system.crm.calls("page")).as("three, what changed, the count").hasSize(5);
      assertThat(system.crm.calls("opportunities")).hasSize(5);
    }

    @Test
    void hasTheDirectoryAsItIsAtTheEnd() {
      system.lists.hasMessage("talk1", "sms1");
      system.crm.during(
          "messages",
          () -> {
            system.lists.hasCalendar("cal2");
            system.lists.pipelines.clear();
            system.lists.customValues.clear();
            system.lists.readsConversation("talk1");
          });
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.calendars.list(LOCATION)).isEqualTo(system.lists.calendars);
      assertThat(system.pipelines.list(LOCATION)).isEmpty();
      assertThat(system.customValues.list(LOCATION)).isEmpty();
      assertThat(system.conversations.find(LOCATION, new GhlConversationId("talk1")))
          .hasValueSatisfying(each -> assertThat(each.starred()).contains(true));
    }

    @Test
    void thatIsKilledAnywhereGoesOnAndFetchesOnePageAgainAtMost() {
      TestSystem undisturbed = undisturbed();

      assertThat(kills(each -> each.checkpoints.beforeNextPut, false, undisturbed))
          .as("a setup of this size writes so many checkpoints")
          .isEqualTo(53);
      assertThat(kills(each -> each.checkpoints.afterNextPut, false, undisturbed)).isEqualTo(53);
    }

    /**
     * The thread that keeps a page dies in the middle of it: the one that stores this page dies at
     * once, or has come to the next page when it hears of it.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatIsKilledWhileItKeepsAPageFetchesOnePageAgainAtMost(boolean atOnce) {
      TestSystem undisturbed = undisturbed();
      for (Function<TestSystem, NextWrite> write :
          List.<Function<TestSystem, NextWrite>>of(
              each -> each.fetchedPages.beforeNextKeep, each -> each.fetchedPages.afterNextKeep)) {
        assertThat(kills(write, atOnce, undisturbed))
            .as("two of three pages, of contacts and opportunities, in each pass")
            .isEqualTo(8);
      }
    }

    private TestSystem undisturbed() {
      TestSystem undisturbed = new TestSystem();
      fill(undisturbed);
      undisturbed.install();
      undisturbed.settle();
      assertThat(undisturbed.fetchedPages.size()).as("pages that are still kept").isZero();
      return undisturbed;
    }

    /** Kills a setup at each of these writes; answers how many there are. */
    private int kills(
        Function<TestSystem, NextWrite> write, boolean atOnce, TestSystem undisturbed) {
      int kills = 0;
      while (kill(write, kills + 1, atOnce, undisturbed)) {
        kills++;
      }
      return kills;
    }

    /** Kills a setup at this write; false when it has not so many. */
    private boolean kill(
        Function<TestSystem, NextWrite> write, int number, boolean atOnce, TestSystem undisturbed) {
      TestSystem killed = new TestSystem();
      fill(killed);
      killed.install();
      arm(write.apply(killed), number, () -> dies(killed, atOnce));
      try {
        killed.setups.run(LOCATION);
        return false;
      } catch (Killed died) {
        killed.time.advance(SetupLease.DURATION.plusSeconds(1));
      }
      assertThat(killed.setups.run(LOCATION)).isEqualTo(new RunSetupUseCase.Pause.Over());

      assertThat(states(killed)).containsOnly(StepResult.State.DONE);
      assertThat(killed.listed()).hasSize(25);
      assertThat(projects(killed)).hasSize(25);
      assertThat(appointments(killed)).hasSize(12);
      assertThat(killed.customFields.list(LOCATION)).hasSize(3);
      assertThat(killed.fetchedPages.size()).as("pages that are still kept").isZero();
      assertThat(killed.crm.callCount())
          .as("calls after a kill at write %s: %s", number, killed.crm.callCounts())
          .isLessThanOrEqualTo(undisturbed.crm.callCount() + 2);
      assertThat(pages(killed))
          .as("pages after a kill at write %s", number)
          .isLessThanOrEqualTo(pages(undisturbed) + 1);
      return true;
    }

    private static void dies(TestSystem system, boolean atOnce) {
      if (atOnce) {
        system.checkpoints.beforeNextPut.isPrecededBy(
            () -> {
              throw new Killed();
            });
      }
      throw new Killed();
    }

    private static int pages(TestSystem system) {
      return system.crm.pagesSent() + system.lists.pagesSent();
    }

    private static void arm(NextWrite write, int number, Runnable dies) {
      write.isPrecededBy(
          () -> {
            if (number == 1) {
              dies.run();
            }
            arm(write, number - 1, dies);
          });
    }
  }

  @Nested
  class AFetchAhead {
    private static final GhlContactId ON_THE_SECOND_PAGE = new GhlContactId("ghl15");

    @Test
    void isUnderWayWhileThePageBeforeIsStored() {
      fill(system);
      CyclicBarrier both = new CyclicBarrier(2);
      system.fetchesAheadBy(Thread::startVirtualThread);
      system.install();
      system.crm.during(
          "page",
          () -> {
            system.checkpoints.beforeNextPut.isPrecededBy(() -> meet(both));
            system.crm.during("page", () -> meet(both));
          });

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
    }

    private static void meet(CyclicBarrier both) {
      try {
        both.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
        throw new AssertionError("nothing else was under way", alone);
      }
    }

    @ParameterizedTest
    @MethodSource("com.lpai.application.SetupFlowsTest#failures")
    void thatFailsEndsAsACallWouldAtThatPage(CrmFailure failure) {
      TestSystem oneByOne = new TestSystem();
      oneByOne.fetchesAheadBy(work -> {});
      for (TestSystem each : List.of(system, oneByOne)) {
        fill(each);
        each.install();
        each.crm.nextCall(new InMemoryCrm.Fault.Meanwhile(() -> {}));
        each.crm.nextCall(new InMemoryCrm.Fault.Refuse(failure));
        each.settle();
      }

      assertThat(system.setup.progress(LOCATION)).isEqualTo(oneByOne.setup.progress(LOCATION));
      assertThat(result(system, SetupStep.CONTACTS).done()).isEqualTo(10);
      assertThat(system.crm.callCounts()).isEqualTo(oneByOne.crm.callCounts());
      assertThat(system.crm.calls("page")).as("it is not called again at once").hasSize(2);
      for (TestSystem each : List.of(system, oneByOne)) {
        each.time.advance(Duration.ofMinutes(2));
        each.setup.retry(LOCATION, SetupStep.CONTACTS);
        each.settle();
        assertThat(each.listed()).hasSize(25);
      }
    }

    @Test
    void thatNoThreadComesToIsMadeByTheSetupItself() {
      TestSystem oneByOne = new TestSystem();
      oneByOne.fetchesAheadBy(work -> {});
      for (TestSystem each : List.of(system, oneByOne)) {
        fill(each);
        each.install();
        each.settle();
        assertThat(states(each)).containsOnly(StepResult.State.DONE);
      }

      assertThat(oneByOne.crm.callCounts()).isEqualTo(system.crm.callCounts());
    }

    @Test
    void whosePageCannotBeKeptIsNotMade() {
      fill(system);
      FetchedPage later =
          new FetchedPage(
              new PagePlace(1, Checkpoint.Pass.COPY, "elsewhere", Instant.EPOCH),
              system.time.instant().plusSeconds(60),
              PageText.of(new byte[0]));
      assertThat(system.fetchedPages.keep(LOCATION, SetupStep.CONTACTS, later)).isTrue();
      system.install();
      system.crm.during(
          "page",
          () ->
              system.checkpoints.beforeNextPut.isPrecededBy(
                  () -> assertThat(system.crm.calls("page")).hasSize(1)));

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
    }

    /** What came while the page waited to be stored is newer than the page. */
    @Test
    void isJudgedByTheTimeWhenItBegan() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      system.install();
      system.crm.nextCall(new InMemoryCrm.Fault.Meanwhile(() -> {}));
      system.crm.nextCall(new InMemoryCrm.Fault.Meanwhile(this::isEditedAndTold));

      system.settle();

      assertThat(system.crm.calls("find")).isNotEmpty();
      assertThat(system.listed())
          .filteredOn(each -> each.crmId().filter(ON_THE_SECOND_PAGE::equals).isPresent())
          .singleElement()
          .matches(each -> each.fields().text(city()).equals("Rome"));
    }

    private void isEditedAndTold() {
      system.crm.edits(LOCATION, ON_THE_SECOND_PAGE, city(), FieldValue.text("Rome"));
      system.receive(
          system.webhooks.about(
              "w1", "ContactUpdate", system.crm.event(LOCATION, ON_THE_SECOND_PAGE), 3600));
      system.drainWebhooks();
      system.time.advance(Duration.ofSeconds(75));
    }

    /** The search tells what is long past: of that page, only what is read now helps. */
    @Test
    void isGivenUpWithAPageThatMustBeFetchedAgain() {
      fill(system);
      system.crm.tellsNoNamesInPages();
      system.install();
      system.crm.breaks("find", new CrmFailure.Throttled(Duration.ofSeconds(10), "later"));

      system.settle();

      assertThat(system.fetchedPages.size()).isZero();
      assertThat(system.crm.calls("page")).hasSize(2);
      system.crm.worksAgain("find");
      system.settle();
      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
    }
  }

  /** A page that a worker kept before it died, with a contact that is nowhere else. */
  @Nested
  class AKeptPage {
    @ParameterizedTest
    @CsvSource({
      "1, COPY,    '', PT0S,   PT1S,   true",
      "1, COPY,    '', PT0S,   PT14M,  true",
      "1, COPY,    '', PT0S,   PT15M,  false",
      "1, COPY,    '', PT1H,   PT1S,   false",
      "1, COPY,    10, PT0S,   PT1S,   false",
      "1, CHANGES, '', PT0S,   PT1S,   false",
      "2, COPY,    '', PT0S,   PT1S,   false",
    })
    void isUsedForTheSamePageOfTheSameRunAndNotForLong(
        long run,
        Checkpoint.Pass pass,
        String cursor,
        Duration since,
        Duration age,
        boolean isUsed) {
      GhlContactId gone = system.crm.has(LOCATION, named("Ghost", "ghost@example.com"));
      CrmResult<SentPage<CrmRecord<GhlContactId>>> sent =
          system.crm.fetch(LOCATION, "", 10, Instant.EPOCH, CallPriority.BACKFILL);
      system.crm.removes(LOCATION, gone);
      fill(system);
      PagePlace place = new PagePlace(run, pass, cursor, Instant.EPOCH.plus(since));
      FetchedPage page = new FetchedPage(place, system.time.instant().minus(age), text(sent));
      assertThat(system.fetchedPages.keep(LOCATION, SetupStep.CONTACTS, page)).isTrue();
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.crm.calls("find")).as("what the page told of").hasSize(isUsed ? 1 : 0);
      assertThat(system.listed()).hasSize(25);
    }

    private PageText text(CrmResult<SentPage<CrmRecord<GhlContactId>>> sent) {
      return switch (sent) {
        case CrmResult.Done<SentPage<CrmRecord<GhlContactId>>>(
                SentPage<CrmRecord<GhlContactId>> page) ->
            page.text();
        case CrmResult.Failed<SentPage<CrmRecord<GhlContactId>>>(CrmFailure failure) ->
            throw new AssertionError(failure);
      };
    }

    @Test
    void thatCannotBeReadIsFetchedAgain() {
      fill(system);
      FetchedPage unreadable =
          new FetchedPage(
              new PagePlace(1, Checkpoint.Pass.COPY, "", Instant.EPOCH),
              system.time.instant(),
              PageText.of(new byte[] {'{'}));
      assertThat(system.fetchedPages.keep(LOCATION, SetupStep.CONTACTS, unreadable)).isTrue();
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
    }
  }

  /** A call that takes longer than anybody thought, while another worker does all the work. */
  @Nested
  class AWorkerThatStalled {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "details",
          "users",
          "customFields",
          "createField",
          "page",
          "opportunities",
          "events",
          "conversations",
          "messages"
        })
    void changesNothingOfWhatItsSuccessorStored(String call) {
      fill(system);
      system.install();
      system.crm.during(call, this::anotherWorkerDoesAll);

      assertThat(system.setups.run(LOCATION)).isEqualTo(new RunSetupUseCase.Pause.HeldElsewhere());

      assertThat(system.setup.progress(LOCATION)).contains(successors);
      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
      assertThat(system.crm.callCount()).as("it calls no more").isEqualTo(calls);
    }

    @Test
    void changesNothingOfTheRunThatFollowed() {
      fill(system);
      system.install();
      system.crm.during(
          "page",
          () -> {
            anotherWorkerDoesAll();
            system.setup.request(LOCATION, true);
            system.crm.breaks("page", new CrmFailure.Throttled(Duration.ofHours(1), "later"));
            system.setups.run(LOCATION);
            system.crm.worksAgain("page");
            successors = system.setup.progress(LOCATION).orElseThrow();
          });

      system.setups.run(LOCATION);

      assertThat(successors.result(SetupStep.CONTACTS).state()).isEqualTo(StepResult.State.RUNNING);
      assertThat(system.setup.progress(LOCATION)).contains(successors);
    }

    private Setup successors = Setup.NEVER;
    private int calls;

    private void anotherWorkerDoesAll() {
      system.time.advance(SetupLease.DURATION.plusSeconds(1));
      assertThat(system.setups.run(LOCATION)).isEqualTo(new RunSetupUseCase.Pause.Over());
      successors = system.setup.progress(LOCATION).orElseThrow();
      calls = system.crm.callCount();
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Nested
  class AStep {
    /** In the guide what rests on a step that failed went on, and nobody saw it (trap 49). */
    @ParameterizedTest
    @EnumSource(value = SetupStep.class, names = "DEFAULTS", mode = EnumSource.Mode.EXCLUDE)
    void thatFailsLeavesTheOthersDoneAndCanBeRetriedAlone(SetupStep step) {
      fill(system);
      system.install();
      system.crm.breaks(CALLS.get(step), REFUSED);
      system.settle();

      Setup setup = system.setup.progress(LOCATION).orElseThrow();
      assertThat(setup.result(step).state()).isEqualTo(StepResult.State.FAILED);
      assertThat(setup.result(step).note()).contains("x.readonly");
      Set<SetupStep> others = EnumSet.complementOf(EnumSet.of(step));
      for (SetupStep other : others) {
        assertThat(setup.result(other).state())
            .as("%s", other)
            .isEqualTo(
                other.needs().contains(step) ? StepResult.State.SKIPPED : StepResult.State.DONE);
      }

      int details = system.crm.calls("details").size();
      system.crm.worksAgain(CALLS.get(step));
      assertThat(system.setup.retry(LOCATION, step))
          .isInstanceOf(SetupUseCase.Requested.Started.class);
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.crm.calls("details"))
          .hasSize(step == SetupStep.LOCATION_DETAILS ? details + 2 : details);
      assertThat(projects(system)).hasSize(25);
      assertThat(appointments(system)).hasSize(12);
    }

    @ParameterizedTest
    @EnumSource(value = SetupStep.class, names = "DEFAULTS", mode = EnumSource.Mode.EXCLUDE)
    void thatFailsForAPassingReasonLeavesTheOthersDoneAndIsTriedAgainByItself(SetupStep step) {
      fill(system);
      system.install();
      system.crm.breaks(CALLS.get(step), AWAY);
      system.settle();

      Setup setup = system.setup.progress(LOCATION).orElseThrow();
      assertThat(setup.isAtWork()).isFalse();
      assertThat(setup.result(step).isToBeTriedAgain()).isTrue();
      assertThat(setup.result(step).note()).contains("503");
      for (SetupStep other : EnumSet.complementOf(EnumSet.of(step))) {
        assertThat(setup.result(other).state())
            .as("%s", other)
            .isEqualTo(
                other.needs().contains(step) ? StepResult.State.WAITING : StepResult.State.DONE);
      }

      system.crm.worksAgain(CALLS.get(step));
      system.settle();
      assertThat(system.setup.progress(LOCATION)).as("before its time").contains(setup);
      system.time.advance(Duration.ofSeconds(1));
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      boolean isRestedOn =
          EnumSet.allOf(SetupStep.class).stream().anyMatch(other -> other.restsOn().contains(step));
      assertThat(system.setup.progress(LOCATION).orElseThrow().run())
          .as("what did without it is copied again")
          .isEqualTo(isRestedOn ? 2 : 1);
      assertThat(projects(system)).hasSize(25);
      assertThat(appointments(system)).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({
      "CONTACTS, OPPORTUNITIES",
      "CONTACTS, APPOINTMENTS",
      "CUSTOM_FIELDS, OPPORTUNITIES",
      "LOCATION_DETAILS, CONTACTS",
      "LOCATION_DETAILS, APPOINTMENTS"
    })
    void thatRestsOnOneThatFailedSaysSoAndComesAgainOnceThatIsRead(SetupStep base, SetupStep step) {
      fill(system);
      system.install();
      system.crm.breaks(CALLS.get(base), REFUSED);
      system.settle();
      assertThat(told(step)).contains("without").contains(base.key());
      int calls = system.crm.calls(CALLS.get(step)).size();

      system.setup.retry(LOCATION, base);
      system.settle();
      assertThat(system.crm.calls(CALLS.get(step))).as("not yet").hasSize(calls);
      system.crm.worksAgain(CALLS.get(base));
      system.setup.retry(LOCATION, base);
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(told(step)).isEmpty();
      assertThat(system.crm.calls(CALLS.get(step))).hasSizeGreaterThan(calls);
    }

    @Test
    void thatWasCopiedWithoutContactsIsAboutThemAfterTheyWereCopied() {
      fill(system);
      system.install();
      system.crm.breaks("page", REFUSED);
      system.settle();
      assertThat(projects(system))
          .hasSize(25)
          .noneMatch(project -> project.contact().contactId().isPresent());

      system.crm.worksAgain("page");
      system.setup.retry(LOCATION, SetupStep.CONTACTS);
      system.settle();

      assertThat(projects(system))
          .hasSize(25)
          .allMatch(project -> project.contact().contactId().isPresent());
    }

    @Test
    void thatWasCopiedWithoutCustomFieldsHasThemAfterTheyWereRead() {
      GhlCustomFieldId quote = new GhlCustomFieldId("cf-quote");
      system.lists.customFields.add(
          new CustomField(
              quote,
              CustomField.Model.OPPORTUNITY,
              "Quote Number",
              "opportunity.quote_number",
              "TEXT",
              0,
              List.of()));
      system.lists.hasOpportunity(
          FieldChanges.of(ProjectNormalizer.element(quote), FieldValue.text("K-17")));
      system.install();
      system.crm.breaks("customFields", REFUSED);
      system.settle();

      system.crm.worksAgain("customFields");
      system.setup.retry(LOCATION, SetupStep.CUSTOM_FIELDS);
      system.settle();

      assertThat(projects(system))
          .singleElement()
          .matches(
              each -> each.fields().text(ProjectField.QUOTE_NUMBER.fieldName()).equals("K-17"));
    }

    @Test
    void thatListedLessThanItCountedSaysSoAndIsNotTakenForComplete() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      system.crm.countsMoreThanItLists(5);
      system.install();
      system.settle();
      assertThat(told(SetupStep.CONTACTS)).contains("counted 30 and listed 25");
      int pages = system.crm.calls("page").size();

      system.crm.countsMoreThanItLists(0);
      system.time.advance(Duration.ofHours(1));
      system.setup.request(LOCATION, false);
      system.settle();

      assertThat(system.crm.calls("page"))
          .as("three pages of everything, what changed meanwhile, and how many there are")
          .hasSize(pages + 5);
      assertThat(told(SetupStep.CONTACTS)).isEmpty();
    }

    private String told(SetupStep step) {
      return system.setup.progress(LOCATION).orElseThrow().result(step).told();
    }

    @Test
    void isTriedAgainLessAndLessOftenButEveryHour() {
      system.install();
      system.crm.breaks("pipelines", AWAY);
      int attempts = 0;
      while (attempts < 20) {
        system.settle();
        StepResult pipelines = pipelines();
        attempts = pipelines.attempts();
        assertThat(system.crm.calls("pipelines")).hasSize(attempts);
        Duration wait = Duration.between(system.time.instant(), pipelines.nextAttemptAt());
        assertThat(wait)
            .isBetween(Duration.ofMillis(750L << Math.min(attempts - 1, 11)), Duration.ofHours(1));
        system.time.advance(wait);
      }

      system.crm.worksAgain("pipelines");
      system.settle();
      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(pipelines().attempts()).isZero();
    }

    @Test
    void thatIsTriedAgainGoesOnWhereItStopped() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      system.install();
      failsAtPage(3);
      system.settle();
      int pages = system.crm.calls("page").size();
      assertThat(pages).isEqualTo(3);

      system.time.advance(Duration.ofSeconds(1));
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.listed()).hasSize(25);
      assertThat(system.crm.calls("page"))
          .as("the third again, what changed, the count")
          .hasSize(6);
    }

    @Test
    void thatWaitsIsTriedAtOnceWhenSomebodyAsks() {
      fill(system);
      system.time.advance(Duration.ofHours(1));
      system.install();
      failsAtPage(3);
      system.settle();

      assertThat(system.setup.retry(LOCATION, SetupStep.CONTACTS))
          .isInstanceOf(SetupUseCase.Requested.AlreadyRunning.class);
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.crm.calls("page")).hasSize(6);
    }

    @Test
    void thatWaitsMakesRoomForANewSetupOfEverything() {
      system.install();
      system.crm.breaks("pipelines", AWAY);
      system.settle();
      system.crm.worksAgain("pipelines");

      assertThat(system.setup.request(LOCATION, true))
          .isInstanceOf(SetupUseCase.Requested.Started.class);
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.crm.calls("details")).hasSize(4);
    }

    @Test
    void thatWaitsKeepsNobodyFromReadingTheDirectoryAgain() {
      system.install();
      system.settle();
      system.crm.breaks("conversations", AWAY);
      system.setup.request(LOCATION, true);
      system.settle();
      system.time.advance(Duration.ofHours(7));

      system.refreshing.due().forEach(chore -> chore.work().run());

      assertThat(system.refreshing.due()).isEmpty();
    }

    @Test
    void whoseAnswerNobodyUnderstandsDoesNotStopTheOthers() {
      system.install();
      system.crm.breaks(
          "users", new CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind.UNKNOWN, "Not today."));

      system.settle();

      Setup setup = system.setup.progress(LOCATION).orElseThrow();
      assertThat(setup.isAtWork()).isFalse();
      assertThat(setup.result(SetupStep.USERS).isToBeTriedAgain()).isTrue();
      assertThat(setup.result(SetupStep.USERS).note()).contains("Not today.");
    }

    @Test
    void ofDefaultsThatFailsLeavesTheOthersDoneAndCanBeRetriedAlone() {
      system.install();
      for (int i = 0; i < 9; i++) {
        system.defaults.beforeNextPut.isPrecededBy(
            () -> {
              throw new IllegalStateException("no defaults can be stored");
            });
        assertThatThrownBy(() -> system.setups.run(LOCATION))
            .isInstanceOf(IllegalStateException.class);
        system.time.advance(Duration.ofSeconds(1L << i));
      }
      system.settle();

      Setup setup = system.setup.progress(LOCATION).orElseThrow();
      assertThat(setup.result(SetupStep.DEFAULTS).state()).isEqualTo(StepResult.State.FAILED);
      assertThat(states(system)).containsOnlyOnce(StepResult.State.FAILED);
      system.setup.retry(LOCATION, SetupStep.DEFAULTS);
      system.settle();
      assertThat(states(system)).containsOnly(StepResult.State.DONE);
    }

    private StepResult pipelines() {
      return system.setup.progress(LOCATION).orElseThrow().result(SetupStep.PIPELINES);
    }

    private void failsAtPage(int page) {
      for (int i = 1; i < page; i++) {
        system.crm.nextCall(new InMemoryCrm.Fault.Meanwhile(() -> {}));
      }
      system.crm.nextCall(new InMemoryCrm.Fault.Refuse(AWAY));
    }
  }

  @Nested
  class CustomFieldsOfProjects {
    @Test
    void areMadeWhereTheyAreMissingAndNeverTwice() {
      system.install();
      system.settle();

      assertThat(system.crm.calls("createField")).hasSize(3);
      assertThat(location().customFields())
          .containsOnlyKeys("project_title", "quote_number", "signed_date");
      assertThat(system.customFields.list(LOCATION)).isEqualTo(system.lists.customFields);
    }

    @Test
    void areFoundByKeyOrNameOrByWhatWeKnowOfThem() {
      has("cf-title", "Title of the project", "opportunity.project_title", "TEXT");
      has("cf-quote", "Quote Number", "opportunity.quote_number_2", "TEXT");
      has("cf-date", "Signed Date", "opportunity.signed_date", "DATE");
      has("cf-other", "Quote Number", "contact.quote_number", "LARGE_TEXT");
      system.install();
      system.settle();
      rename("cf-date", "opportunity.renamed", "Renamed");

      system.setup.request(LOCATION, true);
      system.settle();

      assertThat(system.crm.calls("createField")).isEmpty();
      assertThat(location().customFields())
          .containsEntry("project_title", new GhlCustomFieldId("cf-title"))
          .containsEntry("quote_number", new GhlCustomFieldId("cf-quote"))
          .containsEntry("signed_date", new GhlCustomFieldId("cf-date"));
    }

    /** In the guide one that could not be made cost the ids of all others (trap 72). */
    @Test
    void thatAreKnownStayKnownWhenAnotherCannotBeMade() {
      has("cf-title", "Project Title", "opportunity.project_title", "TEXT");
      system.crm.breaks("createField", REFUSED);
      system.install();
      system.settle();
      assertThat(location().customFields())
          .isEqualTo(Map.of("project_title", new GhlCustomFieldId("cf-title")));

      system.crm.worksAgain("createField");
      system.setup.retry(LOCATION, SetupStep.CUSTOM_FIELDS);
      system.settle();

      assertThat(location().customFields()).hasSize(3);
      assertThat(states(system)).containsOnly(StepResult.State.DONE);
    }

    /** Somebody may not have granted to make them, or GoHighLevel may refuse one. */
    @Test
    void thatCannotBeMadeDoNotCostTheDefinitionsThatAreThere() {
      has("cf-title", "Project Title", "opportunity.project_title", "TEXT");
      has("cf-size", "Size", "contact.size", "TEXT");
      system.crm.breaks("createField", REFUSED);
      system.install();
      system.settle();

      assertThat(result(system, SetupStep.CUSTOM_FIELDS).state())
          .isEqualTo(StepResult.State.FAILED);
      assertThat(result(system, SetupStep.CUSTOM_FIELDS).note()).contains("x.readonly");
      assertThat(system.customFields.list(LOCATION))
          .extracting(CustomField::crmId)
          .containsExactlyInAnyOrder("cf-title", "cf-size");

      has("cf-age", "Age", "contact.age", "TEXT");
      system.time.advance(Duration.ofHours(7));
      system.refreshing.due().forEach(chore -> chore.work().run());
      assertThat(system.customFields.list(LOCATION))
          .as("they are refreshed all the same")
          .hasSize(3);

      system.crm.worksAgain("createField");
      system.time.advance(Duration.ofHours(7));
      system.refreshing.due().forEach(chore -> chore.work().run());
      assertThat(location().customFields()).hasSize(3);
      assertThat(system.customFields.list(LOCATION)).hasSize(5);
    }

    @Test
    void areFieldsOfOursInProjects() {
      has("cf-quote", "Quote Number", "opportunity.quote_number", "TEXT");
      system.lists.hasOpportunity(
          FieldChanges.of(
              ProjectNormalizer.element(new GhlCustomFieldId("cf-quote")),
              FieldValue.text("K-17")));
      system.install();
      system.settle();

      assertThat(projects(system))
          .singleElement()
          .matches(
              each -> each.fields().text(ProjectField.QUOTE_NUMBER.fieldName()).equals("K-17"));
    }

    private void has(String id, String name, String key, String type) {
      CustomField.Model model =
          key.startsWith("contact") ? CustomField.Model.CONTACT : CustomField.Model.OPPORTUNITY;
      system.lists.customFields.add(
          new CustomField(new GhlCustomFieldId(id), model, name, key, type, 0, List.of()));
    }

    private void rename(String id, String key, String name) {
      system.lists.customFields.removeIf(field -> field.crmId().equals(id));
      has(id, name, key, "DATE");
    }

    private Location location() {
      return system.locations.find(LOCATION).orElseThrow();
    }
  }

  @Nested
  class Appointments {
    @Test
    void areReadInSpansThatAreHalvedUntilTheyAreFewEnough() {
      TestSystem dense =
          new TestSystem(
              new SetupSettings(
                  10,
                  Duration.ofMinutes(10),
                  Duration.ofDays(100),
                  Duration.ofDays(100),
                  Duration.ofDays(31),
                  10));
      Instant now = dense.time.instant();
      for (int calendar = 2; calendar <= 6; calendar++) {
        dense.lists.hasCalendar("cal" + calendar);
      }
      // A busy day of 40, and 60 over half a year; nothing in the calendars between.
      for (int i = 0; i < 40; i++) {
        dense.lists.hasAppointment("cal1", now.plus(Duration.ofMinutes(20L * i)));
      }
      for (int i = 0; i < 60; i++) {
        dense.lists.hasAppointment("cal6", now.plus(Duration.ofDays(3L * i - 90)));
      }
      dense.lists.hasAppointment("cal6", now.minus(Duration.ofDays(101)));
      dense.install();

      dense.settle();

      assertThat(states(dense)).containsOnly(StepResult.State.DONE);
      assertThat(dense.appointments.counts(LOCATION).total()).isEqualTo(100);
      assertThat(dense.appointments.largestBatch()).isLessThanOrEqualTo(10);
      assertThat(dense.crm.calls("events")).hasSizeLessThan(120);
    }

    @Test
    void thatAreTooManyForAnAnswerAreReadInShorterSpansUntilThereIsOne() {
      Instant now = system.time.instant();
      for (int hour = 0; hour < 24 * 100; hour++) {
        system.lists.hasAppointment("cal1", now.plus(Duration.ofHours(hour)));
      }
      system.lists.answersWithEventsUpTo(100);
      system.install();

      settlePatiently();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(system.appointments.counts(LOCATION).total()).isEqualTo(2_400);
    }

    @Test
    void areNotAskedForInShorterAndShorterSpansWithoutEnd() {
      TestSystem daily =
          new TestSystem(
              new SetupSettings(
                  10,
                  Duration.ofMinutes(10),
                  Duration.ofDays(200),
                  Duration.ofDays(300),
                  Duration.ofDays(1),
                  500));
      fill(daily);
      daily.install();
      daily.crm.breaks("events", new CrmFailure.Unavailable("GoHighLevel is away"));
      for (int minutes = 0; minutes < 30; minutes++) {
        daily.setups.run(LOCATION);
        daily.time.advance(Duration.ofMinutes(1));
      }
      assertThat(daily.lists.shortestSpan()).isEqualTo(Duration.ofHours(1));

      daily.crm.worksAgain("events");
      daily.setup.retry(LOCATION, SetupStep.APPOINTMENTS);
      daily.settle();

      assertThat(states(daily)).containsOnly(StepResult.State.DONE);
      assertThat(appointments(daily)).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("com.lpai.application.SetupFlowsTest#refusals")
    void ofACalendarThatIsRefusedAreLeftOutAndThatIsTold(CrmFailure refusal) {
      fill(system);
      system.lists.hasCalendar("cal0");
      system.lists.hasCalendar("cal3");
      system.lists.hasAppointment("cal3", system.time.instant());
      system.lists.refusesCalendar("cal0", refusal);
      system.lists.refusesCalendar("cal2", refusal);
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(appointments(system)).as("six of cal1 and that of cal3").hasSize(7);
      assertThat(told())
          .contains("“Calls cal0”", "“Calls cal2”", "it is gone")
          .doesNotContain("cal1", "cal3");
    }

    @Test
    void ofWhichEveryCalendarIsRefusedFail() {
      fill(system);
      system.lists.refusesCalendar("cal1", new CrmFailure.Forbidden("not for you"));
      system.lists.refusesCalendar("cal2", new CrmFailure.Forbidden("not for you"));
      system.install();

      system.settle();

      Setup setup = system.setup.progress(LOCATION).orElseThrow();
      assertThat(setup.result(SetupStep.APPOINTMENTS).state()).isEqualTo(StepResult.State.FAILED);
      assertThat(told()).startsWith("not for you").contains("“Calls cal1”");
    }

    @Test
    void ofATimeThatIsRefusedAsTooLongAreAskedForInShorterSpans() {
      fill(system);
      system.lists.refusesSpansLongerThan(Duration.ofDays(200));
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(appointments(system)).hasSize(12);
      assertThat(told()).isEmpty();
    }

    @Test
    void thatChangedJustAfterTheyWereCopiedAreReadOnTheirOwn() {
      GhlAppointmentId id = system.lists.hasAppointment("cal1", system.time.instant());
      system.crm.during(
          "conversations",
          () -> system.lists.editsAppointment(id, text(AppointmentField.TITLE, "Visit")));
      system.install();

      system.settle();

      assertThat(appointments(system))
          .singleElement()
          .matches(each -> each.fields().text(AppointmentField.TITLE.fieldName()).equals("Visit"));
      assertThat(system.crm.calls("event")).hasSize(1);
    }

    @Test
    void ofACalendarThatWasMadeMeanwhileAreCopied() {
      fill(system);
      system.crm.during(
          "conversations",
          () -> {
            system.lists.hasCalendar("cal0");
            system.lists.hasAppointment("cal0", system.time.instant());
          });
      system.install();

      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(appointments(system)).hasSize(13);
      assertThat(system.calendars.list(LOCATION)).hasSize(3);
    }

    @Test
    void ofACalendarThatIsFoundLaterAreCopiedAndNothingElse() {
      fill(system);
      system.install();
      system.settle();
      int pages = system.crm.calls("page").size();
      system.lists.hasCalendar("cal0");
      system.lists.hasAppointment("cal0", system.time.instant());
      system.time.advance(Duration.ofHours(6).plusSeconds(1));

      system.refreshing.due().forEach(chore -> chore.work().run());
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(appointments(system)).hasSize(13);
      assertThat(system.crm.calls("page")).hasSize(pages);
    }

    @Test
    void ofACalendarThatARetryOfThatStepFoundAreCopied() {
      fill(system);
      system.install();
      system.settle();
      system.lists.hasCalendar("cal0");
      system.lists.hasAppointment("cal0", system.time.instant());

      system.setup.retry(LOCATION, SetupStep.CALENDARS);
      system.settle();

      assertThat(states(system)).containsOnly(StepResult.State.DONE);
      assertThat(appointments(system)).hasSize(13);
    }

    private String told() {
      return system.setup.progress(LOCATION).orElseThrow().result(SetupStep.APPOINTMENTS).told();
    }

    @Test
    void ofACalendarWithFewOfThemCostFewCalls() {
      system.lists.hasAppointment("cal1", system.time.instant());
      system.install();

      system.settle();

      assertThat(system.crm.calls("events"))
          .as("31, 62, 124, 248, 496 days and the rest, and once more for what changed")
          .hasSize(12);
    }

    private void settlePatiently() {
      Optional<Instant> next = Optional.of(system.time.instant());
      while (next.isPresent()) {
        system.time.set(next.get());
        next =
            system.setups.run(LOCATION) instanceof RunSetupUseCase.Pause.Until(Instant at)
                ? Optional.of(at)
                : nextAttempt();
      }
    }

    private Optional<Instant> nextAttempt() {
      return system.setup.progress(LOCATION).orElseThrow().results().values().stream()
          .filter(StepResult::isToBeTriedAgain)
          .map(StepResult::nextAttemptAt)
          .min(Instant::compareTo);
    }
  }

  @Nested
  class TheDirectory {
    @Test
    void isReadAgainEverySixHoursAndWrittenOnlyWhereItChanged() {
      system.install();
      system.settle();
      assertThat(system.refreshing.due()).isEmpty();
      system.lists.hasCalendar("cal2");
      system.time.advance(Duration.ofHours(6).plusSeconds(1));

      List<Chore> due = system.refreshing.due();
      due.forEach(chore -> chore.work().run());

      assertThat(due).hasSize(5);
      assertThat(system.calendars.list(LOCATION)).extracting(Calendar::crmId).contains("cal2");
      assertThat(system.refreshing.due()).isEmpty();
    }

    @Test
    void thatCannotBeReadStaysAndIsTriedAgainAfterAQuarterOfAnHour() {
      system.install();
      system.settle();
      system.time.advance(Duration.ofHours(7));
      system.crm.breaks("calendars", REFUSED);

      refresh();

      assertThat(system.calendars.list(LOCATION)).hasSize(1);
      assertThat(system.refreshing.due()).isEmpty();
      system.time.advance(Duration.ofMinutes(15).plusSeconds(1));
      system.crm.worksAgain("calendars");
      assertThat(system.refreshing.due()).hasSize(1);
      refresh();
      assertThat(system.refreshing.due()).isEmpty();
    }

    @Test
    void hasUsersBehindAPageOfNobody() {
      system.crm.hasUsers(
          List.of(
              List.of(InMemoryCrm.user("user1")),
              List.of(),
              List.of(InMemoryCrm.user("user2"), InMemoryCrm.user("user1"))));
      system.install();

      system.settle();

      assertThat(system.users.list(LOCATION))
          .extracting(User::crmId)
          .containsExactlyInAnyOrder("user1", "user2");
      assertThat(result(system, SetupStep.USERS).total()).isEqualTo(2);
    }

    /** A CRM that does not heed where a page shall begin tells the same people again. */
    @Test
    void asksForNoMoreUsersWhenAPageTellsOfNobodyNew() {
      List<User> same = List.of(InMemoryCrm.user("user1"), InMemoryCrm.user("user2"));
      system.crm.hasUsers(List.of(same, same, same));
      system.install();

      system.settle();

      assertThat(system.users.list(LOCATION)).hasSize(2);
      assertThat(system.crm.calls("users")).as("two for each of two passes").hasSize(4);
    }

    @Test
    void keepsTheUsersWhenTheirListHasNoEnd() {
      system.install();
      system.settle();
      int before = system.crm.calls("users").size();
      system.crm.hasUsers(Collections.nCopies(1_001, List.of()));
      system.time.advance(Duration.ofHours(7));

      refresh();

      assertThat(system.users.list(LOCATION)).hasSize(1);
      assertThat(system.crm.calls("users")).hasSize(before + 1_000);
    }

    @Test
    void isLeftToWhoeverTookTheSetupOver() {
      fill(system);
      system.install();
      system.crm.during(
          "createField",
          () -> {
            system.time.advance(SetupLease.DURATION.plusSeconds(1));
            assertThat(
                    system.leases.acquire(
                        SetupLease.name(LOCATION),
                        "another",
                        system.time.instant(),
                        SetupLease.DURATION))
                .isPresent();
          });

      assertThat(system.setups.run(LOCATION))
          .isInstanceOf(RunSetupUseCase.Pause.HeldElsewhere.class);

      assertThat(system.crm.calls("createField")).hasSize(1);
      assertThat(result(system, SetupStep.CUSTOM_FIELDS).note()).isEmpty();
    }

    @Test
    void isLeftToASetupThatIsUnderWay() {
      system.install();
      system.settle();
      system.time.advance(Duration.ofHours(7));
      List<Chore> due = system.refreshing.due();
      system.setup.request(LOCATION, true);
      int calls = system.crm.callCount();

      due.forEach(chore -> chore.work().run());

      assertThat(system.crm.callCount()).isEqualTo(calls);
    }

    @Test
    void ofOneLocationIsNotForgottenForTheSetupsOfOthers() {
      system.install();
      system.settle();
      Instant earlier = system.time.instant().minusSeconds(1);
      for (int i = 0; i < 20; i++) {
        LocationId busy = new LocationId("busy" + i);
        Location installed = Location.installed(busy, new CompanyId("company"), earlier);
        assertThat(
                system.locations.save(
                    busy, installed.withSetup(Setup.NEVER.requested(true, earlier))))
            .isPresent();
        for (SetupStep step : SetupStep.values()) {
          system.checkpoints.replace(
              busy, step, Checkpoint.NONE, Checkpoint.NONE.completed(earlier, earlier));
        }
      }
      system.lists.hasCalendar("cal2");
      system.time.advance(Duration.ofHours(6).plusSeconds(1));

      refresh();
      assertThat(system.calendars.list(LOCATION)).as("the others are older").hasSize(1);
      refresh();

      assertThat(system.calendars.list(LOCATION)).hasSize(2);
    }

    @Test
    void thatMeetsAFaultOfOursIsNotTriedWithoutEnd() {
      system.install();
      system.settle();
      system.time.advance(Duration.ofHours(7));
      system.crm.during(
          "calendars",
          () -> {
            throw new IllegalStateException("a fault");
          });

      assertThat(refreshedInSpiteOf(IllegalStateException.class)).isEqualTo(4);

      assertThat(system.refreshing.due()).isEmpty();
      system.time.advance(Duration.ofMinutes(15).plusSeconds(1));
      assertThat(system.refreshing.due()).hasSize(1);
    }

    @Test
    void isTriedAgainAtOnceWhenTheDatabaseIsBack() {
      system.install();
      system.settle();
      system.time.advance(Duration.ofHours(7));
      system.crm.during(
          "calendars",
          () -> {
            throw new StorageUnavailableException("away", new IllegalStateException());
          });

      assertThat(refreshedInSpiteOf(StorageUnavailableException.class)).isEqualTo(4);

      assertThat(system.refreshing.due()).hasSize(1);
    }

    private int refreshedInSpiteOf(Class<? extends RuntimeException> expected) {
      int refreshed = 0;
      for (Chore chore : system.refreshing.due()) {
        try {
          chore.work().run();
          refreshed++;
        } catch (RuntimeException fault) {
          assertThat(fault).isInstanceOf(expected);
        }
      }
      return refreshed;
    }

    private void refresh() {
      system.refreshing.due().forEach(chore -> chore.work().run());
    }
  }

  @Nested
  class AnOlderVersion {
    @Test
    void leftALocationThatIsSetUpAgainWithTheStepsItDidNotKnow() {
      fill(system);
      system.install();
      system.settle();
      Location location = system.locations.find(LOCATION).orElseThrow();
      Setup setup = location.setup();
      Map<SetupStep, StepResult> three = new EnumMap<>(setup.results());
      three
          .keySet()
          .retainAll(EnumSet.of(SetupStep.LOCATION_DETAILS, SetupStep.USERS, SetupStep.CONTACTS));
      Setup old = new Setup(setup.run(), true, setup.requestedAt(), three);
      assertThat(system.locations.save(LOCATION, location.withSetup(old))).isPresent();
      system.time.advance(Duration.ofMinutes(1));

      system.settle();

      assertThat(states(system))
          .hasSize(SetupStep.values().length)
          .containsOnly(StepResult.State.DONE);
    }
  }

  // ---- words for the tests above

  private static StepResult result(TestSystem system, SetupStep step) {
    return system.setup.progress(LOCATION).orElseThrow().result(step);
  }

  /** Every kind of failure. */
  static List<CrmFailure> failures() {
    return List.of(
        new CrmFailure.Throttled(Duration.ofSeconds(30), "later"),
        AWAY,
        new CrmFailure.OutcomeUnknown("no answer"),
        new CrmFailure.RefusedOrDone(List.of(), "no"),
        REFUSED,
        new CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind.NOT_CONNECTED, "no token"),
        new CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind.UNKNOWN, "Not today."),
        new CrmFailure.Forbidden("no"),
        new CrmFailure.NotFound("no"),
        new CrmFailure.AlreadyExists("c1", "no"),
        new CrmFailure.Rejected(List.of(), "no"));
  }

  static List<CrmFailure> refusals() {
    return List.of(
        new CrmFailure.NotFound("it is gone"),
        new CrmFailure.Forbidden("it is gone"),
        new CrmFailure.Rejected(List.of(), "it is gone"));
  }

  private static List<StepResult.State> states(TestSystem system) {
    return system.setup.progress(LOCATION).orElseThrow().results().values().stream()
        .map(StepResult::state)
        .toList();
  }

  private static List<Project> projects(TestSystem system) {
    return system.projects.list(LOCATION, ProjectQuery.all(200, "")).items();
  }

  private static List<Appointment> appointments(TestSystem system) {
    Instant now = system.time.instant();
    return system
        .appointments
        .list(
            LOCATION,
            AppointmentQuery.between(
                now.minus(Duration.ofDays(2_000)), now.plus(Duration.ofDays(2_000)), 200, ""))
        .items();
  }

  private static String status(Appointment appointment) {
    return appointment.fields().text(AppointmentField.STATUS.fieldName());
  }

  private static FieldName city() {
    return ContactField.CITY.fieldName();
  }

  private static FieldChanges text(MirroredField field, String value) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(value));
  }
}
