package com.lpai.adapter.web;

import com.lpai.adapter.web.api.AppointmentsResource;
import com.lpai.adapter.web.api.ContactsResource;
import com.lpai.adapter.web.api.ConversationsResource;
import com.lpai.adapter.web.api.LocationsResource;
import com.lpai.adapter.web.api.OutgoingMessagesResource;
import com.lpai.adapter.web.api.ProjectPartsResource;
import com.lpai.adapter.web.api.ProjectsResource;
import com.lpai.adapter.web.api.SharedCounts;
import com.lpai.adapter.web.conflict.ConflictPolicyResource;
import com.lpai.adapter.web.conflict.ConflictsResource;
import com.lpai.adapter.web.conflict.LocationConflictsResource;
import com.lpai.adapter.web.oauth.OAuthResource;
import com.lpai.adapter.web.oauth.ProgressResource;
import com.lpai.adapter.web.operations.CronResource;
import com.lpai.adapter.web.operations.MasterKeyResource;
import com.lpai.adapter.web.operations.OperationsResource;
import com.lpai.adapter.web.operations.OverviewFeed;
import com.lpai.adapter.web.operations.ProofResource;
import com.lpai.adapter.web.operations.WebhooksResource;
import com.lpai.adapter.web.problem.ProblemMapper;
import com.lpai.adapter.web.security.Authentication;
import com.lpai.adapter.web.security.OperatorBootstrap;
import com.lpai.adapter.web.security.OperatorSignIn;
import com.lpai.adapter.web.security.SecurityFilter;
import com.lpai.adapter.web.security.SessionResource;
import com.lpai.adapter.web.security.StreamAccess;
import com.lpai.adapter.web.security.TokenIssuer;
import com.lpai.adapter.web.security.TokenVerifier;
import com.lpai.adapter.web.setup.SetupFeed;
import com.lpai.adapter.web.setup.SetupResource;
import com.lpai.application.appointment.AppointmentUseCases;
import com.lpai.application.conflict.ConflictUseCases;
import com.lpai.application.conflict.ConflictsUseCase;
import com.lpai.application.connection.CompanyConnections;
import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.contact.ContactUseCases;
import com.lpai.application.conversation.ConversationUseCases;
import com.lpai.application.conversation.SendMessagesUseCase;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.directory.DirectoryUseCases;
import com.lpai.application.encryption.EncryptionUseCases;
import com.lpai.application.erasure.EraseLocationUseCase;
import com.lpai.application.erasure.ErasureUseCases;
import com.lpai.application.health.CountedStores;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.HealthUseCases;
import com.lpai.application.health.ReconciledStores;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.IdempotencyUseCases;
import com.lpai.application.overlay.Overlay;
import com.lpai.application.project.ProjectUseCases;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.SetupUseCases;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.KeptWebhooksUseCase;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.access.InMemoryOperatorAccounts;
import com.lpai.domain.access.InMemorySecretStore;
import com.lpai.domain.access.InMemoryStreamTickets;
import com.lpai.domain.appointment.InMemoryAppointments;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.InMemoryCompanies;
import com.lpai.domain.company.InMemoryDiscoveries;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.company.Reading;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.InMemoryConnections;
import com.lpai.domain.connection.InMemoryOAuthStates;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.InMemoryContacts;
import com.lpai.domain.conversation.InMemoryConversations;
import com.lpai.domain.conversation.InMemoryMessages;
import com.lpai.domain.conversation.InMemoryOutgoingMessages;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.OpenBudget;
import com.lpai.domain.directory.InMemoryDirectory;
import com.lpai.domain.encryption.InMemoryKeyVault;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.erasure.InMemoryErasures;
import com.lpai.domain.idempotency.InMemoryIdempotencyKeys;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.InMemoryProjectParts;
import com.lpai.domain.project.InMemoryProjects;
import com.lpai.domain.reconcile.InMemoryDifferences;
import com.lpai.domain.reconcile.InMemoryReconciliations;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.InMemoryLeases;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookEvent;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.container.DynamicFeature;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** The REST API over real HTTP on in-memory adapters, with one location that has the app. */
public final class WebFixture implements AutoCloseable {
  /** Held, so that its level stays: it complains of resources that are given to it as objects. */
  private static final Logger NOISE = Logger.getLogger("org.glassfish.jersey");

