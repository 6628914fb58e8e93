package com.lpai.domain.webhook;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A webhook queue in memory: keeps what the port promises, for as long as the process lives. */
public final class InMemoryWebhookQueue implements WebhookQueue, WebhookHistory {
  /** Who holds a lane, and until when. */
  private record Hold(String token, Instant until) {}

  private record Entity(LocationId locationId, String key) {
    static Entity of(QueuedWebhook event) {
      return new Entity(event.envelope().locationId(), event.envelope().entityKey());
    }
  }

  private static final Comparator<QueuedWebhook> IN_ORDER =
      Comparator.comparing(QueuedWebhook::receivedAt).thenComparing(QueuedWebhook::id);

  private static final Comparator<Lane> BY_LANE =
      Comparator.comparing((Lane lane) -> lane.locationId().value()).thenComparingInt(Lane::bucket);

  private final TreeMap<String, QueuedWebhook> byId = new TreeMap<>();
  private final Map<SameId, Set<String>> bodies = new HashMap<>();

  /** What is open, in order, by lane. */
  private final TreeMap<Lane, TreeSet<QueuedWebhook>> open = new TreeMap<>(BY_LANE);

  private final TreeMap<String, Line> lines = new TreeMap<>();
  private final Map<String, Reason> reasons = new HashMap<>();
  private final Map<Lane, Hold> holds = new HashMap<>();
  private final Map<LocationId, Integer> nextBucket = new HashMap<>();
  private Optional<Lane> lastTurn = Optional.empty();
  private long accepted;
  private long noted;

  private record Line(LocationId locationId, WebhookLogLine line) {}

  private record SameId(LocationId locationId, String webhookId) {}

  @Override
  public synchronized Acceptance accept(
      Envelope envelope, RawBody body, WebhookStatus initial, Instant receivedAt) {
    if (initial != WebhookStatus.PENDING && initial != WebhookStatus.QUARANTINED) {
      throw new IllegalArgumentException("an event begins PENDING or QUARANTINED, not " + initial);
    }
    Set<String> sameId =
        bodies.computeIfAbsent(
            new SameId(envelope.locationId(), envelope.webhookId()), absent -> new HashSet<>());
    boolean isFirst = sameId.isEmpty();
    if (!sameId.add(envelope.bodyHash())) {
      return Acceptance.DUPLICATE;
    }
    accepted++;
    String id = String.format(Locale.ROOT, "%024x", accepted);
    put(new QueuedWebhook(id, envelope, body, initial, 0, receivedAt, receivedAt, ""));
    return isFirst ? Acceptance.STORED : Acceptance.STORED_FLAGGED;
  }

  @Override
  public synchronized List<Claim> claim(
      Instant now, Instant leaseUntil, Most most, Set<Lane> held) {
    List<Claim> claims = new ArrayList<>();
    long left = most.bytes();
    Map<LocationId, Integer> eventsLeft = new HashMap<>();
    Map<LocationId, Integer> taken = new HashMap<>();
    for (Lane lane : inTurn()) {
      int before = taken.getOrDefault(lane.locationId(), 0);
      if (claims.size() == most.lanes()
          || before == mostLanes(lane.locationId(), now)
          || held.contains(lane)) {
        continue;
      }
      Hold hold = holds.get(lane);
      List<QueuedWebhook> due =
          hold == null || !hold.until().isAfter(now) ? firstDue(lane, now) : List.of();
      List<QueuedWebhook> fitting = fitting(due, Math.min(left, MOST_BYTES), claims.isEmpty());
      if (!due.isEmpty() && fitting.isEmpty()) {
        return claims;
      }
      int leftOfOne = eventsLeft.getOrDefault(lane.locationId(), most.eventsOfOne());
      due = fitting.subList(0, Math.min(leftOfOne, fitting.size()));
      if (!due.isEmpty()) {
        String token = UUID.randomUUID().toString();
        holds.put(lane, new Hold(token, leaseUntil));
        Claim claim = new Claim(lane, token, leaseUntil, due);
        claims.add(claim);
        left -= claim.bytes();
        eventsLeft.put(lane.locationId(), leftOfOne - due.size());
        taken.put(lane.locationId(), before + 1);
        nextBucket.put(lane.locationId(), (lane.bucket() + 1) % BUCKETS);
        lastTurn = Optional.of(lane);
      }
    }
    return claims;
  }

