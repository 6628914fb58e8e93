package com.lpai.application.webhook;

import com.lpai.application.connection.ConnectionUseCases;
import com.lpai.application.overlay.Overlay;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookRetention;
import java.time.Duration;

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
    return new ProcessWebhooksService(
        queue, processor, claimLease, location -> isConnected(connections, location), instance);
  }

  /** One that cannot be read is none: an alert tells. */
  private static boolean isConnected(ConnectionRepository connections, LocationId location) {
    try {
      return connections.find(location).filter(it -> it.state().isUsable()).isPresent();
    } catch (UnreadableRecordException unreadable) {
      return false;
    }
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
    return applying(
        decoder,
        connections,
        appEvents,
        EventReads.of(crm, stores),
        EventStores.of(stores),
        order,
        instance);
  }

  /** The one way in which events are applied, whatever they are applied to. */
  static EventProcessor applying(
      WebhookDecoder decoder,
      ConnectionRepository connections,
      EventsOfTheApp appEvents,
      EventReads crm,
      EventStores stores,
      EventOrder order,
      Instance instance) {
    return new ApplyEvents(
        decoder, connections, appEvents, kinds(crm, stores, order, instance), instance);
  }

  private static ApplyEvents.Kinds kinds(
      EventReads crm, EventStores stores, EventOrder order, Instance instance) {
    return new ApplyEvents.Kinds(
        new LocationEvents(crm.locations(), stores.locations(), instance),
        new RecordEvents<>(stores.contacts(), crm.contacts(), order, instance),
        new RecordEvents<>(stores.projects(), crm.opportunities(), order, instance),
        new RecordEvents<>(stores.appointments(), crm.appointments(), order, instance),
        new ConversationEvents(
            stores.conversations(),
            stores.messages(),
            stores.locations(),
            crm.conversations(),
            order,
            instance),
        new UserEvents(crm.users(), stores.locations(), instance));
  }

  /** Looking what stored events would change, without changing it. */
  public static TryWebhooksUseCase trying(
      WebhookHistory history,
      WebhookDecoder decoder,
      ConnectionRepository connections,
      Overlay.Stores stores,
      ContactNormalizer normalizer,
      EventOrder order,
      Instance instance) {
    return new TryWebhooksService(
        history, decoder, connections, stores, normalizer, order, instance);
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
