package com.lpai.architecture.model;

import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.limit.CallGate;
import com.lpai.adapter.ghl.limit.CircuitBreakers;
import com.lpai.application.appointment.AppointmentUseCases;
import com.lpai.application.connection.CompanyConnections;
import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.contact.ContactUseCases;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.contact.MissingContacts;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.mirror.Intake;
import com.lpai.application.project.ProjectUseCases;
import com.lpai.application.push.PushUseCase;
import com.lpai.application.push.PushUseCases;
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
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Chore;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.dev.sandbox.SandboxConfig;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.OpenBudget;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * One process of ours, as {@code Rings} wires it, on stores that outlive it. No thread works on its
 * own here: each piece of background work is called for.
 */
final class Server implements Hands {
  private static final Duration CALL_LEASE = Duration.ofSeconds(30);

  private static final GhlSettings GHL =
      GhlSettings.of(
          InProcessGhl.BASE,
          InProcessGhl.BASE,
          SandboxConfig.CLIENT_ID,
          new Secret(SandboxConfig.CLIENT_SECRET),
          URI.create("http://localhost:9080/api/oauth/callback"));

  /** A client takes longer to be made than a run; which tokens and clock it has is told to it. */
  private static final AtomicReference<Server> CALLING = new AtomicReference<>();

  private static final AtomicReference<InstantSource> TIME =
      new AtomicReference<>(InstantSource.system());

  private static final class Clients {
    private static final InstantSource CLOCK = () -> TIME.get().instant();
    private static final CrmOAuth OAUTH = GhlAdapter.oauth(GHL, CLOCK);
    private static final GhlAdapter CRM = GhlAdapter.of(GHL, new CurrentTokens(), gate());
    private static final TokenProof<LocationId> PROOF = GhlAdapter.locationProof(GHL, gate());
    private static final TokenProof<CompanyId> COMPANY_PROOF = GhlAdapter.companyProof(GHL, gate());
    private static final CrmCompanies COMPANIES =
        GhlAdapter.companies(GHL, new NoTokens(), gate(), CLOCK);

    private static <O> CallGate<O> gate() {
      return new CallGate<>(new OpenBudget<>(), new CircuitBreakers("GoHighLevel", CLOCK));
    }
  }

  private static final class CurrentTokens implements AccessTokens<LocationId> {
    private static AccessTokens<LocationId> tokens() {
      return CALLING.get().connecting.tokens();
    }

    @Override
    public Answer current(LocationId owner) {
      return tokens().current(owner);
    }

    @Override
    public Answer renewed(LocationId owner, Secret refused) {
      return tokens().renewed(owner, refused);
    }

    @Override
    public void worked(LocationId owner, Secret token) {
      tokens().worked(owner, token);
    }

    @Override
    public void notActive(LocationId owner, Secret token, String message) {
      tokens().notActive(owner, token, message);
    }
  }

  /** No company of the model has the app. */
  private static final class NoTokens implements AccessTokens<CompanyId> {
    private static final Answer NONE = new Answer.NotConnected("no company has the app");

    @Override
    public Answer current(CompanyId owner) {
      return NONE;
    }

    @Override
    public Answer renewed(CompanyId owner, Secret refused) {
      return NONE;
    }

    @Override
    public void worked(CompanyId owner, Secret token) {}

    @Override
    public void notActive(CompanyId owner, Secret token, String message) {}
  }

  final Outside outside = new Outside();
  final ConnectionUseCases connecting;
  final SetupUseCase setup;
  final RunSetupUseCase setups;
  private final EditContactsUseCase contacts;
  private final EditAboutContactUseCase<ProjectId, Project> projects;
  private final EditAboutContactUseCase<AppointmentId, Appointment> appointments;
  private final PushUseCases pushes;
  private final AcceptWebhookUseCase accepting;
  private final ProcessWebhooksUseCase processing;