  private int mostLanes(LocationId locationId, Instant now) {
    long due =
        open.entrySet().stream()
            .filter(lane -> lane.getKey().locationId().equals(locationId))
            .flatMap(lane -> lane.getValue().stream())
            .filter(event -> !event.processAfter().isAfter(now))
            .limit(A_FEW + 1)
            .count();
    return due > A_FEW ? LANES_PER_TURN : BUCKETS;
  }

  private static List<QueuedWebhook> fitting(
      List<QueuedWebhook> due, long most, boolean atLeastOne) {
    long bytes = 0;
    int count = 0;
    for (QueuedWebhook event : due) {
      bytes += event.body().size();
      if (bytes > most && !(atLeastOne && count == 0)) {
        break;
      }
      count++;
    }
    return due.subList(0, count);
  }

  /** All lanes, beginning after the location that had the last turn; within each its next ones. */
  private List<Lane> inTurn() {
    List<Lane> lanes = new ArrayList<>();
    for (Map.Entry<Lane, TreeSet<QueuedWebhook>> lane : open.entrySet()) {
      if (!lane.getValue().isEmpty()) {
        lanes.add(lane.getKey());
      }
    }
    String last = lastTurn.map(lane -> lane.locationId().value()).orElse("");
    lanes.sort(
        Comparator.comparing((Lane lane) -> lane.locationId().value().compareTo(last) <= 0)
            .thenComparing(lane -> lane.locationId().value())
            .thenComparingInt(
                lane ->
                    Math.floorMod(
                        lane.bucket() - nextBucket.getOrDefault(lane.locationId(), 0), BUCKETS)));
    return lanes;
  }

  private List<QueuedWebhook> firstDue(Lane lane, Instant now) {
    Map<Entity, Instant> waiting = new HashMap<>();
    List<QueuedWebhook> due = new ArrayList<>();
    for (QueuedWebhook event : List.copyOf(open.getOrDefault(lane, new TreeSet<>(IN_ORDER)))) {
      Instant until = waiting.get(Entity.of(event));
      if (until != null) {
        if (event.processAfter().isBefore(until)) {
          reasons.put(event.id(), Reason.EARLIER_EVENT);
          put(changed(event, WebhookStatus.WAITING, event.attempts(), until, event.outcome()));
        }
      } else if (event.processAfter().isAfter(now)) {
        waiting.put(Entity.of(event), event.processAfter());
      } else {
        due.add(due(event));
        if (due.size() == MOST_EVENTS) {
          break;
        }
      }
    }
    return due;
  }

  private QueuedWebhook due(QueuedWebhook event) {
    return event.status() == WebhookStatus.PENDING
        ? event
        : put(
            changed(
                event,
                WebhookStatus.PENDING,
                event.attempts(),
                event.processAfter(),
                event.outcome()));
  }

  @Override
  public synchronized boolean prolong(Claim claim, Instant leaseUntil) {
    if (!isHeld(claim)) {
      return false;
    }
    holds.put(claim.lane(), new Hold(claim.token(), leaseUntil));
    return true;
  }

  private boolean isHeld(Claim claim) {
    Hold hold = holds.get(claim.lane());
    return hold != null && hold.token().equals(claim.token());
  }

  @Override
  public synchronized boolean settleAll(List<ClaimOutcome> outcomes, Instant now) {
    boolean all = true;
    for (ClaimOutcome outcome : outcomes) {
      all &= settle(outcome, now);
    }
    return all;
  }