  public static final String PASSWORD = "correct horse battery";

  public final MutableInstantSource time = MutableInstantSource.aClock();
  public final InMemorySecretStore secrets = new InMemorySecretStore();
  public final InMemoryOperatorAccounts accounts = new InMemoryOperatorAccounts();
  public final InMemoryLocations locations = new InMemoryLocations();
  public final InMemoryContacts contacts = new InMemoryContacts();
  public final InMemoryProjects projects = new InMemoryProjects();
  public final InMemoryProjectParts projectParts = new InMemoryProjectParts(projects);
  public final InMemoryAppointments appointments = new InMemoryAppointments();
  public final InMemoryConversations conversations = new InMemoryConversations();
  public final InMemoryMessages messages = new InMemoryMessages();
  public final InMemoryOutgoingMessages outgoingMessages = new InMemoryOutgoingMessages();
  public final DirectoryReadings.Stores directoryStores =
      new DirectoryReadings.Stores(
          new InMemoryDirectory<>(),
          new InMemoryDirectory<>(),
          new InMemoryDirectory<>(),
          new InMemoryDirectory<>(),
          new InMemoryDirectory<>());
  public final InMemoryIdempotencyKeys idempotencyKeys = new InMemoryIdempotencyKeys();
  public final InMemoryConnections connections = new InMemoryConnections();
  public final InMemoryCompanies companies = new InMemoryCompanies();
  public final InMemoryDiscoveries discoveries = new InMemoryDiscoveries();
  public final InMemoryKeyVault keyVault = new InMemoryKeyVault();
  public final MasterKeyRotation masterKey = keyVault.knowing("present", "next");
  public final OpenBudget<LocationId> calls = new OpenBudget<>();
  public final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
  public final KnownProofs proofs = new KnownProofs(time);
  public final LocationId location = installed();
  public final LocationId otherLocation = installed();
  public final StreamAccess streams = new StreamAccess(new InMemoryStreamTickets(), time);
  public final TokenIssuer issuer = new TokenIssuer(secrets, time);
  public final WebSettings settings =
      new WebSettings(
          URI.create("http://localhost:9080"),
          true,
          "http://localhost:9090",
          WebSettings.ExternalIssuer.NONE,
          new Secret("cron"),
          Duration.ofHours(12),
          10,
          1L << 20);

  /** What GoHighLevel answers to a code. */
  public OAuthAnswer codeAnswer = new OAuthAnswer.Refused("used before");

  /** What events mean, by their ids. */
  public final Map<String, WebhookEvent> meanings = new ConcurrentHashMap<>();

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private WebFixture() {
    NOISE.setLevel(Level.OFF);
    server =
        JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/api/"), resources());
  }

  public static WebFixture start() {
    return new WebFixture();
  }

  /** One more location that has the app. */
  public LocationId installed() {
    LocationId id = TenantFixture.anyLocation();
    locations.save(id, Location.installed(id, TenantFixture.anyCompany(), time.instant()));
    connections.save(id, ConnectionFixture.activeConnection());
    return id;
  }