  /**
   * Starts a process.
   *
   * @param time ours
   * @param token makes tokens
   * @param jitter between 0 and 1
   * @param pause lets time pass
   */
  Server(
      Stores kept,
      String name,
      InstantSource time,
      Supplier<String> token,
      DoubleSupplier jitter,
      Consumer<Duration> pause) {
    TIME.set(time);
    Instance instance = new Instance(name, time, token, jitter);
    ContactRepository contactStore = outside.reached(ContactRepository.class, kept.contacts);
    ProjectRepository projectStore = outside.reached(ProjectRepository.class, kept.projects);
    AppointmentRepository appointmentStore =
        outside.reached(AppointmentRepository.class, kept.appointments);
    LocationRepository locations = outside.reached(LocationRepository.class, kept.locations);
    ConnectionRepository connections =
        outside.reached(ConnectionRepository.class, kept.connections);
    WebhookQueue queue = outside.reached(WebhookQueue.class, kept.queue);
    Leases leases = outside.reached(Leases.class, kept.leases);
    CrmContacts crmContacts = outside.reached(CrmContacts.class, Clients.CRM.contacts());
    CrmOpportunities crmOpportunities =
        outside.reached(CrmOpportunities.class, Clients.CRM.opportunities());
    CrmAppointments crmAppointments =
        outside.reached(CrmAppointments.class, Clients.CRM.appointments());
    CrmLocations crmLocations = Clients.CRM.locations();
    CrmOAuth oauth = outside.reached(CrmOAuth.class, Clients.OAUTH);
    ContactNormalizer normalizer = new ContactNormalizer(GhlAdapter.phoneNumbers());

    setup = SetupUseCases.requests(locations, connections, WorkSignals.SILENT, instance);
    CompanyConnections companies =
        CompanyConnections.of(
            kept.companies, oauth, Clients.COMPANY_PROOF, pause::accept, instance);
    connecting =
        ConnectionUseCases.of(
            companies,
            connections,
            kept.discoveries,
            locations,
            kept.erasures,
            kept.states,
            oauth,
            Clients.COMPANIES,
            Clients.PROOF,
            setup,
            queue,
            leases,
            pause::accept,
            instance);
    Intake<GhlContactId> intake =
        ContactUseCases.intake(
            contactStore,
            locations,
            normalizer,
            ContactUseCases.linking(List.of(projectStore, appointmentStore)),
            WorkSignals.SILENT,
            instance);
    MissingContacts bringing = ContactUseCases.bringing(crmContacts, intake, instance);
    DirectoryReadings.Stores directory =
        new DirectoryReadings.Stores(
            kept.pipelines, kept.calendars, kept.users, kept.customFields, kept.customValues);
    DirectoryReadings readings =
        DirectoryReadings.of(
            new DirectoryReadings.Sources(
                Clients.CRM.pipelines(),
                Clients.CRM.calendars(),
                Clients.CRM.users(),
                Clients.CRM.customFields(),
                Clients.CRM.customValues()),
            directory,
            locations,
            location -> setup.include(location, SetupStep.APPOINTMENTS));
    contacts =
        ContactUseCases.editing(contactStore, locations, normalizer, WorkSignals.SILENT, instance);
    projects =
        ProjectUseCases.editing(
            projectStore, contactStore, locations, directory, WorkSignals.SILENT, instance);
    appointments =
        AppointmentUseCases.editing(
            appointmentStore, contactStore, directory, WorkSignals.SILENT, instance);
    pushes =
        PushUseCases.of(
            new PushUseCases.Stores(
                contactStore,
                kept.contacts,
                projectStore,
                kept.projects,
                appointmentStore,
                kept.appointments,
                kept.outgoingMessages,
                kept.outgoingMessages,
                connections,
                locations),
            new PushUseCases.Targets(
                crmContacts, crmOpportunities, crmAppointments, Clients.CRM.outgoingMessages()),
            new PushUseCases.Intakes(
                intake,
                ProjectUseCases.intake(
                    projectStore, contactStore, locations, MissingContacts.LEFT_ALONE, instance),
                AppointmentUseCases.intake(
                    appointmentStore,
                    contactStore,
                    locations,
                    MissingContacts.LEFT_ALONE,
                    instance)),
            RetryPolicy.STANDARD,
            CALL_LEASE,
            WorkSignals.SILENT,
            instance);
    WebhookAuthenticator unsigned =
        (body, signature, legacy) -> WebhookAuthenticator.Verdict.GENUINE;
    accepting =
        WebhookUseCases.accepting(
            unsigned,
            GhlAdapter.webhookDecoder(),
            queue,
            kept.erasures,
            AcceptanceRules.of(GHL.appId()),
            new IngestCounters(),
            WorkSignals.SILENT,
            instance);
    processing =
        WebhookUseCases.processing(
            queue,
            GhlAdapter.webhookDecoder(),
            kept.erasures,
            connections,
            new EventSources(
                crmLocations,
                Clients.CRM.users(),
                crmContacts,
                crmOpportunities,
                crmAppointments,
                Clients.CRM.conversations()),
            new EventTargets(
                locations,
                kept.users,
                intake,
                ProjectUseCases.intake(projectStore, contactStore, locations, bringing, instance),
                AppointmentUseCases.intake(
                    appointmentStore, contactStore, locations, bringing, instance),
                kept.conversations,
                kept.messages),
            connecting,
            setup,
            EventOrder.STANDARD,
            Duration.ofSeconds(60),
            instance);
    setups =
        SetupUseCases.running(
            locations,
            connections,
            outside.reached(Checkpoints.class, kept.checkpoints),
            kept.fetchedPages,
            leases,
            new SetupSources(
                crmLocations,
                readings,
                crmContacts,
                crmOpportunities,
                crmAppointments,
                Clients.CRM.conversations()),
            new SetupTargets(
                intake,
                ProjectUseCases.intake(
                    projectStore, contactStore, locations, MissingContacts.LEFT_ALONE, instance),
                AppointmentUseCases.intake(
                    appointmentStore,
                    contactStore,
                    locations,
                    MissingContacts.LEFT_ALONE,
                    instance),
                appointmentStore,
                kept.calendars,
                kept.conversations,
                kept.messages,
                kept.defaults,
                new Defaults(List.of(), List.of(), List.of())),
            setup,
            SetupSettings.STANDARD.withAppointments(Duration.ofDays(15), Duration.ofDays(15)),
            Runnable::run,
            instance);
  }

