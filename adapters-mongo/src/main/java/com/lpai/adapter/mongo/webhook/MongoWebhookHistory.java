package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.PlaceByTime;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookLogLine;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookRetention;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * What is over of the collection {@code webhook_queue}, and the collection {@code webhook_logs}.
 */
public final class MongoWebhookHistory implements WebhookHistory {
  /** Sweeping is done every minute. */
  private static final Duration LATELY = Duration.ofMinutes(15);

  private static final Bson BY_ID = Sorts.ascending(WebhookDocuments.ID);
  private static final Bson LATEST_FIRST = Sorts.descending(WebhookDocuments.ID);
  private static final Bson LATEST_END_FIRST =
      Sorts.descending(LogDocuments.DONE_AT, LogDocuments.ID);

  private final TenantCollection events;
  private final AcrossTenants allEvents;
  private final TenantCollection logs;
  private final AcrossTenants allLogs;
  private final OldEvents oldEvents;

  public MongoWebhookHistory(Collections collections) {
    events = collections.ofTenants(Collections.WEBHOOK_QUEUE);
    allEvents = collections.acrossTenants(Collections.WEBHOOK_QUEUE);
    logs = collections.ofTenants(Collections.WEBHOOK_LOGS);
    allLogs = collections.acrossTenants(Collections.WEBHOOK_LOGS);
    oldEvents = new OldEvents(allEvents);
  }

  @Override
  public Page<WebhookLogLine> log(LocationId locationId, WebhookLogQuery query) {
    List<Bson> wanted = new ArrayList<>();
    wanted.add(new Document());
    if (!query.type().isEmpty()) {
      wanted.add(Filters.eq(LogDocuments.TYPE, query.type()));
    }
    if (!query.statuses().isEmpty()) {
      wanted.add(
          Filters.in(
              LogDocuments.STATUS, query.statuses().stream().map(StoredDocument::word).toList()));
    }
    wanted.addAll(between(LogDocuments.DONE_AT, query.from(), query.to()));
    if (!query.cursor().isEmpty()) {
      PlaceByTime place = PlaceByTime.of(query.cursor());
      wanted.add(place.before(LogDocuments.DONE_AT, LogDocuments.ID, place.id()));
    }
    List<WebhookLogLine> found =
        logs
            .find(
                locationId,
                Filters.and(wanted),
                Find.sortedBy(LATEST_END_FIRST).limitedTo(query.limit() + 1))
            .stream()
            .map(LogDocuments::toDomain)
            .toList();
    return page(found, query.limit(), line -> new PlaceByTime(line.doneAt(), line.id()).cursor());
  }

  private static List<Bson> between(String field, Instant from, Instant to) {
    List<Bson> bounds = new ArrayList<>();
    if (from.isAfter(Instant.EPOCH)) {
      bounds.add(Filters.gte(field, from));
    }
    if (to.isBefore(Instant.MAX)) {
      bounds.add(Filters.lt(field, to));
    }
    return bounds;
  }

