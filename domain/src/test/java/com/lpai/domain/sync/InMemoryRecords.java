package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records in memory: keeps what the ports promise, for as long as the process lives.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public abstract class InMemoryRecords<I, G, R extends Mirrored<I, G, R>>
    implements MirrorRepository<I, G, R>, PendingPushes<I> {
  private record Linked(LocationId locationId, Object crmId) {}

  private final TreeMap<String, R> byId = new TreeMap<>();

  /** Our ids by what they are linked to: tests may hold ten thousand. */
  private final Map<Linked, String> links = new HashMap<>();

  private final String idPrefix = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  private final AtomicInteger idCount = new AtomicInteger();
  private final Function<String, I> ids;
  private Runnable beforeRemoving = () -> {};
  private int writes;
  private int largestBatch;

  protected InMemoryRecords(Function<String, I> ids) {
    this.ids = ids;
  }

  /** How often a record was stored. */
  public final synchronized int writes() {
    return writes;
  }

  /** How many records were stored in one batch at most. */
  public final synchronized int largestBatch() {
    return largestBatch;
  }

  @Override
  public final I nextId() {
    return ids.apply(idPrefix + String.format(Locale.ROOT, "%08x", idCount.incrementAndGet()));
  }

  @Override
  public final synchronized SaveOutcome<G, R> save(LocationId locationId, R record) {
    requireOwned(locationId, record);
    if (!isUpToDate(record)) {
      return new SaveOutcome.Stale<>();
    }
    Optional<G> taken = record.crmId().filter(crmId -> isLinkedElsewhere(record, crmId));
    if (taken.isPresent()) {
      return new SaveOutcome.CrmIdTaken<>(taken.get());
    }
    R stored = record.atVersion(record.version() + 1);
    R before = byId.put(stored.id().toString(), stored);
    if (before != null) {
      before.crmId().ifPresent(crmId -> links.remove(new Linked(locationId, crmId)));
    }
    stored
        .crmId()
        .ifPresent(crmId -> links.put(new Linked(locationId, crmId), stored.id().toString()));
    writes++;
    return new SaveOutcome.Saved<>(stored);
  }

  private void requireOwned(LocationId locationId, R record) {
    if (!record.locationId().equals(locationId)) {
      throw new IllegalArgumentException(record.id() + " is not of location " + locationId);
    }
  }

  private boolean isUpToDate(R record) {
    R stored = byId.get(record.id().toString());
    return stored == null
        ? record.version() == 0
        : record.version() == stored.version() && record.locationId().equals(stored.locationId());
  }

  private boolean isLinkedElsewhere(R record, G crmId) {
    String linked = links.get(new Linked(record.locationId(), crmId));
    return linked != null && !linked.equals(record.id().toString());
  }

  @Override
  public final synchronized List<SaveOutcome<G, R>> saveAll(
      LocationId locationId, List<R> records) {
    records.forEach(record -> requireOwned(locationId, record));
    largestBatch = Math.max(largestBatch, records.size());
    return records.stream().map(record -> save(locationId, record)).toList();
  }

  @Override
  public final synchronized Optional<R> find(LocationId locationId, I id) {
    return Optional.ofNullable(byId.get(id.toString()))
        .filter(record -> record.locationId().equals(locationId));
  }

  @Override
  public final synchronized Optional<R> findByCrmId(LocationId locationId, G crmId) {
    String linked = links.get(new Linked(locationId, crmId));
    return linked != null
        ? Optional.ofNullable(byId.get(linked))
        : of(locationId)
            .filter(record -> record.formerIds().contains(crmId))
            .reduce((earlier, later) -> later);
  }

  @Override
  public final synchronized Map<G, R> findByCrmIds(LocationId locationId, Collection<G> crmIds) {
    Map<G, R> found = new HashMap<>();
    for (G crmId : crmIds) {
      findByCrmId(locationId, crmId).ifPresent(record -> found.put(crmId, record));
    }
    return found;
  }

  @Override
  public final synchronized Map<G, I> findIdsByCrmIds(LocationId locationId, Collection<G> crmIds) {
    Map<G, I> ids = new HashMap<>();
    findByCrmIds(locationId, crmIds).forEach((crmId, record) -> ids.put(crmId, record.id()));
    return ids;
  }

  @Override
  public final synchronized long countLinked(LocationId locationId) {
    return of(locationId).filter(record -> record.crmId().isPresent()).count();
  }

  @Override
  public final synchronized List<G> findNotReadSince(
      LocationId locationId, String after, Instant since, int limit) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(record -> record.trace().lastReadAt().isBefore(since))
        .flatMap(record -> record.crmId().stream())
        .filter(crmId -> crmId.toString().compareTo(after) > 0)
        .sorted(Comparator.comparing(Object::toString))
        .limit(limit)
        .toList();
  }

  @Override
  public final synchronized Page<Standing<I, G>> standings(
      LocationId locationId, String cursor, int limit) {
    List<R> all =
        Stream.concat(
                of(locationId).filter(Mirrored::isLive),
                of(locationId).filter(record -> !record.isLive()))
            .toList();
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = Math.min(all.size(), from + limit);
    return new Page<>(
        all.subList(Math.min(from, to), to).stream()
            .map(
                record ->
                    new Standing<>(
                        record.id(), record.link(), record.presence(), record.sync().phase()))
            .toList(),
        to == all.size() ? "" : String.valueOf(to));
  }

  @Override
  public final synchronized List<R> findCreatesInFlight(LocationId locationId) {
    return of(locationId)
        .filter(
            record ->
                record.sync().push() instanceof Push.InFlight call
                    && call.kind() == Push.Kind.CREATE)
        .toList();
  }

  @Override
  public final synchronized boolean remove(LocationId locationId, R record) {
    Optional<R> stored =
        find(locationId, record.id()).filter(kept -> kept.version() == record.version());
    stored.ifPresent(
        kept -> {
          byId.remove(kept.id().toString());
          kept.crmId().ifPresent(crmId -> links.remove(new Linked(locationId, crmId)));
        });
    return stored.isPresent();
  }

  /** This happens once, just before a copy is to be removed. */
  public final synchronized void beforeRemovingACopy(Runnable happening) {
    beforeRemoving = happening;
  }

  @Override
  public final synchronized Removal removeCopy(LocationId locationId, R record) {
    Runnable happening = beforeRemoving;
    beforeRemoving = () -> {};
    happening.run();
    Optional<R> stored =
        find(locationId, record.id()).filter(kept -> kept.version() == record.version());
    if (stored.filter(this::hasPartsOfOurs).isPresent()) {
      return Removal.NEEDED;
    }
    return remove(locationId, record) ? Removal.REMOVED : Removal.CHANGED;
  }

  /** Whether something of ours alone is kept with the record; called while this is locked. */
  protected boolean hasPartsOfOurs(R record) {
    return false;
  }

  @Override
  public final synchronized Page<R> findWithConflicts(
      LocationId locationId, ConflictQuery query, String cursor, int limit) {
    Page.requireLimit(limit);
    return list(
        locationId, cursor, limit, record -> record.conflicts().stream().anyMatch(query::matches));
  }

  @Override
  public final synchronized Map<LocationId, Long> undecided(int most) {
    return counted(
        record -> record.isLive() && record.conflicts().stream().anyMatch(Conflict::isOpen), most);
  }

  @Override
  public final synchronized Map<LocationId, Long> failed(int most) {
    return counted(record -> record.sync().phase() == SyncPhase.FAILED, most);
  }

  private Map<LocationId, Long> counted(Predicate<R> which, int most) {
    Map<LocationId, Long> counts = new TreeMap<>(Comparator.comparing(LocationId::value));
    byId.values().stream()
        .filter(which)
        .forEach(record -> counts.merge(record.locationId(), 1L, Long::sum));
    return counts.entrySet().stream()
        .limit(most)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Live records that are wanted, by id, from this cursor on. */
  protected final synchronized Page<R> list(
      LocationId locationId, String cursor, int limit, Predicate<R> wanted) {
    List<R> found =
        byId.tailMap(cursor, false).values().stream()
            .filter(record -> record.locationId().equals(locationId))
            .filter(Mirrored::isLive)
            .filter(wanted)
            .limit(limit + 1L)
            .toList();
    if (found.size() <= limit) {
      return new Page<>(found, "");
    }
    List<R> page = found.subList(0, limit);
    return new Page<>(page, page.getLast().id().toString());
  }

  @Override
  public final synchronized SyncCounts counts(LocationId locationId) {
    return new SyncCounts(
        of(locationId).filter(Mirrored::isLive).count(),
        count(locationId, SyncPhase.SYNCED),
        count(locationId, SyncPhase.PENDING),
        count(locationId, SyncPhase.BLOCKED),
        of(locationId).filter(record -> record.sync().phase() == SyncPhase.FAILED).count());
  }

  private long count(LocationId locationId, SyncPhase phase) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(record -> record.sync().phase() == phase)
        .count();
  }

  @Override
  public final synchronized long countDue(LocationId locationId, Instant now) {
    return of(locationId).filter(record -> isDue(record, now)).count();
  }

  @Override
  public final synchronized List<Due<I>> due(Instant now, int limit) {
    return Due.inTurn(
        due(SyncPhase.PENDING, now, limit), due(SyncPhase.BLOCKED, now, limit), limit);
  }

  private List<Due<I>> due(SyncPhase phase, Instant now, int limit) {
    return List.copyOf(byId.values()).stream()
        .filter(record -> record.sync().phase() == phase && isDue(record, now))
        .sorted(Comparator.comparing(record -> record.sync().nextAttemptAt()))
        .limit(limit)
        .map(record -> new Due<>(record.locationId(), record.id(), record.sync().nextAttemptAt()))
        .toList();
  }

  private boolean isDue(R record, Instant now) {
    return switch (record.sync().phase()) {
      case PENDING, BLOCKED -> !record.sync().nextAttemptAt().isAfter(now);
      case SYNCED, FAILED -> false;
    };
  }

  /** Every record of the location, tombstones included; to be used while this is locked. */
  protected final Stream<R> of(LocationId locationId) {
    return byId.values().stream().filter(record -> record.locationId().equals(locationId));
  }
}
