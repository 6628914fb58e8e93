package com.lpai.boot;

import com.lpai.adapter.ghl.Feature;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.limit.CallLimits;
import com.lpai.adapter.ghl.limit.Limits;
import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.application.appointment.AppointmentQueries;
import com.lpai.application.appointment.AppointmentUseCases;
import com.lpai.application.conflict.ConflictUseCases;
import com.lpai.application.conflict.ConflictsUseCase;
import com.lpai.application.connection.CompanyConnections;
import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.contact.ContactQueries;
import com.lpai.application.contact.ContactUseCases;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.contact.MissingContacts;
import com.lpai.application.conversation.ConversationQueries;
import com.lpai.application.conversation.ConversationUseCases;
import com.lpai.application.conversation.SendMessagesUseCase;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.directory.DirectoryUseCases;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.encryption.EncryptionUseCases;
import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.application.erasure.EraseLocationUseCase;
import com.lpai.application.erasure.ErasureUseCases;
import com.lpai.application.health.CountedStores;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.HealthUseCases;
import com.lpai.application.health.ReconciledStores;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.IdempotencyUseCases;
import com.lpai.application.mirror.Intake;
import com.lpai.application.overlay.Overlay;
import com.lpai.application.project.EditProjectPartsUseCase;
import com.lpai.application.project.ProjectQueries;
import com.lpai.application.project.ProjectUseCases;
import com.lpai.application.push.PushUseCases;
import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.application.reconcile.ReconcileSettings;
import com.lpai.application.reconcile.ReconcileUseCases;
import com.lpai.application.setup.SetupSettings;
import com.lpai.application.setup.SetupSources;
import com.lpai.application.setup.SetupTargets;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.SetupUseCases;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptanceRules;
import com.lpai.application.webhook.AcceptanceRules.WrongSignatureAnswer;
import com.lpai.application.webhook.EventSources;
import com.lpai.application.webhook.EventTargets;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.KeptWebhooksUseCase;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Instance;
import com.lpai.boot.settings.ServerSettings;
import com.lpai.boot.work.Workers;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookRetention;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * All rings of one server, put together by constructors: the one place to see who uses whom.
 *
 * @param clients of GoHighLevel, which end with the server
 */
