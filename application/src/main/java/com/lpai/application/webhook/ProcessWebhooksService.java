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
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class ProcessWebhooksService implements ProcessWebhooksUseCase {
  private static final int ATTEMPTS = 3;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final WebhookQueue queue;
  private final WebhookDecoder decoder;
  private final ConnectionRepository connections;
  private final ContactEvents contactEvents;
  private final AppEvents appEvents;
  private final Duration claimLease;
  private final Instance instance;

  ProcessWebhooksService(
      WebhookQueue queue,
      WebhookDecoder decoder,
      ConnectionRepository connections,
      ContactEvents contactEvents,
      AppEvents appEvents,
      Duration claimLease,
      Instance instance) {
    this.queue = queue;
    this.decoder = decoder;
    this.connections = connections;
    this.contactEvents = contactEvents;
    this.appEvents = appEvents;
    this.claimLease = claimLease;
    this.instance = instance;
  }

  @Override
  public List<Claim> claim(int limit) {
    Instant now = instance.time().instant();
    return queue.claim(now, now.plus(claimLease), limit);
  }

  @Override
  public void process(Claim claim) {
    EntityReads reads = new EntityReads();
    for (int i = 0; i < claim.events().size(); i++) {
      QueuedWebhook event = claim.events().get(i);
      Result result = apply(claim.locationId(), event, reads);
      if (!queue.settle(claim, event, result, instance.time().instant())) {
        return;
      }
      if (result instanceof Result.Later(Instant processAfter, String why, boolean counts)) {
        giveBack(claim, i + 1, processAfter);
        return;
      }
    }
  }

  /** What comes after an event that waits must wait with it: order within one entity. */
  private void giveBack(Claim claim, int from, Instant processAfter) {
    Result waits = new Result.Later(processAfter, "waits for an earlier event", false);
    for (QueuedWebhook event : claim.events().subList(from, claim.events().size())) {
      if (!queue.settle(claim, event, waits, instance.time().instant())) {
        return;
      }
    }
  }

  private Result apply(LocationId locationId, QueuedWebhook event, EntityReads reads) {
    try {
      return applied(locationId, event, reads);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      return failed(event, fault.getClass().getSimpleName() + " while it was applied");
    }
  }

  private Result failed(QueuedWebhook event, String why) {
    if (event.attempts() + 1 >= ATTEMPTS) {
      return new Result.Finished(WebhookStatus.DEAD, why);
    }
    Duration wait = LOOK_AGAIN.multipliedBy(1L << (2 * event.attempts()));
    return new Result.Later(instance.time().instant().plus(wait), why, true);
  }

  private Result applied(LocationId locationId, QueuedWebhook event, EntityReads reads) {
    WebhookEvent meaning = decoder.event(event.envelope(), event.body());
    if (meaning instanceof WebhookEvent.Unhandled(String type)) {
      return new Result.Finished(WebhookStatus.SKIPPED, "unhandled type: " + type);
    }
    if (meaning instanceof WebhookEvent.Unreadable(String reason)) {
      return failed(event, reason);
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
