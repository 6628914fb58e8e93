package com.lpai.application.webhook;

import com.lpai.application.appointment.AppointmentUseCases;
import com.lpai.application.contact.ContactArrivals;
import com.lpai.application.contact.ContactUseCases;
import com.lpai.application.overlay.Overlay;
import com.lpai.application.project.ProjectUseCases;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookLogLine;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class TryWebhooksService implements TryWebhooksUseCase {
  private static final Comparator<QueuedWebhook> IN_ORDER =
      Comparator.comparing(QueuedWebhook::receivedAt).thenComparing(QueuedWebhook::id);

  private final WebhookHistory history;
  private final WebhookDecoder decoder;
  private final ConnectionRepository connections;
  private final Overlay.Stores stores;
  private final ContactNormalizer normalizer;
  private final EventOrder order;
  private final Instance instance;

  TryWebhooksService(
      WebhookHistory history,
      WebhookDecoder decoder,
      ConnectionRepository connections,
      Overlay.Stores stores,
      ContactNormalizer normalizer,
      EventOrder order,
      Instance instance) {
    this.history = history;
    this.decoder = decoder;
    this.connections = connections;
    this.stores = stores;
    this.normalizer = normalizer;
    this.order = order;
    this.instance = instance;
  }

  // ---- which

  @Override
  public WhatIf of(LocationId locationId, List<String> ids) {
    if (ids.size() > MOST) {
      throw new IllegalArgumentException(ids.size() + " events are more than " + MOST);
    }
    List<QueuedWebhook> found = new ArrayList<>();
    List<Tried> unknown = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      history
          .find(locationId, id)
          .ifPresentOrElse(
              found::add,
              () ->
                  unknown.add(
                      new Tried(id, Optional.empty(), Would.UNKNOWN, "there is no such event")));
    }
    return whatIf(locationId, found, unknown, false);
  }

  @Override
  public WhatIf of(LocationId locationId, EventsToTry which) {
    Map<String, QueuedWebhook> found = new LinkedHashMap<>();
    boolean more = false;
    Optional<KeptEvents> kept = which.kept();
    if (kept.isPresent()) {
      Page<WebhookHistory.Kept> page = history.kept(locationId, kept.get(), MOST, "");
      for (WebhookHistory.Kept each : page.items()) {
        history.find(locationId, each.event().id()).ifPresent(it -> found.put(it.id(), it));
      }
      more = !page.isLast();
    }
    if (which.meansApplied()) {
      Page<WebhookLogLine> page = history.log(locationId, applied(which));
      for (WebhookLogLine line : page.items()) {
        history.find(locationId, line.eventId()).ifPresent(it -> found.put(it.id(), it));
      }
      more |= !page.isLast();
    }
    List<QueuedWebhook> latest =
        found.values().stream().sorted(IN_ORDER.reversed()).limit(MOST).toList();
    return whatIf(locationId, latest, List.of(), more || latest.size() < found.size());
  }

  private static WebhookLogQuery applied(EventsToTry which) {
    return new WebhookLogQuery(
        MOST, "", which.type(), Set.of(WebhookStatus.DONE), which.from(), which.to());
  }

  // ---- what

  private WhatIf whatIf(
      LocationId locationId, List<QueuedWebhook> found, List<Tried> unknown, boolean more) {
    List<QueuedWebhook> events =
        found.stream().filter(TryWebhooksService::hasBody).sorted(IN_ORDER).toList();
    Overlay overlay = Overlay.over(stores);
    ReadsNotMade reads = new ReadsNotMade();
    AppEventsNotRun app = new AppEventsNotRun(new Patience(instance));
    EventProcessor processor =
        WebhookUseCases.applying(
            decoder, connections, app, reads.reads(), targets(overlay, reads), order, instance);
    List<Result> results =
        events.isEmpty()
            ? List.of()
            : processor.apply(locationId, events.stream().map(this::asNew).toList());

    List<Tried> tried = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      QueuedWebhook event = events.get(i);
      Result result = results.get(i);
      Would would = app.isOfTheApp(event) ? Would.APP : would(result);
      tried.add(new Tried(event.id(), Optional.of(event), would, outcome(result)));
    }
    found.stream()
        .filter(event -> !hasBody(event))
        .sorted(IN_ORDER)
        .map(
            event ->
                new Tried(event.id(), Optional.of(event), Would.GONE, "its body is kept no longer"))
        .forEach(tried::add);
    tried.addAll(unknown);
    return new WhatIf(tried, overlay.changes(), reads.noted(), more);
  }

  private EventStores targets(Overlay overlay, ReadsNotMade reads) {
    return new EventStores(
        overlay.locations(),
        ContactUseCases.intake(
            overlay.contacts(),
            overlay.locations(),
            normalizer,
            ContactArrivals.UNNOTICED,
            WorkSignals.SILENT,
            instance),
        ProjectUseCases.intake(
            overlay.projects(), overlay.contacts(), overlay.locations(), reads::bring, instance),
        AppointmentUseCases.intake(
            overlay.appointments(),
            overlay.contacts(),
            overlay.locations(),
            reads::bring,
            instance),
        overlay.conversations(),
        overlay.messages());
  }

  private static boolean hasBody(QueuedWebhook event) {
    return event.status() != WebhookStatus.EMPTIED && event.body().size() > 0;
  }

  /** As a replay makes it. */
  private QueuedWebhook asNew(QueuedWebhook event) {
    Instant now = instance.time().instant();
    return new QueuedWebhook(
        event.id(),
        event.envelope(),
        event.body(),
        WebhookStatus.PENDING,
        0,
        event.receivedAt(),
        now,
        "",
        event.storedAt());
  }

  private static Would would(Result result) {
    return switch (result) {
      case Result.Finished finished ->
          switch (finished.status()) {
            case DONE, EMPTIED -> Would.DONE;
            case SKIPPED, QUARANTINED -> Would.SKIPPED;
            case DEAD -> Would.DEAD;
            case PENDING, WAITING -> Would.WAIT;
          };
      case Result.Later(Instant until, Reason reason, String why) ->
          switch (reason) {
            case CRM_AWAY -> Would.READ;
            case FAULT -> Would.FAULT;
            case THROTTLED, NOT_CONNECTED, NOT_INSTALLED, EARLIER_EVENT, OWN_PUSH, READ_AGAIN ->
                Would.WAIT;
          };
    };
  }

  private static String outcome(Result result) {
    return switch (result) {
      case Result.Finished finished -> finished.outcome();
      case Result.Later(Instant until, Reason reason, String why) -> why;
    };
  }
}
