package com.lpai.domain.webhook;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A webhook queue in memory: keeps what the port promises, for as long as the process lives. */
public final class InMemoryWebhookQueue implements WebhookQueue {
  /** Who holds an event, and until when. */
  private record Hold(String token, Instant until) {
    static final Hold NONE = new Hold("", Instant.EPOCH);
  }

  private record Entry(QueuedWebhook event, Hold hold) {}

  private record Entity(LocationId locationId, String key) {}

  private final TreeMap<String, Entry> byId = new TreeMap<>();
  private long accepted;

  @Override
  public synchronized Acceptance accept(
      Envelope envelope, RawBody body, WebhookStatus initial, Instant receivedAt) {
    if (initial != WebhookStatus.PENDING && initial != WebhookStatus.QUARANTINED) {
      throw new IllegalArgumentException("an event begins PENDING or QUARANTINED, not " + initial);
    }
    List<Envelope> sameId =
        byId.values().stream()
            .map(entry -> entry.event().envelope())
            .filter(known -> known.locationId().equals(envelope.locationId()))
            .filter(known -> known.webhookId().equals(envelope.webhookId()))
            .toList();
    if (sameId.stream().anyMatch(known -> known.bodyHash().equals(envelope.bodyHash()))) {
      return Acceptance.DUPLICATE;
    }
    accepted++;
    String id = String.format(Locale.ROOT, "%024x", accepted);
    byId.put(
        id,
        new Entry(
            new QueuedWebhook(id, envelope, body, initial, 0, receivedAt, receivedAt, ""),
            Hold.NONE));
    return sameId.isEmpty() ? Acceptance.STORED : Acceptance.STORED_FLAGGED;
  }

  @Override
  public synchronized List<Claim> claim(Instant now, Instant leaseUntil, int limit) {
    List<Claim> claims = new ArrayList<>();
    for (Map.Entry<Entity, List<Entry>> entity : openByEntity().entrySet()) {
      if (claims.size() == limit) {
        break;
      }
      List<Entry> due = due(entity.getValue(), now);
      if (!due.isEmpty()) {
        claims.add(hold(entity.getKey(), due, leaseUntil));
      }
    }
    return claims;
  }

  /** Events that are not over, by entity; both in order of acceptance. */
  private Map<Entity, List<Entry>> openByEntity() {
    Map<Entity, List<Entry>> open = new LinkedHashMap<>();
    byId.values().stream()
        .filter(
            entry ->
                entry.event().status() == WebhookStatus.PENDING
                    || entry.event().status() == WebhookStatus.PROCESSING)
        .sorted(
            Comparator.comparing((Entry entry) -> entry.event().receivedAt())
                .thenComparing(entry -> entry.event().id()))
        .forEach(
            entry -> {
              Envelope envelope = entry.event().envelope();
              Entity entity = new Entity(envelope.locationId(), envelope.entityKey());
              open.computeIfAbsent(entity, absent -> new ArrayList<>()).add(entry);
            });
    return open;
  }

  private static List<Entry> due(List<Entry> events, Instant now) {
    if (events.stream().anyMatch(entry -> entry.hold().until().isAfter(now))) {
      return List.of();
    }
    return events.stream()
        .takeWhile(
            entry ->
                entry.event().status() == WebhookStatus.PROCESSING
                    || !entry.event().processAfter().isAfter(now))
        .toList();
  }

  private Claim hold(Entity entity, List<Entry> due, Instant until) {
    Hold hold = new Hold(UUID.randomUUID().toString(), until);
    List<QueuedWebhook> events = new ArrayList<>();
    for (Entry entry : due) {
      QueuedWebhook event = entry.event();
      events.add(
          put(
              event,
              WebhookStatus.PROCESSING,
              event.attempts(),
              event.processAfter(),
              event.outcome(),
              hold));
    }
    return new Claim(entity.locationId(), entity.key(), hold.token(), events);
  }

  @Override
  public synchronized boolean settle(Claim claim, QueuedWebhook event, Result result, Instant now) {
    Entry entry = byId.get(event.id());
    if (entry == null || !entry.hold().token().equals(claim.token())) {
      return false;
    }
    QueuedWebhook stored = entry.event();
    switch (result) {
      case Result.Finished(WebhookStatus status, String outcome) ->
          put(stored, status, stored.attempts(), stored.processAfter(), outcome, Hold.NONE);
      case Result.Later(Instant processAfter, String why, boolean counts) ->
          put(
              stored,
              WebhookStatus.PENDING,
              counts ? stored.attempts() + 1 : stored.attempts(),
              processAfter,
              why,
              Hold.NONE);
    }
    return true;
  }

  @Override
  public synchronized boolean replay(LocationId locationId, String id, Instant now) {
    Entry entry = byId.get(id);
    if (entry == null || !entry.event().envelope().locationId().equals(locationId)) {
      return false;
    }
    return switch (entry.event().status()) {
      case DEAD, SKIPPED, QUARANTINED -> {
        put(entry.event(), WebhookStatus.PENDING, 0, now, "", Hold.NONE);
        yield true;
      }
      case PENDING, PROCESSING, DONE -> false;
    };
  }

  @Override
  public synchronized void wake(LocationId locationId, Instant now) {
    List.copyOf(byId.values()).stream()
        .map(Entry::event)
        .filter(event -> event.envelope().locationId().equals(locationId))
        .filter(event -> event.status() == WebhookStatus.PENDING)
        .filter(event -> event.processAfter().isAfter(now))
        .forEach(
            event -> put(event, event.status(), event.attempts(), now, event.outcome(), Hold.NONE));
  }

  @Override
  public synchronized Map<WebhookStatus, Long> depth() {
    Map<WebhookStatus, Long> depth = new EnumMap<>(WebhookStatus.class);
    byId.values().forEach(entry -> depth.merge(entry.event().status(), 1L, Long::sum));
    return depth;
  }

  @Override
  public synchronized List<QueuedWebhook> recent(LocationId locationId, int limit) {
    return byId.descendingMap().values().stream()
        .map(Entry::event)
        .filter(event -> event.envelope().locationId().equals(locationId))
        .limit(limit)
        .toList();
  }

  private QueuedWebhook put(
      QueuedWebhook event,
      WebhookStatus status,
      int attempts,
      Instant processAfter,
      String outcome,
      Hold hold) {
    QueuedWebhook changed =
        new QueuedWebhook(
            event.id(),
            event.envelope(),
            event.body(),
            status,
            attempts,
            event.receivedAt(),
            processAfter,
            outcome);
    byId.put(changed.id(), new Entry(changed, hold));
    return changed;
  }
}
