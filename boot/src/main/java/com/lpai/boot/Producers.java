package com.lpai.boot;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.security.TokenIssuer;
import com.lpai.application.appointment.AppointmentQueries;
import com.lpai.application.conflict.ConflictsUseCase;
import com.lpai.application.connection.DiscoverLocationsUseCase;
import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.connection.RegisterApiKeyUseCase;
import com.lpai.application.contact.ContactQueries;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.conversation.ConversationQueries;
import com.lpai.application.conversation.SendMessagesUseCase;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.application.erasure.EraseLocationUseCase;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.project.EditProjectPartsUseCase;
import com.lpai.application.project.ProjectQueries;
import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.KeptWebhooksUseCase;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.application.work.WorkSignals;
import com.lpai.boot.settings.ConfigurationException;
import com.lpai.boot.settings.ServerSettings;
import com.lpai.domain.access.OperatorAccounts;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Hands the one {@link LpaiServer} and its use cases to the container. */
@Dependent
public class Producers {
  private static final System.Logger LOG = System.getLogger(Producers.class.getName());
  private static final int EXIT_CONFIGURATION = 78;

  @Produces
  @Singleton
  LpaiServer server() {
    Config config = ConfigProvider.getConfig();
    try {
      return new LpaiServer(
          ServerSettings.read(name -> config.getOptionalValue(name, String.class)));
    } catch (ConfigurationException | IllegalArgumentException refused) {
      LOG.log(
          System.Logger.Level.ERROR,
          "LPai cannot start: {0}",
          String.valueOf(refused.getMessage()));
      // From another thread: the container must come to rest before it can be stopped.
      new Thread(() -> System.exit(EXIT_CONFIGURATION), "lpai-refuse").start();
      throw refused;
    }
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object started, LpaiServer server) {
    server.start();
  }

  void stop(@Disposes LpaiServer server) {
    server.close();
  }

  @Produces
  @Singleton
  InstallAppUseCase installing(LpaiServer server) {
    return server.rings().connecting().installing();
  }

  @Produces
  @Singleton
  DiscoverLocationsUseCase discovering(LpaiServer server) {
    return server.rings().connecting().discovering();
  }

  @Produces
  @Singleton
  RegisterApiKeyUseCase registering(LpaiServer server) {
    return server.rings().connecting().registering();
  }

  @Produces
  @Singleton
  EraseLocationUseCase erasing(LpaiServer server) {
    return server.rings().erasing();
  }

  @Produces
  @Singleton
  IdempotencyUseCase idempotency(LpaiServer server) {
    return server.rings().idempotency();
  }

  @Produces
  @Singleton
  EditContactsUseCase editing(LpaiServer server) {
    return server.rings().editing();
  }

  @Produces
  @Singleton
  ContactQueries contacts(LpaiServer server) {
    return server.rings().contacts();
  }

  @Produces
  @Singleton
  SetupUseCase setup(LpaiServer server) {
    return server.rings().setup();
  }

  @Produces
  @Singleton
  AcceptWebhookUseCase accepting(LpaiServer server) {
    return server.rings().accepting();
  }

  @Produces
  @Singleton
  IngestCounters ingestCounters(LpaiServer server) {
    return server.rings().ingest();
  }

  @Produces
  @Singleton
  KeptWebhooksUseCase keptWebhooks(LpaiServer server) {
    return server.rings().keptWebhooks();
  }

  @Produces
  @Singleton
  TryWebhooksUseCase tryingWebhooks(LpaiServer server) {
    return server.rings().tryingWebhooks();
  }

  @Produces
  @Singleton
  HealthQueries health(LpaiServer server) {
    return server.rings().health();
  }

  @Produces
  @Singleton
  DirectoryQueries directory(LpaiServer server) {
    return server.rings().directory();
  }

  @Produces
  @Singleton
  ConversationQueries conversations(LpaiServer server) {
    return server.rings().conversations();
  }

  @Produces
  @Singleton
  SendMessagesUseCase sendingMessages(LpaiServer server) {
    return server.rings().sendingMessages();
  }

  @Produces
  @Singleton
  ProjectQueries projects(LpaiServer server) {
    return server.rings().projects();
  }

  @Produces
  @Singleton
  EditAboutContactUseCase<ProjectId, Project> editingProjects(LpaiServer server) {
    return server.rings().editingProjects();
  }

  @Produces
  @Singleton
  ConflictsUseCase conflicts(LpaiServer server) {
    return server.rings().conflicts();
  }

  @Produces
  @Singleton
  EditAboutContactUseCase<AppointmentId, Appointment> editingAppointments(LpaiServer server) {
    return server.rings().editingAppointments();
  }

  @Produces
  @Singleton
  EditProjectPartsUseCase projectParts(LpaiServer server) {
    return server.rings().projectParts();
  }

  @Produces
  @Singleton
  AppointmentQueries appointments(LpaiServer server) {
    return server.rings().appointments();
  }

  @Produces
  @Singleton
  RotateMasterKeyUseCase masterKey(LpaiServer server) {
    return server.rings().masterKey();
  }

  @Produces
  @Singleton
  ProofUseCase proofs(LpaiServer server) {
    return server.rings().proofs();
  }

  @Produces
  @Singleton
  WorkSignals signals(LpaiServer server) {
    return server.workers();
  }

  @Produces
  @Singleton
  InstantSource time(LpaiServer server) {
    return server.time();
  }

  @Produces
  @Singleton
  WebSettings webSettings(LpaiServer server) {
    return server.webSettings();
  }

  @Produces
  @Singleton
  TokenIssuer tokenIssuer(LpaiServer server) {
    return server.tokenIssuer();
  }

  @Produces
  @Singleton
  OperatorAccounts operatorAccounts(LpaiServer server) {
    return server.mongo().operatorAccounts();
  }

  @Produces
  @Singleton
  StreamTickets streamTickets(LpaiServer server) {
    return server.mongo().streamTickets();
  }

  @Produces
  @Singleton
  SecretStore secrets(LpaiServer server) {
    return server.mongo().secrets();
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck readiness(LpaiServer server) {
    return () -> {
      String why = server.notReadyBecause();
      HealthCheckResponseBuilder answer =
          HealthCheckResponse.named("database")
              .withData("time", server.time().instant().toString());
      return why.isEmpty() ? answer.up().build() : answer.down().withData("reason", why).build();
    };
  }
}