  private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursor) {
    return found.size() <= limit
        ? new Page<>(found, "")
        : new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
  }

  @Override
  public Optional<QueuedWebhook> find(LocationId locationId, String id) {
    return events
        .findOne(locationId, Filters.eq(WebhookDocuments.ID, id))
        .map(WebhookDocuments::toDomain);
  }

  @Override
  public Page<Kept> kept(LocationId locationId, KeptEvents which, int limit, String cursor) {
    Page.requireLimit(limit);
    Bson after = cursor.isEmpty() ? new Document() : Filters.lt(WebhookDocuments.ID, cursor);
    List<Kept> found =
        events
            .find(
                locationId,
                Filters.and(filter(which), after),
                Find.sortedBy(LATEST_FIRST)
                    .limitedTo(limit + 1)
                    .only(Projections.exclude(WebhookDocuments.BODY)))
            .stream()
            .map(MongoWebhookHistory::kept)
            .toList();
    return page(found, limit, kept -> kept.event().id());
  }

  private static Kept kept(Document document) {
    QueuedWebhook event = WebhookDocuments.withoutBody(document);
    return new Kept(
        event, event.status() == WebhookStatus.DEAD ? reason(document) : Optional.empty());
  }

  private static Optional<Reason> reason(Document document) {
    return Arrays.stream(Reason.values())
        .filter(each -> StoredDocument.word(each).equals(document.get(WebhookDocuments.REASON)))
        .findFirst();
  }

  private static Bson filter(KeptEvents which) {
    List<Bson> wanted = new ArrayList<>();
    wanted.add(
        Filters.in(
            WebhookDocuments.KEPT_AS,
            which.statuses().stream().map(StoredDocument::word).toList()));
    if (!which.type().isEmpty()) {
      wanted.add(Filters.eq(WebhookDocuments.TYPE, which.type()));
    }
    which
        .reason()
        .ifPresent(
            reason -> {
              wanted.add(Filters.eq(WebhookDocuments.REASON, StoredDocument.word(reason)));
              wanted.add(
                  Filters.eq(WebhookDocuments.KEPT_AS, StoredDocument.word(WebhookStatus.DEAD)));
            });
    wanted.addAll(between(WebhookDocuments.RECEIVED_AT, which.from(), which.to()));
    return Filters.and(wanted);
  }

  @Override
  public int replay(LocationId locationId, KeptEvents which, Instant now, int most) {
    List<TenantWrite> writes = new ArrayList<>();
    for (String id : earliest(locationId, which, most)) {
      writes.add(new TenantWrite.Update(isKept(id), again(now)));
    }
    return writes.isEmpty() ? 0 : Math.toIntExact(events.bulk(locationId, writes).matched());
  }

  /** As if it had never been tried. */
  static Bson again(Instant now) {
    return Updates.combine(
        Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING)),
        Updates.set(WebhookDocuments.PROCESS_AFTER, now),
        Updates.set(WebhookDocuments.ATTEMPTS, 0),
        Updates.set(WebhookDocuments.OUTCOME, ""),
        Updates.unset(WebhookDocuments.REASON),
        Updates.unset(WebhookDocuments.WAITS),
        Updates.unset(WebhookDocuments.SETTLED_BY),
        Updates.unset(WebhookDocuments.KEPT_AS));
  }

  static Bson isKept(String id) {
    return Filters.and(
        Filters.eq(WebhookDocuments.ID, id),
        Filters.in(
            WebhookDocuments.KEPT_AS,
            KeptEvents.STATUSES.stream().map(StoredDocument::word).toList()));
  }

  private List<String> earliest(LocationId locationId, KeptEvents which, int most) {
    return events
        .find(
            locationId,
            filter(which),
            Find.sortedBy(BY_ID).limitedTo(most).only(Projections.include(WebhookDocuments.ID)))
        .stream()
        .map(event -> StoredDocument.of("webhook", event).text(WebhookDocuments.ID))
        .toList();
  }

  @Override
  public int discard(LocationId locationId, KeptEvents which, int most) {
    List<String> ids = earliest(locationId, which, most);
    return ids.isEmpty()
        ? 0
        : Math.toIntExact(
            events.deleteMany(
                locationId, Filters.and(Filters.in(WebhookDocuments.ID, ids), filter(which))));
  }

  @Override
  public boolean discard(LocationId locationId, String id) {
    return events.delete(locationId, isKept(id));
  }

  /** Beside that, what an instance of an earlier version left lately is made fit to be seen. */
  @Override
  public boolean sweep(WebhookRetention retention, Instant now, int most) {
    oldEvents.bringUpToDate(now.minus(LATELY));
    Bson emptied =
        Updates.combine(
            Updates.set(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.EMPTIED)),
            Updates.set(WebhookDocuments.BODY, new Binary(new byte[0])));
    boolean more =
        each(
            over(WebhookStatus.EMPTIED, now.minus(retention.ids()), most),
            WebhookStatus.EMPTIED,
            TenantWrite.Delete::new);
    more |=
        each(
            over(WebhookStatus.DONE, now.minus(retention.bodies()), most),
            WebhookStatus.DONE,
            is -> new TenantWrite.Update(is, emptied));
    more |=
        each(
            over(WebhookStatus.SKIPPED, now.minus(retention.skipped()), most),
            WebhookStatus.SKIPPED,
            TenantWrite.Delete::new);
    List<Document> old =
        allLogs.find(
            Filters.lte(LogDocuments.DONE_AT, now.minus(retention.logs())),
            Find.sortedBy(Sorts.ascending(LogDocuments.DONE_AT))
                .limitedTo(most)
                .only(Projections.include(TenantCollection.LOCATION_ID)));
    write(allLogs, old, TenantWrite.Delete::new);
    return more || old.size() == most;
  }

  private boolean each(Over over, WebhookStatus status, Function<Bson, TenantWrite> write) {
    Bson still = Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status));
    write(allEvents, over.events(), id -> write.apply(Filters.and(id, still)));
    return over.isFull();
  }

  private record Over(List<Document> events, boolean isFull) {}

  private Over over(WebhookStatus status, Instant upTo, int most) {
    List<Document> found =
        allEvents.find(
            Filters.and(
                Filters.eq(WebhookDocuments.STATUS, StoredDocument.word(status)),
                Filters.lte(WebhookDocuments.PROCESS_AFTER, upTo)),
            Find.sortedBy(Sorts.ascending(WebhookDocuments.PROCESS_AFTER, WebhookDocuments.ID))
                .limitedTo(most)
                .only(Projections.include(TenantCollection.LOCATION_ID)));
    return new Over(found, found.size() == most);
  }

  private static void write(
      AcrossTenants all, List<Document> found, Function<Bson, TenantWrite> write) {
    List<AcrossTenants.Write> writes = new ArrayList<>();
    for (Document each : found) {
      StoredDocument stored = StoredDocument.of("webhook", each);
      Bson is = Filters.eq(WebhookDocuments.ID, stored.text(WebhookDocuments.ID));
      writes.add(
          new AcrossTenants.Write(
              new LocationId(stored.text(TenantCollection.LOCATION_ID)), write.apply(is)));
    }
    if (!writes.isEmpty()) {
      all.bulk(writes);
    }
  }
}
