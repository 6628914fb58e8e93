package com.lpai.boot;

import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.contact.ContactIntake;
import com.lpai.application.contact.ContactQueries;
import com.lpai.application.contact.ContactUseCases;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.application.directory.DirectoryUseCases;
import com.lpai.application.encryption.EncryptionUseCases;
import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.HealthUseCases;
import com.lpai.application.push.PushUseCases;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.SetupUseCases;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Instance;
import com.lpai.boot.settings.ServerSettings;
import com.lpai.boot.work.Workers;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.webhook.WebhookDecoder;
import java.net.URI;
import java.time.Duration;

/** All rings of one server, put together by constructors: the one place to see who uses whom. */
record Rings(
    InstallAppUseCase installing,
    EditContactsUseCase editing,
    ContactQueries contacts,
    SetupUseCase setup,
    AcceptWebhookUseCase accepting,
    HealthQueries health,
    DirectoryQueries directory,
    RotateMasterKeyUseCase masterKey,
    Workers.Work work) {

  /** Longer than the events of one contact take to apply, one read of GoHighLevel included. */
  private static final Duration CLAIM_LEASE = Duration.ofSeconds(60);

  static Rings of(ServerSettings settings, MongoAdapter mongo, Workers workers, Instance instance) {
    GhlSettings ghl = ghl(settings);
    CrmOAuth oauth = GhlAdapter.oauth(ghl, instance.time());
    AccessTokens tokens =
        ConnectionUseCases.accessTokens(mongo.connections(), oauth, mongo.leases(), instance);
    GhlAdapter crm = GhlAdapter.of(ghl, tokens, GhlAdapter.rateBudget(ghl, instance.time()));
    WebhookDecoder decoder = GhlAdapter.webhookDecoder();
    ContactNormalizer normalizer = new ContactNormalizer(GhlAdapter.phoneNumbers());
    IngestCounters counters = new IngestCounters();

    SetupUseCase setup =
        SetupUseCases.requests(mongo.locations(), mongo.connections(), workers, instance);
    ContactIntake intake =
        ContactUseCases.intake(mongo.contacts(), mongo.locations(), normalizer, workers, instance);

    RotateMasterKeyUseCase masterKey =
        EncryptionUseCases.rotating(mongo.masterKeyRotation(), mongo.leases(), instance);

    return new Rings(
        ConnectionUseCases.installing(
            oauth, mongo.oauthStates(), mongo.connections(), mongo.locations(), setup, instance),
        ContactUseCases.editing(mongo.contacts(), mongo.locations(), normalizer, workers, instance),
        ContactUseCases.queries(mongo.contacts()),
        setup,
        WebhookUseCases.accepting(
            GhlAdapter.webhookAuthenticator(ghl),
            decoder,
            mongo.webhookQueue(),
            ghl.appId(),
            counters,
            workers,
            instance),
        HealthUseCases.queries(
            mongo.locations(),
            mongo.connections(),
            mongo.contacts(),
            mongo.webhookQueue(),
            counters),
        DirectoryUseCases.queries(mongo.locations(), mongo.users()),
        masterKey,
        new Workers.Work(
            PushUseCases.contacts(
                mongo.contacts(),
                mongo.pendingContactPushes(),
                crm.contacts(),
                retries(settings),
                settings.callLease(),
                instance),
            WebhookUseCases.processing(
                mongo.webhookQueue(),
                decoder,
                mongo.connections(),
                mongo.locations(),
                mongo.contacts(),
                crm.contacts(),
                intake,
                setup,
                EventOrder.STANDARD,
                CLAIM_LEASE,
                instance),
            SetupUseCases.running(
                mongo.locations(),
                mongo.connections(),
                mongo.checkpoints(),
                mongo.leases(),
                crm.locations(),
                crm.users(),
                mongo.users(),
                crm.contacts(),
                intake,
                setup,
                settings.pageSize(),
                instance),
            masterKey));
  }

  private static GhlSettings ghl(ServerSettings settings) {
    ServerSettings.Crm crm = settings.crm();
    return GhlSettings.of(
            crm.apiBase(),
            crm.oauthBase(),
            crm.clientId(),
            crm.clientSecret(),
            URI.create(settings.publicApiUrl() + "/api/oauth/callback"))
        .withWebhookKeys(crm.webhookKeys(), crm.acceptsLegacySignatures());
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