record Rings(
    ConnectionUseCases connecting,
    EraseLocationUseCase erasing,
    IdempotencyUseCase idempotency,
    EditContactsUseCase editing,
    ContactQueries contacts,
    SetupUseCase setup,
    AcceptWebhookUseCase accepting,
    IngestCounters ingest,
    KeptWebhooksUseCase keptWebhooks,
    TryWebhooksUseCase tryingWebhooks,
    HealthQueries health,
    DirectoryQueries directory,
    ConversationQueries conversations,
    SendMessagesUseCase sendingMessages,
    ProjectQueries projects,
    EditAboutContactUseCase<ProjectId, Project> editingProjects,
    EditProjectPartsUseCase projectParts,
    AppointmentQueries appointments,
    EditAboutContactUseCase<AppointmentId, Appointment> editingAppointments,
    ConflictsUseCase conflicts,
    RotateMasterKeyUseCase masterKey,
    ProofUseCase proofs,
    Workers.Work work,
    Clients clients)
    implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Rings.class.getName());

  /** Claims that are worked on are prolonged: only those of an instance that died run out. */
  private static final Duration CLAIM_LEASE = Duration.ofSeconds(20);

  static Rings of(ServerSettings settings, MongoAdapter mongo, Workers workers, Instance instance) {
    GhlSettings ghl = ghl(settings);
    InstantSource time = instance.time();
    Clients clients = new Clients();
    CallLimits limits = clients.with(limits(ghl, mongo, instance));
    CrmOAuth oauth = clients.with(GhlAdapter.oauth(ghl, time));
    SetupUseCase setup =
        SetupUseCases.requests(mongo.locations(), mongo.connections(), workers, instance);
    CompanyConnections companies =
        CompanyConnections.of(
            mongo.companies(),
            oauth,
            clients.with(GhlAdapter.companyProof(ghl, limits.companies())),
            Thread::sleep,
            instance);
    ConnectionUseCases connecting =
        ConnectionUseCases.of(
            companies,
            mongo.connections(),
            mongo.discoveries(),
            mongo.locations(),
            mongo.erasures(),
            mongo.oauthStates(),
            oauth,
            clients.with(GhlAdapter.companies(ghl, companies.tokens(), limits.companies(), time)),
            clients.with(GhlAdapter.locationProof(ghl, limits.locations())),
            setup,
            mongo.webhookQueue(),
            mongo.leases(),
            Thread::sleep,
            instance);
    GhlAdapter crm = clients.with(GhlAdapter.of(ghl, connecting.tokens(), limits.locations()));
    ErasureUseCases erasing = ErasureUseCases.of(mongo.erasures(), instance);
    WebhookDecoder decoder = GhlAdapter.webhookDecoder();
    ContactNormalizer normalizer = new ContactNormalizer(GhlAdapter.phoneNumbers());
    IngestCounters counters = new IngestCounters();
    Intake<GhlContactId> intake =
        ContactUseCases.intake(
            mongo.contacts(),
            mongo.locations(),
            normalizer,
            ContactUseCases.linking(List.of(mongo.projects(), mongo.appointments())),
            workers,
            instance);
    MissingContacts bringing = ContactUseCases.bringing(crm.contacts(), intake, instance);
    DirectoryReadings.Stores kept =
        new DirectoryReadings.Stores(
            mongo.pipelines(),
            mongo.calendars(),
            mongo.users(),
            mongo.customFields(),
            mongo.customValues());
    DirectoryReadings directory =
        DirectoryReadings.of(
            new DirectoryReadings.Sources(
                crm.pipelines(),
                crm.calendars(),
                crm.users(),
                crm.customFields(),
                crm.customValues()),
            kept,
            mongo.locations(),
            location -> setup.include(location, SetupStep.APPOINTMENTS));
    ReconcileUseCases reconciling =
        ReconcileUseCases.of(
            new ReconcileUseCases.Stores(
                mongo.locations(),
                mongo.contacts(),
                mongo.projects(),
                mongo.appointments(),
                mongo.calendars(),
                mongo.checkpoints(),
                mongo.reconciliations(),
                mongo.differences(),
                mongo.leases()),
            new ReconcileUseCases.Sources(
                crm.contacts(), crm.opportunities(), crm.appointments(), crm.calendars()),
            new ReconcileUseCases.Intakes(
                intake,
                projects(mongo, bringing, instance),
                appointments(mongo, bringing, instance)),
            reconciling(settings),
            workers,
            instance);
    RotateMasterKeyUseCase masterKey =
        EncryptionUseCases.rotating(mongo.masterKeyRotation(), mongo.leases(), instance);

    return new Rings(
        connecting,
        erasing.erasing(),
        IdempotencyUseCases.of(mongo.idempotencyKeys(), instance),
        ContactUseCases.editing(mongo.contacts(), mongo.locations(), normalizer, workers, instance),
        ContactUseCases.queries(mongo.contacts()),
        setup,
        WebhookUseCases.accepting(
            GhlAdapter.webhookAuthenticator(ghl),
            decoder,
            mongo.webhookQueue(),
            mongo.erasures(),
            acceptance(settings, ghl.appId()),
            counters,
            workers,
            instance),
        counters,
        WebhookUseCases.keeping(mongo.webhookQueue(), mongo.webhookHistory(), workers, instance),
        WebhookUseCases.trying(
            mongo.webhookHistory(),
            decoder,
            mongo.connections(),
            new Overlay.Stores(
                mongo.locations(),
                mongo.contacts(),
                mongo.projects(),
                mongo.appointments(),
                mongo.conversations(),
                mongo.messages()),
            normalizer,
            EventOrder.STANDARD,
            instance),
        HealthUseCases.queries(
            mongo.locations(),
            mongo.connections(),
            mongo.companies(),
            mongo.discoveries(),
            GhlAdapter.locationScopes(ghl),
            GhlAdapter.companyScopes(ghl),
            new CountedStores(
                mongo.contacts(),
                mongo.projects(),
                mongo.appointments(),
                kept,
                mongo.conversations(),
                mongo.messages(),
                mongo.outgoingMessages(),
                List.of(
                    mongo.pendingContactPushes(),
                    mongo.pendingProjectPushes(),
                    mongo.pendingAppointmentPushes()),
                mongo.pendingMessages()),
            new ReconciledStores(mongo.reconciliations(), mongo.differences()),
            mongo.webhookQueue(),
            counters,
            instance.time(),
            limits.locations().budget(),
            limits.companies().budget()),
        DirectoryUseCases.queries(mongo.locations(), kept),
        ConversationUseCases.queries(mongo.conversations(), mongo.messages()),
        ConversationUseCases.sending(
            mongo.outgoingMessages(), mongo.conversations(), mongo.contacts(), workers, instance),
        ProjectUseCases.queries(mongo.projects()),
        ProjectUseCases.editing(
            mongo.projects(), mongo.contacts(), mongo.locations(), kept, workers, instance),
        ProjectUseCases.parts(mongo.projectParts(), instance),
        AppointmentUseCases.queries(mongo.appointments()),
        AppointmentUseCases.editing(
            mongo.appointments(), mongo.contacts(), kept, workers, instance),
        ConflictUseCases.of(
            mongo.contacts(),
            mongo.projects(),
            mongo.appointments(),
            mongo.locations(),
            workers,
            instance),
        masterKey,
        reconciling.proofs(),
        new Workers.Work(
            pushing(settings, mongo, crm, intake, workers, instance).all(),
            WebhookUseCases.processing(
                mongo.webhookQueue(),
                decoder,
                mongo.erasures(),
                mongo.connections(),
                new EventSources(
                    crm.locations(),
                    crm.users(),
                    crm.contacts(),
                    crm.opportunities(),
                    crm.appointments(),
                    crm.conversations()),
                new EventTargets(
                    mongo.locations(),
                    mongo.users(),
                    intake,
                    projects(mongo, bringing, instance),
                    appointments(mongo, bringing, instance),
                    mongo.conversations(),
                    mongo.messages()),
                connecting,
                setup,
                EventOrder.STANDARD,
                CLAIM_LEASE,
                instance),
            SetupUseCases.running(
                mongo.locations(),
                mongo.connections(),
                mongo.checkpoints(),
                mongo.fetchedPages(),
                mongo.leases(),
                new SetupSources(
                    crm.locations(),
                    directory,
                    crm.contacts(),
                    crm.opportunities(),
                    crm.appointments(),
                    crm.conversations()),
                new SetupTargets(
                    intake,
                    projects(mongo, MissingContacts.LEFT_ALONE, instance),
                    appointments(mongo, MissingContacts.LEFT_ALONE, instance),
                    mongo.appointments(),
                    mongo.calendars(),
                    mongo.conversations(),
                    mongo.messages(),
                    mongo.defaults(),
                    settings.copying().defaults()),
                setup,
                copies(settings.copying()),
                workers.fetching(),
                instance),
            masterKey,
            limits::tend,
            List.of(
                connecting.chores(),
                erasing.chores(),
                WebhookUseCases.sweeping(
                    mongo.webhookHistory(),
                    WebhookRetention.STANDARD.withBodies(settings.webhookBodies()),
                    mongo.leases(),
                    instance)),
            DirectoryUseCases.refreshing(
                directory,
                mongo.locations(),
                mongo.checkpoints(),
                mongo.leases(),
                settings.copying().refreshEvery(),
                ServerSettings.MOST_OFTEN_REFRESHED,
                instance),
            reconciling.chores()),
        clients);
  }

  private static PushUseCases pushing(
      ServerSettings settings,
      MongoAdapter mongo,
      GhlAdapter crm,
      Intake<GhlContactId> contacts,
      Workers workers,
      Instance instance) {
    return PushUseCases.of(
        new PushUseCases.Stores(
            mongo.contacts(),
            mongo.pendingContactPushes(),
            mongo.projects(),
            mongo.pendingProjectPushes(),
            mongo.appointments(),
            mongo.pendingAppointmentPushes(),
            mongo.outgoingMessages(),
            mongo.pendingMessages(),
            mongo.connections(),
            mongo.locations()),
        new PushUseCases.Targets(
            crm.contacts(), crm.opportunities(), crm.appointments(), crm.outgoingMessages()),
        new PushUseCases.Intakes(
            contacts,
            projects(mongo, MissingContacts.LEFT_ALONE, instance),
            appointments(mongo, MissingContacts.LEFT_ALONE, instance)),
        retries(settings),
        settings.callLease(),
        workers,
        instance);
  }

  private static Intake<GhlOpportunityId> projects(
      MongoAdapter mongo, MissingContacts missing, Instance instance) {
    return ProjectUseCases.intake(
        mongo.projects(), mongo.contacts(), mongo.locations(), missing, instance);
  }

  private static Intake<GhlAppointmentId> appointments(
      MongoAdapter mongo, MissingContacts missing, Instance instance) {
    return AppointmentUseCases.intake(
        mongo.appointments(), mongo.contacts(), mongo.locations(), missing, instance);
  }

  /** Connections to GoHighLevel that somebody must close. */
  static final class Clients implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();

    private <T extends AutoCloseable> T with(T client) {
      open.add(client);
      return client;
    }

    @Override
    public void close() {
      for (AutoCloseable client : open) {
        try {
          client.close();
        } catch (Exception failure) {
          LOG.log(System.Logger.Level.WARNING, "A client of GoHighLevel did not close", failure);
        }
      }
    }
  }

  @Override
  public void close() {
    clients.close();
  }

  private static CallLimits limits(GhlSettings ghl, MongoAdapter mongo, Instance instance) {
    CallLimits.Shared shared =
        new CallLimits.Shared(
            mongo.permitsOfLocations(), mongo.permitsOfCompanies(), mongo.heartbeats());
    return GhlAdapter.limits(ghl, shared, instance.name(), instance.time());
  }

  private static GhlSettings ghl(ServerSettings settings) {
    ServerSettings.Crm crm = settings.crm();
    ServerSettings.Calls calls = settings.calls();
    return GhlSettings.of(
            crm.apiBase(),
            crm.oauthBase(),
            crm.clientId(),
            crm.clientSecret(),
            URI.create(settings.publicApiUrl() + "/api/oauth/callback"))
        .withLimits(
            new Limits(calls.perWindow(), calls.window(), calls.perDay(), calls.backfillPercent()))
        .withWebhookKeys(crm.webhookKeys(), crm.acceptsLegacySignatures())
        .withFeatures(crm.installsForCompanies() ? Feature.all() : Feature.forLocations());
  }

  private static AcceptanceRules acceptance(ServerSettings settings, String appId) {
    ServerSettings.Intake intake = settings.intake();
    return AcceptanceRules.of(appId)
        .withStaleAfter(intake.staleAfter())
        .withWrongSignatures(
            intake.asksAgainOnWrongSignature()
                ? WrongSignatureAnswer.ASK_AGAIN
                : WrongSignatureAnswer.REFUSE);
  }

  private static SetupSettings copies(ServerSettings.Copying copying) {
    return SetupSettings.STANDARD
        .withPages(copying.pageSize())
        .withAppointments(copying.appointmentsPast(), copying.appointmentsAhead());
  }

  private static ReconcileSettings reconciling(ServerSettings settings) {
    ServerSettings.Reconciling reconciling = settings.reconciling();
    return ReconcileSettings.STANDARD
        .every(reconciling.active(), reconciling.quiet())
        .withOverlap(reconciling.overlap())
        .provingEvery(reconciling.proof())
        .withAppointments(
            settings.copying().appointmentsPast(), settings.copying().appointmentsAhead());
  }

  private static RetryPolicy retries(ServerSettings settings) {
    RetryPolicy standard = RetryPolicy.STANDARD;
    return new RetryPolicy(
        standard.firstDelay(),
        standard.longestDelay(),
        standard.giveUpAfter(),
        settings.lookUpDelay(),
        standard.blockedDelay());
  }
}