  // ---- what persons do; nothing else happens meanwhile

  @Override
  public void create(ModelKind kind, Optional<ContactId> about, FieldChanges values) {
    outside.undisturbed(() -> requireStored(created(kind, about, values)));
  }

  private EditOutcome<? extends Mirrored<?, ?, ?>> created(
      ModelKind kind, Optional<ContactId> about, FieldChanges values) {
    Supplier<ContactReference> contact = () -> new ContactReference.Resolved(about.orElseThrow());
    return switch (kind) {
      case CONTACT -> contacts.create(SyncRun.LOCATION, values, MirrorFixture.SOMEBODY);
      case PROJECT ->
          projects.create(SyncRun.LOCATION, contact.get(), values, MirrorFixture.SOMEBODY);
      case APPOINTMENT ->
          appointments.create(SyncRun.LOCATION, contact.get(), values, MirrorFixture.SOMEBODY);
    };
  }

  @Override
  public void edit(ModelKind kind, Mirrored<?, ?, ?> record, FieldChanges changes) {
    outside.undisturbed(() -> requireStored(edited(kind, record, changes)));
  }

  private EditOutcome<? extends Mirrored<?, ?, ?>> edited(
      ModelKind kind, Mirrored<?, ?, ?> record, FieldChanges changes) {
    return switch (kind) {
      case CONTACT ->
          contacts.edit(
              SyncRun.LOCATION,
              (ContactId) record.id(),
              changes,
              OptionalLong.empty(),
              MirrorFixture.SOMEBODY);
      case PROJECT ->
          projects.edit(
              SyncRun.LOCATION,
              (ProjectId) record.id(),
              ContactReference.none(),
              changes,
              OptionalLong.empty(),
              MirrorFixture.SOMEBODY);
      case APPOINTMENT ->
          appointments.edit(
              SyncRun.LOCATION,
              (AppointmentId) record.id(),
              ContactReference.none(),
              changes,
              OptionalLong.empty(),
              MirrorFixture.SOMEBODY);
    };
  }

  private static void requireStored(EditOutcome<? extends Mirrored<?, ?, ?>> outcome) {
    if (!(outcome instanceof EditOutcome.Stored<?>)) {
      throw new AssertionError("refused: " + outcome);
    }
  }

  @Override
  public void delete(ModelKind kind, Mirrored<?, ?, ?> record) {
    outside.undisturbed(() -> deleteNow(kind, record));
  }

  private void deleteNow(ModelKind kind, Mirrored<?, ?, ?> record) {
    switch (kind) {
      case CONTACT ->
          contacts.delete(SyncRun.LOCATION, (ContactId) record.id(), OptionalLong.empty());
      case PROJECT ->
          projects.delete(SyncRun.LOCATION, (ProjectId) record.id(), OptionalLong.empty());
      case APPOINTMENT ->
          appointments.delete(SyncRun.LOCATION, (AppointmentId) record.id(), OptionalLong.empty());
    }
  }

  @Override
  public void retry(ModelKind kind, Mirrored<?, ?, ?> record) {
    switch (kind) {
      case CONTACT -> contacts.retry(SyncRun.LOCATION, (ContactId) record.id());
      case PROJECT -> projects.retry(SyncRun.LOCATION, (ProjectId) record.id());
      case APPOINTMENT -> appointments.retry(SyncRun.LOCATION, (AppointmentId) record.id());
    }
  }

  // ---- what time does

  /** Takes one webhook in. */
  void receive(String body) {
    calling();
    accepting.accept(RawBody.of(body.getBytes(StandardCharsets.UTF_8)), "", "");
  }

  /** Applies the webhooks that are due. */
  void processWebhooks() {
    calling();
    List<Claim> claims = processing.claim(10);
    while (!claims.isEmpty()) {
      claims.forEach(processing::process);
      claims = processing.claim(10);
    }
  }

  /** Tells GoHighLevel what is due. */
  void push() {
    calling();
    pushes.all().forEach(Server::push);
  }

  private static <I> void push(PushUseCase<I> kind) {
    for (Due<I> due : kind.due(10_000)) {
      kind.push(due.locationId(), due.id());
    }
  }

  /** Goes on with the setup. */
  void runSetup() {
    calling();
    for (LocationId location : setups.unfinished()) {
      RunSetupUseCase.Pause pause = setups.run(location);
      if (pause instanceof RunSetupUseCase.Pause.HeldElsewhere) {
        return;
      }
    }
  }

  void doChores() {
    calling();
    connecting.chores().due().stream().map(Chore::work).forEach(Runnable::run);
  }

  /** Does something in the midst of a call of another process, which then goes on. */
  void whileOthersCall(Runnable work) {
    Server before = CALLING.get();
    try {
      work.run();
    } finally {
      CALLING.set(before);
    }
  }

  /** Calls of GoHighLevel take this process's tokens. */
  private void calling() {
    CALLING.set(this);
  }
}