  private boolean settle(ClaimOutcome outcome, Instant now) {
    if (!isHeld(outcome.claim())) {
      return false;
    }
    holds.remove(outcome.claim().lane());
    boolean all = true;
    for (Settled each : outcome.settled()) {
      all &= settle(each, now);
    }
    return all;
  }

  private boolean settle(Settled settled, Instant now) {
    QueuedWebhook stored = byId.get(settled.event().id());
    if (stored == null
        || stored.status() != WebhookStatus.PENDING
        || stored.attempts() != settled.event().attempts()
        || !stored.processAfter().equals(settled.event().processAfter())) {
      return false;
    }
    switch (settled.result()) {
      case Result.Finished finished -> {
        int attempts = stored.attempts() + (finished.isOwnFault() ? 1 : 0);
        put(changed(stored, finished.status(), attempts, now, finished.outcome()));
        reasons.put(stored.id(), finished.reason());
        note(settled, finished, attempts, now);
      }
      case Result.Later(Instant processAfter, Reason reason, String why) -> {
        reasons.put(stored.id(), reason);
        int waits = stored.waits() + (reason.isOutside() && processAfter.isAfter(now) ? 1 : 0);
        put(
            waited(
                changed(
                    stored,
                    WebhookStatus.WAITING,
                    reason.counts() ? stored.attempts() + 1 : stored.attempts(),
                    processAfter,
                    why),
                waits));
      }
    }
    return true;
  }

  private void note(Settled settled, Result.Finished finished, int attempts, Instant now) {
    QueuedWebhook event = settled.event();
    Envelope envelope = event.envelope();
    noted++;
    String id = String.format(Locale.ROOT, "%024x", noted);
    lines.put(
        id,
        new Line(
            envelope.locationId(),
            new WebhookLogLine(
                id,
                event.id(),
                envelope.webhookId(),
                envelope.type(),
                envelope.entityKey(),
                finished.status(),
                finished.outcome(),
                attempts,
                event.receivedAt(),
                event.storedAt(),
                settled.startedAt(),
                now)));
  }

  @Override
  public synchronized boolean replay(LocationId locationId, String id, Instant now) {
    Optional<QueuedWebhook> kept =
        find(locationId, id).filter(event -> KeptEvents.STATUSES.contains(event.status()));
    kept.ifPresent(event -> again(event, now));
    return kept.isPresent();
  }

  private void again(QueuedWebhook event, Instant now) {
    reasons.remove(event.id());
    put(waited(changed(event, WebhookStatus.PENDING, 0, now, ""), 0));
  }

  @Override
  public synchronized Page<WebhookLogLine> log(LocationId locationId, WebhookLogQuery query) {
    if (!query.cursor().matches("([0-9a-f]{24})?")) {
      throw new IllegalArgumentException("cursor is not from a page before");
    }
    return page(
        lines.descendingMap().values().stream()
            .filter(each -> each.locationId().equals(locationId))
            .map(Line::line)
            .filter(line -> query.cursor().isEmpty() || line.id().compareTo(query.cursor()) < 0)
            .filter(line -> query.type().isEmpty() || line.type().equals(query.type()))
            .filter(line -> query.statuses().isEmpty() || query.statuses().contains(line.status()))
            .filter(line -> !line.doneAt().isBefore(query.from()))
            .filter(line -> line.doneAt().isBefore(query.to()))
            .limit(query.limit() + 1L)
            .toList(),
        query.limit(),
        WebhookLogLine::id);
  }

  private static <T> Page<T> page(List<T> found, int limit, Function<T, String> id) {
    return found.size() <= limit
        ? new Page<>(found, "")
        : new Page<>(found.subList(0, limit), id.apply(found.get(limit - 1)));
  }

  @Override
  public synchronized Optional<QueuedWebhook> find(LocationId locationId, String id) {
    return Optional.ofNullable(byId.get(id))
        .filter(event -> event.envelope().locationId().equals(locationId));
  }

