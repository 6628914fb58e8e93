package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/**
 * Stores what became of a claim's events in one batch, and a line of the log for each that is over
 * in another. Each write matches only an event that is as the claim read it: what somebody else
 * settled meanwhile is left alone.
 */
final class Settlements {
  private final TenantCollection events;
  private final TenantCollection logs;
  private final AcceptanceIds lines = new AcceptanceIds();

  Settlements(TenantCollection events, TenantCollection logs) {
    this.events = events;
    this.logs = logs;
  }

  /** False when somebody else had settled one of them. */
  boolean store(Claim claim, List<Settled> settled, Instant now) {
    List<TenantWrite> writes = new ArrayList<>();
    for (Settled each : settled) {
      writes.add(new TenantWrite.Update(asRead(each.event()), change(claim, each, now)));
    }
    boolean all = events.bulk(claim.locationId(), writes).matched() == writes.size();
    note(claim.locationId(), all ? settled : ours(claim, settled), now);
    return all;
  }

  private List<Settled> ours(Claim claim, List<Settled> settled) {
    List<String> ids = settled.stream().map(each -> each.event().id()).toList();
    Set<String> ours =
        events
            .find(
                claim.locationId(),
                Filters.and(
                    Filters.in(WebhookDocuments.ID, ids),
                    Filters.eq(WebhookDocuments.SETTLED_BY, claim.token())),
                Find.sortedBy(Sorts.ascending(WebhookDocuments.ID))
                    .only(Projections.include(WebhookDocuments.ID)))
            .stream()
            .map(event -> StoredDocument.of("webhook", event).text(WebhookDocuments.ID))
            .collect(Collectors.toSet());
    return settled.stream().filter(each -> ours.contains(each.event().id())).toList();
  }

  private void note(LocationId locationId, List<Settled> settled, Instant now) {
    List<TenantWrite> inserts = new ArrayList<>();
    for (Settled each : settled) {
      if (each.result() instanceof Result.Finished finished) {
        inserts.add(
            new TenantWrite.Insert(LogDocuments.toDocument(lines.next(now), each, finished, now)));
      }
    }
    if (!inserts.isEmpty()) {
      logs.bulk(locationId, inserts);
    }
  }

  private static Bson asRead(QueuedWebhook event) {
    return Filters.and(
        Filters.eq(WebhookDocuments.ID, event.id()),
        Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)),
        Filters.eq(WebhookDocuments.ATTEMPTS, event.attempts()),
        Filters.eq(WebhookDocuments.PROCESS_AFTER, event.processAfter()));
  }

  private static Bson change(Claim claim, Settled settled, Instant now) {
    List<Bson> updates = new ArrayList<>();
    switch (settled.result()) {
      case Result.Finished finished -> {
        WebhookStatus status = finished.status();
        updates.add(Updates.set(WebhookDocuments.STATUS, StoredDocument.word(status)));
        updates.add(Updates.set(WebhookDocuments.OUTCOME, finished.outcome()));
        updates.add(Updates.set(WebhookDocuments.PROCESS_AFTER, now));
        updates.add(Updates.set(WebhookDocuments.SETTLED_BY, claim.token()));
        if (KeptEvents.STATUSES.contains(status)) {
          updates.add(Updates.set(WebhookDocuments.KEPT_AS, StoredDocument.word(status)));
        }
        if (status == WebhookStatus.DEAD) {
          updates.add(Updates.set(WebhookDocuments.REASON, StoredDocument.word(finished.reason())));
        }
        if (finished.isOwnFault()) {
          updates.add(Updates.inc(WebhookDocuments.ATTEMPTS, 1));
        }
      }
      case Result.Later(Instant processAfter, Reason reason, String why) -> {
        updates.add(
            Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.WAITING)));
        updates.add(Updates.set(WebhookDocuments.OUTCOME, why));
        updates.add(Updates.set(WebhookDocuments.REASON, StoredDocument.word(reason)));
        updates.add(Updates.set(WebhookDocuments.PROCESS_AFTER, processAfter));
        updates.add(Updates.inc(WebhookDocuments.ATTEMPTS, reason.counts() ? 1 : 0));
        if (reason.isOutside() && processAfter.isAfter(now)) {
          updates.add(Updates.inc(WebhookDocuments.WAITS, 1));
        }
      }
    }
    return Updates.combine(updates);
  }
}
