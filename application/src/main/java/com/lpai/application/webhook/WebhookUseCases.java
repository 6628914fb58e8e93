package com.lpai.application.webhook;

import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookRetention;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The door to webhooks. */
public final class WebhookUseCases {
  private WebhookUseCases() {}

  /** Accepting events. */
  public static AcceptWebhookUseCase accepting(
      WebhookAuthenticator authenticator,
      WebhookDecoder decoder,
      WebhookQueue queue,
      Erasures erasures,
      AcceptanceRules rules,
      IngestCounters counters,
      WorkSignals signals,
      Instance instance) {
    return new AcceptWebhookService(
        authenticator, decoder, queue, erasures, rules, counters, signals, instance);
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
      EventSources crm,
      EventTargets stores,
      ConnectionUseCases connecting,
      SetupUseCase setup,
      EventOrder order,
      Duration claimLease,
      Instance instance) {
    EventProcessor processor =
        applying(decoder, erasures, connections, crm, stores, connecting, setup, order, instance);
    return new ProcessWebhooksService(queue, processor, claimLease, instance);
  }

  static EventProcessor applying(
      WebhookDecoder decoder,
      Erasures erasures,
      ConnectionRepository connections,
      EventSources crm,
      EventTargets stores,
      ConnectionUseCases connecting,
      SetupUseCase setup,
      EventOrder order,
      Instance instance) {
    AppEvents appEvents =
        new AppEvents(
            connections,
            erasures,
            connecting.connecting(),
            connecting.discovering(),
            connecting.uninstalling(),
            setup,
            instance);
    return new ApplyEvents(
        decoder, connections, appEvents, kinds(crm, stores, order, instance), instance);
  }

  private static ApplyEvents.Kinds kinds(
      EventSources crm, EventTargets stores, EventOrder order, Instance instance) {
    return new ApplyEvents.Kinds(
        new LocationEvents(crm.locations(), stores.locations(), instance),
        new RecordEvents<>(
            stores.contacts(),
            (location, id) -> crm.contacts().find(location, id, CallPriority.FOLLOW_UP),
            order,
            instance),
        new RecordEvents<>(
            stores.projects(),
            (location, id) -> crm.opportunities().find(location, id, CallPriority.FOLLOW_UP),
            order,
            instance),
        new RecordEvents<>(
            stores.appointments(),
            (location, id) ->
                crm.appointments()
                    .find(location, id, zone(stores.locations(), location), CallPriority.FOLLOW_UP),
            order,
            instance),
        new ConversationEvents(
            stores.conversations(),
            stores.messages(),
            stores.locations(),
            crm.conversations(),
            order,
            instance),
        new UserEvents(
            DirectoryReadings.users(crm.users(), stores.users(), CallPriority.FOLLOW_UP),
            stores.locations(),
            instance));
  }

  private static ZoneId zone(LocationRepository locations, LocationId location) {
    return locations.find(location).map(known -> known.details().timezone()).orElse(ZoneOffset.UTC);
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