  @Override
  public synchronized Page<Kept> kept(
      LocationId locationId, KeptEvents which, int limit, String cursor) {
    return page(
        kept(locationId, which)
            .sorted(Comparator.comparing(QueuedWebhook::id).reversed())
            .filter(event -> cursor.isEmpty() || event.id().compareTo(cursor) < 0)
            .limit(limit + 1L)
            .map(event -> new Kept(event.withBody(RawBody.NONE), reason(event)))
            .toList(),
        limit,
        kept -> kept.event().id());
  }

  private Optional<Reason> reason(QueuedWebhook event) {
    return Optional.ofNullable(reasons.get(event.id()))
        .filter(reason -> event.status() == WebhookStatus.DEAD);
  }

  private Stream<QueuedWebhook> kept(LocationId locationId, KeptEvents which) {
    return List.copyOf(byId.values()).stream()
        .filter(event -> event.envelope().locationId().equals(locationId))
        .filter(event -> which.statuses().contains(event.status()))
        .filter(event -> which.type().isEmpty() || event.envelope().type().equals(which.type()))
        .filter(event -> which.reason().isEmpty() || which.reason().equals(reason(event)))
        .filter(event -> !event.receivedAt().isBefore(which.from()))
        .filter(event -> event.receivedAt().isBefore(which.to()));
  }

  @Override
  public synchronized int replay(LocationId locationId, KeptEvents which, Instant now, int most) {
    List<QueuedWebhook> found = kept(locationId, which).limit(most).toList();
    found.forEach(event -> again(event, now));
    return found.size();
  }

  @Override
  public synchronized int discard(LocationId locationId, KeptEvents which, int most) {
    List<QueuedWebhook> found = kept(locationId, which).limit(most).toList();
    found.forEach(this::remove);
    return found.size();
  }

  @Override
  public synchronized boolean discard(LocationId locationId, String id) {
    Optional<QueuedWebhook> kept =
        find(locationId, id).filter(event -> KeptEvents.STATUSES.contains(event.status()));
    kept.ifPresent(this::remove);
    return kept.isPresent();
  }

  private void remove(QueuedWebhook event) {
    byId.remove(event.id());
    reasons.remove(event.id());
    Envelope envelope = event.envelope();
    bodies
        .getOrDefault(new SameId(envelope.locationId(), envelope.webhookId()), new HashSet<>())
        .remove(envelope.bodyHash());
  }

  @Override
  public synchronized boolean sweep(WebhookRetention retention, Instant now, int most) {
    List<QueuedWebhook> forgotten = over(WebhookStatus.EMPTIED, now.minus(retention.ids()), most);
    forgotten.forEach(this::remove);
    List<QueuedWebhook> emptied = over(WebhookStatus.DONE, now.minus(retention.bodies()), most);
    emptied.forEach(event -> put(emptied(event)));
    List<QueuedWebhook> skipped = over(WebhookStatus.SKIPPED, now.minus(retention.skipped()), most);
    skipped.forEach(this::remove);
    List<String> old =
        lines.values().stream()
            .map(Line::line)
            .filter(line -> !line.doneAt().isAfter(now.minus(retention.logs())))
            .map(WebhookLogLine::id)
            .limit(most)
            .toList();
    old.forEach(lines::remove);
    return Stream.of(forgotten, emptied, skipped, old).anyMatch(some -> some.size() == most);
  }

  private List<QueuedWebhook> over(WebhookStatus status, Instant upTo, int most) {
    return byId.values().stream()
        .filter(event -> event.status() == status)
        .filter(event -> !event.processAfter().isAfter(upTo))
        .limit(most)
        .toList();
  }

  private static QueuedWebhook emptied(QueuedWebhook event) {
    return new QueuedWebhook(
        event.id(),
        event.envelope(),
        RawBody.NONE,
        WebhookStatus.EMPTIED,
        event.attempts(),
        event.receivedAt(),
        event.processAfter(),
        event.outcome(),
        event.storedAt());
  }

