package com.lpai.application.webhook;

import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.mirror.Intake;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookRetention;
import java.time.Duration;

/** The door to webhooks. */
public final class WebhookUseCases {
  private WebhookUseCases() {}

  /**
   * Accepting events.
   *
   * @param appId our app's id: events of other apps are signed with the same key
   */
  public static AcceptWebhookUseCase accepting(
      WebhookAuthenticator authenticator,
      WebhookDecoder decoder,
      WebhookQueue queue,
      Erasures erasures,
      String appId,
      IngestCounters counters,
      WorkSignals signals,
      Instance instance) {
    return new AcceptWebhookService(
        authenticator, decoder, queue, erasures, appId, counters, signals, instance);
  }

  /**
   * Applying events.
   *
   * @param claimLease how long a claim is held at first; it is prolonged while it is worked on
   */
  public static ProcessWebhooksUseCase processing(
      WebhookQueue queue,
      WebhookDecoder decoder,
      Erasures erasures,
      ConnectionRepository connections,
      LocationRepository locations,
      ContactRepository contacts,
      CrmContacts crm,
      Intake<GhlContactId> intake,
      ConnectionUseCases connecting,
      SetupUseCase setup,
      EventOrder order,
      Duration claimLease,
      Instance instance) {
    ContactEvents contactEvents =
        new ContactEvents(contacts, locations, crm, intake, order, instance);
    AppEvents appEvents =
        new AppEvents(
            connections,
            erasures,
            connecting.connecting(),
            connecting.discovering(),
            connecting.uninstalling(),
            setup,
            instance);
    return new ProcessWebhooksService(
        queue,
        new ApplyOneByOne(decoder, connections, contactEvents, appEvents, instance),
        claimLease,
        instance);
  }

  /** Seeing what became of events, and deciding about those that are kept. */
  public static KeptWebhooksUseCase keeping(
      WebhookQueue queue, WebhookHistory history, WorkSignals signals, Instance instance) {
    return new KeptWebhooksService(queue, history, signals, instance);
  }

  /** Removing what was kept for long enough. */
  public static Chores sweeping(
      WebhookHistory history, WebhookRetention retention, Leases leases, Instance instance) {
    return new SweepWebhooksService(history, retention, leases, instance);
  }
}