  private ResourceConfig resources() {
    Instance instance = new Instance("test", time, () -> UUID.randomUUID().toString(), () -> 0.5);
    ContactNormalizer normalizer = new ContactNormalizer((text, country) -> Optional.empty());
    SetupUseCase setup =
        SetupUseCases.requests(locations, connections, WorkSignals.SILENT, instance);
    HealthQueries health =
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
            new ReconciledStores(new InMemoryReconciliations(), new InMemoryDifferences()),
            queue,
            new IngestCounters(),
            time,
            calls,
            new OpenBudget<>());
    KeptWebhooksUseCase keptWebhooks =
        WebhookUseCases.keeping(queue, queue, WorkSignals.SILENT, instance);
    IdempotencyUseCase idempotency = IdempotencyUseCases.of(idempotencyKeys, instance);
    SendMessagesUseCase sending =
        ConversationUseCases.sending(
            outgoingMessages, conversations, contacts, WorkSignals.SILENT, instance);
    SharedCounts counts = new SharedCounts(health);
    DirectoryQueries directory = DirectoryUseCases.queries(locations, directoryStores);
    InMemoryErasures erasures = new InMemoryErasures(Map.of("connections", connections::remove));
    CrmOAuth oauth = new CodesOnly();
    ConnectionUseCases connecting =
        ConnectionUseCases.of(
            CompanyConnections.of(companies, oauth, unproven(), time::advance, instance),
            connections,
            discoveries,
            locations,
            erasures,
            new InMemoryOAuthStates(),
            oauth,
            new NoCompanies(),
            unproven(),
            setup,
            queue,
            new InMemoryLeases(),
            time::advance,
            instance);
    InstallAppUseCase installing = connecting.installing();
    EraseLocationUseCase erasing = ErasureUseCases.of(erasures, instance).erasing();
    TokenVerifier verifier = new TokenVerifier(secrets, settings.externalIssuer(), time);
    new OperatorBootstrap(accounts).ensureOperator(PASSWORD);
    ConflictsUseCase conflicts =
        ConflictUseCases.of(
            contacts, projects, appointments, locations, WorkSignals.SILENT, instance);
    SecurityFilter.Door door =
        new SecurityFilter.Door(new Authentication(verifier, settings), streams, directory);
    DynamicFeature security = (resource, context) -> context.register(door.before(resource));
    return new ResourceConfig()
        .register(new ProblemMapper())
        .register(security)
        .register(
            new ContactsResource(
                ContactUseCases.queries(contacts),
                ContactUseCases.editing(
                    contacts, locations, normalizer, WorkSignals.SILENT, instance),
                idempotency))
        .register(
            new ProjectsResource(
                ProjectUseCases.queries(projects),
                ProjectUseCases.editing(
                    projects, contacts, locations, directoryStores, WorkSignals.SILENT, instance),
                idempotency))
        .register(
            new ProjectPartsResource(ProjectUseCases.parts(projectParts, instance), idempotency))
        .register(
            new AppointmentsResource(
                AppointmentUseCases.queries(appointments),
                AppointmentUseCases.editing(
                    appointments, contacts, directoryStores, WorkSignals.SILENT, instance),
                idempotency))
        .register(new ConflictsResource(conflicts))
        .register(new ConflictPolicyResource(conflicts))
        .register(new LocationConflictsResource(conflicts))
        .register(
            new ConversationsResource(
                ConversationUseCases.queries(conversations, messages), sending, idempotency))
        .register(new OutgoingMessagesResource(sending, idempotency))
        .register(
            new LocationsResource(health, counts, setup, directory, erasing, proofs, settings))
        .register(new SetupResource(setup, new SetupFeed(setup), streams, settings, time))
        .register(
            new OperationsResource(
                health,
                new OverviewFeed(health, time),
                connecting.discovering(),
                connecting.registering()))
        .register(
            new MasterKeyResource(
                EncryptionUseCases.rotating(masterKey, new InMemoryLeases(), instance)))
        .register(new CronResource(WorkSignals.SILENT, keptWebhooks, proofs, settings))
        .register(new WebhooksResource(keptWebhooks, trying(normalizer, instance)))
        .register(new ProofResource(proofs))
        .register(new OAuthResource(installing, issuer, settings))
        .register(new ProgressResource(setup, health, counts, verifier, streams, settings, time))
        .register(
            new SessionResource(
                new OperatorSignIn(accounts, issuer, settings.sessionLife(), time),
                verifier,
                settings))
        .register(new StreamProbe())
        .register(new TestContainer());
  }

  private TryWebhooksUseCase trying(ContactNormalizer normalizer, Instance instance) {
    return WebhookUseCases.trying(
        queue,
        new MeantEvents(),
        connections,
        new Overlay.Stores(locations, contacts, projects, appointments, conversations, messages),
        normalizer,
        EventOrder.STANDARD,
        instance);
  }

  private final class MeantEvents implements WebhookDecoder {
    @Override
    public FirstLook envelope(RawBody body) {
      return new FirstLook.NotAnEvent("not in this test");
    }

    @Override
    public WebhookEvent event(Envelope envelope, RawBody body) {
      return meanings.getOrDefault(
          envelope.webhookId(), new WebhookEvent.Unhandled(envelope.type()));
    }
  }

  private static <O> TokenProof<O> unproven() {
    return (owner, token) -> new TokenProof.Verdict.Unknown("not in this test");
  }

  private static final class NoCompanies implements CrmCompanies {
    @Override
    public CrmResult<InstalledLocations> installedLocations(
        CompanyId companyId, int skip, CallPriority priority) {
      return CrmResult.failed(new CrmFailure.Unavailable("not in this test"));
    }

    @Override
    public CrmResult<TokenGrant> locationToken(
        CompanyId companyId, LocationId locationId, CallPriority priority) {
      return CrmResult.failed(new CrmFailure.Unavailable("not in this test"));
    }
  }

  private final class CodesOnly implements CrmOAuth {
    @Override
    public URI authorizeUri(String state) {
      return URI.create("http://localhost:9090/v2/oauth/chooselocation?state=" + state);
    }

    @Override
    public OAuthAnswer exchange(Secret code) {
      return codeAnswer;
    }

    @Override
    public OAuthAnswer refresh(LocationId owner, Secret refreshToken) {
      return new OAuthAnswer.TryAgain("not in this test");
    }

    @Override
    public OAuthAnswer refresh(CompanyId owner, Secret refreshToken) {
      return new OAuthAnswer.TryAgain("not in this test");
    }
  }

  /** An agency of which one location could not be connected, twice. */
  public void missesALocation(String name, String why) {
    CompanyId company = TenantFixture.anyCompany();
    CompanyGrant grant = ConnectionFixture.companyGrant(company);
    MissedLocation once =
        MissedLocation.first(TenantFixture.anyLocation(), name, why, time.instant());
    Reading reading = Reading.begunAt(time.instant()).and(1, 0, 1);
    List<MissedLocation> missed = List.of(once.again(name, why, time.instant()));
    discoveries.save(
        Discovery.first(grant, time.instant()).finished(reading, missed, time.instant()));
  }

  /** A token with the role operator. */
  public String operator() {
    return issuer.operatorToken(Duration.ofHours(1)).value();
  }

  /** A frontend's token for these locations. */
  public String tokenFor(LocationId... ids) {
    return issuer.locationToken("frontend", List.of(ids), Duration.ofHours(1)).value();
  }

  public Contact save(Contact contact) {
    contacts.save(contact.locationId(), contact);
    return contacts.find(contact.locationId(), contact.id()).orElseThrow();
  }

  /** An answer of any status. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {
    public JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .flatMap(header -> header.getValue().stream())
          .findFirst()
          .orElse("");
    }

    /** The last part of a problem's type. */
    public String problem() {
      return json().getString("type").replace("urn:lpai:problem:", "");
    }
  }

  /** A request as the operator. */
  public Answer call(String method, String path, String body, String... headers) {
    return send(method, path, body, with(headers, "Authorization", "Bearer " + operator()));
  }

  private static String[] with(String[] headers, String name, String value) {
    String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return more;
  }

  /** A request with these headers only; a body is JSON unless they say otherwise. */
  public Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/" + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