  @Override
  public synchronized void wake(LocationId locationId, Instant now) {
    waiting(locationId, now).filter(event -> !waitsFor(event).isOwn()).forEach(wakened(now));
  }

  @Override
  public synchronized void wake(LocationId locationId, Set<Reason> which, Instant now) {
    Set<String> entities =
        waiting(locationId, now)
            .filter(event -> which.contains(waitsFor(event)))
            .map(event -> event.envelope().entityKey())
            .collect(Collectors.toSet());
    waiting(locationId, now)
        .filter(event -> entities.contains(event.envelope().entityKey()))
        .filter(event -> which.contains(waitsFor(event)) || waitsFor(event) == Reason.EARLIER_EVENT)
        .forEach(wakened(now));
  }

  private Stream<QueuedWebhook> waiting(LocationId locationId, Instant now) {
    return List.copyOf(byId.values()).stream()
        .filter(event -> event.envelope().locationId().equals(locationId))
        .filter(event -> event.status() == WebhookStatus.WAITING)
        .filter(event -> event.processAfter().isAfter(now));
  }

  private Reason waitsFor(QueuedWebhook event) {
    return reasons.getOrDefault(event.id(), Reason.EARLIER_EVENT);
  }

  private Consumer<QueuedWebhook> wakened(Instant now) {
    return event ->
        put(
            waited(
                changed(event, WebhookStatus.PENDING, event.attempts(), now, event.outcome()), 0));
  }

  @Override
  public synchronized Map<WebhookStatus, Long> depth() {
    Map<WebhookStatus, Long> depth = new EnumMap<>(WebhookStatus.class);
    byId.values().forEach(event -> depth.merge(counted(event.status()), 1L, Long::sum));
    return depth;
  }

  private static WebhookStatus counted(WebhookStatus status) {
    return status == WebhookStatus.EMPTIED ? WebhookStatus.DONE : status;
  }

  @Override
  public synchronized List<QueuedWebhook> recent(LocationId locationId, int limit) {
    return byId.descendingMap().values().stream()
        .filter(event -> event.envelope().locationId().equals(locationId))
        .limit(limit)
        .map(event -> event.withBody(RawBody.NONE))
        .toList();
  }

  @Override
  public synchronized Map<LocationId, Long> dead(int most) {
    Map<LocationId, Long> dead = new LinkedHashMap<>();
    byId.values().stream()
        .filter(event -> event.status() == WebhookStatus.DEAD)
        .map(event -> event.envelope().locationId())
        .sorted(Comparator.comparing(LocationId::value))
        .filter(location -> dead.containsKey(location) || dead.size() < most)
        .forEach(location -> dead.merge(location, 1L, Long::sum));
    return dead;
  }

  private static QueuedWebhook changed(
      QueuedWebhook event,
      WebhookStatus status,
      int attempts,
      Instant processAfter,
      String outcome) {
    return new QueuedWebhook(
        event.id(),
        event.envelope(),
        event.body(),
        status,
        attempts,
        event.receivedAt(),
        processAfter,
        outcome,
        event.storedAt(),
        event.waits());
  }

  private static QueuedWebhook waited(QueuedWebhook event, int waits) {
    return new QueuedWebhook(
        event.id(),
        event.envelope(),
        event.body(),
        event.status(),
        event.attempts(),
        event.receivedAt(),
        event.processAfter(),
        event.outcome(),
        event.storedAt(),
        waits);
  }

  private QueuedWebhook put(QueuedWebhook event) {
    Lane lane = Lane.of(event.envelope());
    TreeSet<QueuedWebhook> ofLane = open.computeIfAbsent(lane, absent -> new TreeSet<>(IN_ORDER));
    QueuedWebhook before = byId.put(event.id(), event);
    if (before != null) {
      ofLane.remove(before);
    }
    if (event.status() == WebhookStatus.PENDING || event.status() == WebhookStatus.WAITING) {
      ofLane.add(event);
    }
    return event;
  }
}
