package com.lpai.application.testing;

import com.lpai.application.appointment.AppointmentUseCases;
import com.lpai.application.connection.CompanyConnections;
import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.contact.ContactQueries;
import com.lpai.application.contact.ContactUseCases;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.contact.MissingContacts;
import com.lpai.application.conversation.ConversationUseCases;
import com.lpai.application.conversation.SendMessagesUseCase;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.directory.DirectoryUseCases;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.erasure.ErasureUseCases;
import com.lpai.application.health.CountedStores;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.HealthUseCases;
import com.lpai.application.health.ReconciledStores;
import com.lpai.application.mirror.Intake;
import com.lpai.application.overlay.Overlay;
import com.lpai.application.project.ProjectUseCases;
import com.lpai.application.push.PushUseCase;
import com.lpai.application.push.PushUseCases;
import com.lpai.application.reconcile.ReconcileSettings;
import com.lpai.application.reconcile.ReconcileUseCases;
import com.lpai.application.setup.RunSetupUseCase;
import com.lpai.application.setup.SetupSettings;
import com.lpai.application.setup.SetupSources;
import com.lpai.application.setup.SetupTargets;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.SetupUseCases;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptanceRules;
import com.lpai.application.webhook.EventSources;
import com.lpai.application.webhook.EventTargets;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.ProcessWebhooksUseCase;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.appointment.InMemoryAppointments;
import com.lpai.domain.company.InMemoryCompanies;
import com.lpai.domain.company.InMemoryDiscoveries;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.InMemoryConnections;
import com.lpai.domain.connection.InMemoryOAuthStates;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.contact.InMemoryContacts;
import com.lpai.domain.conversation.InMemoryConversations;
import com.lpai.domain.conversation.InMemoryMessages;
import com.lpai.domain.conversation.InMemoryOutgoingMessages;
import com.lpai.domain.crm.OpenBudget;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.InMemoryDefaults;
import com.lpai.domain.defaults.Library;
import com.lpai.domain.defaults.Template;
import com.lpai.domain.defaults.Terms;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.InMemoryDirectory;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.erasure.InMemoryErasures;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.InMemoryProjects;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.reconcile.InMemoryDifferences;
import com.lpai.domain.reconcile.InMemoryReconciliations;
import com.lpai.domain.setup.InMemoryCheckpoints;
import com.lpai.domain.setup.InMemoryFetchedPages;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.InMemoryLeases;
import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every use case wired on in-memory adapters, in one JVM: swapping adapters is a promise of the
 * design. No thread works on its own here; {@link #settle} does the background work.
 */
public final class TestSystem {
  public static final LocationId LOCATION = new LocationId("loc1");
  public static final String APP_ID = "app";
  public static final Defaults DEFAULTS =
      new Defaults(
          List.of(new Terms("Terms", "We are nice.", "1")),
          List.of(new Template(Template.Kind.SMS, "Reminder", "", "See you")),
          List.of(new Library("Labour", List.of())));

  public final MutableInstantSource time =
      MutableInstantSource.aClockAt(Instant.parse("2026-11-22T10:00:00Z"));
  public final InMemoryCrm crm = new InMemoryCrm(time);
  public final InMemoryContacts contacts = new InMemoryContacts();
  public final InMemoryLocations locations = new InMemoryLocations();
  public final InMemoryConnections connections = new InMemoryConnections();
  public final InMemoryCompanies companies = new InMemoryCompanies();
  public final InMemoryDiscoveries discoveries = new InMemoryDiscoveries();
  public final InMemoryErasures erasures =
      new InMemoryErasures(Map.of("connections", connections::remove));
  public final InMemoryCrmLists lists = new InMemoryCrmLists(crm, time);
  public final InMemoryProjects projects = new InMemoryProjects();
  public final InMemoryAppointments appointments = new InMemoryAppointments();
  public final InMemoryConversations conversations = new InMemoryConversations();
  public final InMemoryMessages messages = new InMemoryMessages();
  public final InMemoryOutgoingMessages outgoingMessages = new InMemoryOutgoingMessages();
  public final InMemoryDefaults defaults = new InMemoryDefaults();
  public final InMemoryDirectory<User> users = new InMemoryDirectory<>();
  public final InMemoryDirectory<Calendar> calendars = new InMemoryDirectory<>();
  public final InMemoryDirectory<Pipeline> pipelines = new InMemoryDirectory<>();
  public final InMemoryDirectory<CustomField> customFields = new InMemoryDirectory<>();
  public final InMemoryDirectory<CustomValue> customValues = new InMemoryDirectory<>();
  public final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
  public final InMemoryFetchedPages fetchedPages = new InMemoryFetchedPages();
  public final InMemoryLeases leases = new InMemoryLeases();
  public final InMemoryReconciliations reconciliations = new InMemoryReconciliations();
  public final InMemoryDifferences differences = new InMemoryDifferences();
  public final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
  public final TestWebhooks webhooks = new TestWebhooks();

  private Executor fetching = Runnable::run;
  private Runnable beforeNextPause = () -> {};
  private final AtomicInteger tokens = new AtomicInteger();
  public final Instance instance =
      new Instance("instance1", time, () -> "token" + tokens.incrementAndGet(), () -> 0.5);
  private final ContactNormalizer normalizer =
      new ContactNormalizer((number, country) -> Optional.of(number));
  private final IngestCounters counters = new IngestCounters();

  public final SetupUseCase setup =
      SetupUseCases.requests(locations, connections, WorkSignals.SILENT, instance);
  public final CompanyConnections companyConnections =
      CompanyConnections.of(companies, crm, crm.proof(), this::pause, instance);
  public final ConnectionUseCases connecting =
      ConnectionUseCases.of(
          companyConnections,
          connections,
          discoveries,
          locations,
          erasures,
          new InMemoryOAuthStates(),
          crm,
          crm,
          crm.proof(),
          setup,
          queue,
          leases,
          this::pause,
          instance);
  public final AccessTokens<LocationId> accessTokens = connecting.tokens();
  public final InstallAppUseCase installing = connecting.installing();
  public final ErasureUseCases erasing = ErasureUseCases.of(erasures, instance);
  public final EditContactsUseCase editing =
      ContactUseCases.editing(contacts, locations, normalizer, WorkSignals.SILENT, instance);
  public final ContactQueries queries = ContactUseCases.queries(contacts);
  public final Intake<GhlContactId> intake =
      ContactUseCases.intake(
          contacts,
          locations,
          normalizer,
          ContactUseCases.linking(List.of(projects, appointments)),
          WorkSignals.SILENT,
          instance);
  private final DirectoryReadings.Stores directoryStores =
      new DirectoryReadings.Stores(pipelines, calendars, users, customFields, customValues);
  public final PushUseCases pushes =
      PushUseCases.of(
          new PushUseCases.Stores(
              contacts,
              contacts,
              projects,
              projects,
              appointments,
              appointments,
              outgoingMessages,
              outgoingMessages,
              connections,
              locations),
          new PushUseCases.Targets(
              crm, lists.opportunities(), lists.appointments(), lists.outgoingMessages()),
          intakes(),
          RetryPolicy.STANDARD,
          Duration.ofSeconds(30),
          WorkSignals.SILENT,
          instance);
  public final PushUseCase<ContactId> pushing = pushes.contacts();
  public final EditAboutContactUseCase<ProjectId, Project> editingProjects =
      ProjectUseCases.editing(
          projects, contacts, locations, directoryStores, WorkSignals.SILENT, instance);
  public final EditAboutContactUseCase<AppointmentId, Appointment> editingAppointments =
      AppointmentUseCases.editing(
          appointments, contacts, directoryStores, WorkSignals.SILENT, instance);
  public final SendMessagesUseCase sendingMessages =
      ConversationUseCases.sending(
          outgoingMessages, conversations, contacts, WorkSignals.SILENT, instance);
  private final DirectoryReadings readings =
      DirectoryReadings.of(
          lists.directory(),
          directoryStores,
          locations,
          location -> setup.include(location, SetupStep.APPOINTMENTS));
  public final RunSetupUseCase setups;
  public final ReconcileUseCases reconciling;
  public final Chores refreshing =
      DirectoryUseCases.refreshing(
          readings,
          locations,
          checkpoints,
          leases,
          Duration.ofHours(6),
          Duration.ofMinutes(15),
          instance);
  public final AcceptWebhookUseCase accepting =
      WebhookUseCases.accepting(
          webhooks,
          webhooks,
          queue,
          erasures,
          AcceptanceRules.of(APP_ID),
          counters,
          WorkSignals.SILENT,
          instance);
  public final ProcessWebhooksUseCase processing = processing(webhooks);
  public final TryWebhooksUseCase trying =
      WebhookUseCases.trying(
          queue,
          webhooks,
          connections,
          new Overlay.Stores(locations, contacts, projects, appointments, conversations, messages),
          normalizer,
          EventOrder.STANDARD,
          instance);
  public final HealthQueries health =
      HealthUseCases.queries(
          locations,
          connections,
          companies,
          discoveries,
          new ScopeCheck(Set.of()),
          new ScopeCheck(Set.of()),
          new CountedStores(
              contacts,
              projects,
              appointments,
              directoryStores,
              conversations,
              messages,
              outgoingMessages,
              List.of(contacts, projects, appointments),
              outgoingMessages),
          new ReconciledStores(reconciliations, differences),
          queue,
          counters,
          time,
          new OpenBudget<>(),
          new OpenBudget<>());

  /** Applying events whose bodies this reads. */
  public ProcessWebhooksUseCase processing(WebhookDecoder decoder) {
    return WebhookUseCases.processing(
        queue,
        decoder,
        erasures,
        connections,
        eventSources(),
        eventTargets(),
        connecting,
        setup,
        EventOrder.STANDARD,
        Duration.ofSeconds(60),
        instance);
  }

  public EventSources eventSources() {
    return new EventSources(
        crm, crm, crm, lists.opportunities(), lists.appointments(), lists.conversations());
  }

  public EventTargets eventTargets() {
    MissingContacts bringing = ContactUseCases.bringing(crm, intake, instance);
    return new EventTargets(
        locations,
        users,
        intake,
        projectIntake(bringing),
        appointmentIntake(bringing),
        conversations,
        messages);
  }

  /** How what the CRM has already is read by pushes. */
  public PushUseCases.Intakes intakes() {
    return new PushUseCases.Intakes(
        intake,
        projectIntake(MissingContacts.LEFT_ALONE),
        appointmentIntake(MissingContacts.LEFT_ALONE));
  }

  private Intake<GhlOpportunityId> projectIntake(MissingContacts missing) {
    return ProjectUseCases.intake(projects, contacts, locations, missing, instance);
  }

  private Intake<GhlAppointmentId> appointmentIntake(MissingContacts missing) {
    return AppointmentUseCases.intake(appointments, contacts, locations, missing, instance);
  }

  public TestSystem() {
    this(SetupSettings.STANDARD.withPages(10));
  }

  public TestSystem(SetupSettings settings) {
    setups =
        SetupUseCases.running(
            locations,
            connections,
            checkpoints,
            fetchedPages,
            leases,
            new SetupSources(
                crm,
                readings,
                crm,
                lists.opportunities(),
                lists.appointments(),
                lists.conversations()),
            new SetupTargets(
                intake,
                projectIntake(MissingContacts.LEFT_ALONE),
                appointmentIntake(MissingContacts.LEFT_ALONE),
                appointments,
                calendars,
                conversations,
                messages,
                defaults,
                DEFAULTS),
            setup,
            settings,
            work -> fetching.execute(work),
            instance);
    reconciling = reconcilingBy(instance);
  }

  /** Reconciliation as another instance does it, on the same stores. */
  public ReconcileUseCases reconcilingBy(Instance other) {
    return ReconcileUseCases.of(
        new ReconcileUseCases.Stores(
            locations,
            contacts,
            projects,
            appointments,
            calendars,
            checkpoints,
            reconciliations,
            differences,
            leases),
        new ReconcileUseCases.Sources(
            crm, lists.opportunities(), lists.appointments(), lists.directory().calendars()),
        new ReconcileUseCases.Intakes(
            intake,
            projectIntake(ContactUseCases.bringing(crm, intake, instance)),
            appointmentIntake(ContactUseCases.bringing(crm, intake, instance))),
        ReconcileSettings.STANDARD,
        WorkSignals.SILENT,
        other);
  }

  /** Does what of reconciliation is due now, until nothing is. */
  public void reconcile() {
    for (int round = 0; round < 50; round++) {
      List<Chore> due = reconciling.chores().due();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(chore -> chore.work().run());
    }
    throw new AssertionError("There is no end to it");
  }

  /** Fetches pages ahead by this instead of at once. */
  public void fetchesAheadBy(Executor threads) {
    fetching = threads;
  }

  /** A system in which the location has installed the app and its setup is over. */
  public static TestSystem installed() {
    TestSystem system = new TestSystem();
    system.install();
    system.settle();
    return system;
  }

  public InstallAppUseCase.Outcome install() {
    return installing.complete(new Secret(LOCATION.value()), "", "");
  }

  public InstallAppUseCase.Outcome installAgain() {
    return installing.complete(new Secret(LOCATION.value() + "#again" + time.instant()), "", "");
  }

  /** This happens while the next one waits for another instance. */
  public void beforeNextPause(Runnable happening) {
    beforeNextPause = happening;
  }

  private void pause(Duration duration) {
    beforeNextPause.run();
    beforeNextPause = () -> {};
    time.advance(duration);
  }

  /** Does the chores that are due now; what comes due by them is done too. */
  public void doChores() {
    for (int round = 0; round < 20; round++) {
      List<Chore> due = connecting.chores().due();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(chore -> chore.work().run());
    }
  }

  /** Does all background work that is due now. */
  public void settle() {
    doChores();
    for (LocationId locationId : setups.unfinished()) {
      setups.run(locationId);
    }
    drainWebhooks();
    pushes.all().forEach(TestSystem::push);
  }

  private static <I> void push(PushUseCase<I> kind) {
    for (Due<I> due : kind.due(100)) {
      kind.push(due.locationId(), due.id());
    }
  }

  public void drainWebhooks() {
    List<Claim> claims = processing.claim(10);
    while (!claims.isEmpty()) {
      claims.forEach(processing::process);
      claims = processing.claim(10);
    }
  }

  /** An event arrives, correctly signed. */
  public AcceptWebhookUseCase.Outcome receive(String body) {
    return accepting.accept(RawBody.of(body.getBytes(StandardCharsets.UTF_8)), "good", "");
  }

  public List<Contact> listed() {
    return queries.list(LOCATION, ContactQuery.all(200, "")).items();
  }

  public Contact only() {
    List<Contact> all = listed();
    if (all.size() != 1) {
      throw new AssertionError("one contact expected, there are " + all.size());
    }
    return all.get(0);
  }

  // ---- the language of the tests

  public static FieldName name(ContactField field) {
    return field.fieldName();
  }

  public static FieldChanges named(String first, String email) {
    return FieldChanges.of(ContactField.FIRST_NAME.fieldName(), FieldValue.text(first))
        .with(ContactField.EMAIL.fieldName(), FieldValue.text(email));
  }

  public static FieldChanges set(ContactField field, String value) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(value));
  }
}
