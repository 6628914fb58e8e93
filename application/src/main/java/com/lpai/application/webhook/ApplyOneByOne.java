package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies one event after the other; a fault of one is its own. */
final class ApplyOneByOne implements EventProcessor {
  private final WebhookDecoder decoder;
  private final ConnectionRepository connections;
  private final ContactEvents contactEvents;
  private final AppEvents appEvents;
  private final Instance instance;

  ApplyOneByOne(
      WebhookDecoder decoder,
      ConnectionRepository connections,
      ContactEvents contactEvents,
      AppEvents appEvents,
      Instance instance) {
    this.decoder = decoder;
    this.connections = connections;
    this.contactEvents = contactEvents;
    this.appEvents = appEvents;
    this.instance = instance;
  }

  @Override
  public List<Result> apply(LocationId locationId, List<QueuedWebhook> events) {
    Map<String, EntityReads> reads = new HashMap<>();
    Map<String, Instant> waiting = new HashMap<>();
    List<Result> results = new ArrayList<>();
    for (QueuedWebhook event : events) {
      String entity = event.envelope().entityKey();
      Result result =
          Optional.ofNullable(waiting.get(entity))
              .<Result>map(
                  until ->
                      new Result.Later(until, Reason.EARLIER_EVENT, "waits for an earlier event"))
              .orElseGet(
                  () ->
                      apply(
                          locationId,
                          event,
                          reads.computeIfAbsent(entity, first -> new EntityReads())));
      if (result instanceof Result.Later(Instant until, Reason reason, String why)) {
        waiting.put(entity, until);
      }
      results.add(result);
    }
    return results;
  }

  private Result apply(LocationId locationId, QueuedWebhook event, EntityReads reads) {
    try {
      return applied(locationId, event, reads);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      return failed(fault.getClass().getSimpleName() + " while it was applied");
    }
  }

  private Result failed(String why) {
    return new Result.Later(instance.time().instant(), Reason.FAULT, why);
  }

  private Result applied(LocationId locationId, QueuedWebhook event, EntityReads reads) {
    WebhookEvent meaning = decoder.event(event.envelope(), event.body());
    if (meaning instanceof WebhookEvent.Unhandled(String type)) {
      return new Result.Finished(WebhookStatus.SKIPPED, "unhandled type: " + type);
    }
    if (meaning instanceof WebhookEvent.Unreadable(String reason)) {
      return failed(reason);
    }
    if (meaning instanceof WebhookEvent.AppInstalled) {
      return appEvents.installed(event);
    }
    if (meaning instanceof WebhookEvent.AppUninstalled) {
      return appEvents.uninstalled(event);
    }
    if (!isInstalled(locationId)) {
      return appEvents.parked(event);
    }
    return switch (meaning) {
      case WebhookEvent.ContactChanged(CrmRecord<GhlContactId> contact) ->
          contactEvents.changed(locationId, contact, event, reads);
      case WebhookEvent.ContactDeleted(GhlContactId id) ->
          contactEvents.deleted(locationId, id, event);
      case WebhookEvent.AppInstalled installed -> throw new IllegalStateException("handled above");
      case WebhookEvent.AppUninstalled gone -> throw new IllegalStateException("handled above");
      case WebhookEvent.Unhandled unhandled -> throw new IllegalStateException("handled above");
      case WebhookEvent.Unreadable unreadable -> throw new IllegalStateException("handled above");
    };
  }

  private boolean isInstalled(LocationId locationId) {
    return connections
        .find(locationId)
        .map(Connection::state)
        .filter(ConnectionState::isInstalled)
        .isPresent();
  }
}
