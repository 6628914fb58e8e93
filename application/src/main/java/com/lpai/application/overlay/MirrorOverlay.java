package com.lpai.application.overlay;

import com.lpai.application.overlay.RecordChange.Effect;
import com.lpai.application.overlay.RecordChange.FieldChange;
import com.lpai.application.overlay.RecordChange.Kind;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.Standing;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.tenant.LocationId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records of one kind as they would be: read from the store once, and written here only. Counts and
 * lists, which no event asks for, tell of what is stored.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
abstract class MirrorOverlay<I, G, R extends Mirrored<I, G, R>>
    implements MirrorRepository<I, G, R> {
  private final MirrorRepository<I, G, R> stored;

  /** As they were when they were first read; later changes by others are left out of it. */
  private final Map<I, R> seen = new HashMap<>();

  private final Map<I, R> written = new LinkedHashMap<>();

  MirrorOverlay(MirrorRepository<I, G, R> stored) {
    this.stored = stored;
  }

  /** As it would be by now. */
  final R present(R read) {
    seen.putIfAbsent(read.id(), read);
    return written.getOrDefault(read.id(), seen.getOrDefault(read.id(), read));
  }

  @Override
  public final I nextId() {
    return stored.nextId();
  }

  @Override
  public final SaveOutcome<G, R> save(LocationId locationId, R record) {
    if (!record.locationId().equals(locationId)) {
      throw new IllegalArgumentException(record.id() + " is not of location " + locationId);
    }
    Optional<R> present = find(locationId, record.id());
    if (record.version() != present.map(Mirrored::version).orElse(0L)) {
      return new SaveOutcome.Stale<>();
    }
    Optional<G> linkedAnew =
        record.crmId().filter(crmId -> present.filter(it -> isLinked(it, crmId)).isEmpty());
    Optional<G> taken =
        linkedAnew.filter(
            crmId ->
                findByCrmId(locationId, crmId)
                    .filter(other -> !other.id().equals(record.id()))
                    .filter(other -> isLinked(other, crmId))
                    .isPresent());
    if (taken.isPresent()) {
      return new SaveOutcome.CrmIdTaken<>(taken.get());
    }
    R saved = record.atVersion(record.version() + 1);
    written.put(saved.id(), saved);
    return new SaveOutcome.Saved<>(saved);
  }

  private static <G> boolean isLinked(Mirrored<?, G, ?> record, G crmId) {
    return record.crmId().filter(crmId::equals).isPresent();
  }

  @Override
  public final List<SaveOutcome<G, R>> saveAll(LocationId locationId, List<R> records) {
    return records.stream().map(record -> save(locationId, record)).toList();
  }

  @Override
  public final Optional<R> find(LocationId locationId, I id) {
    return Optional.ofNullable(written.get(id))
        .or(() -> Optional.ofNullable(seen.get(id)))
        .filter(record -> record.locationId().equals(locationId))
        .or(() -> stored.find(locationId, id).map(this::present));
  }

  @Override
  public final Optional<R> findByCrmId(LocationId locationId, G crmId) {
    return Optional.ofNullable(findByCrmIds(locationId, List.of(crmId)).get(crmId));
  }

  @Override
  public final Map<G, R> findByCrmIds(LocationId locationId, Collection<G> crmIds) {
    Map<G, R> found = new HashMap<>();
    stored
        .findByCrmIds(locationId, crmIds)
        .forEach((crmId, record) -> found.put(crmId, present(record)));
    for (R record : written.values()) {
      for (G crmId : crmIds) {
        if (isLinked(record, crmId) || record.formerIds().contains(crmId)) {
          found.merge(crmId, record, (one, other) -> rather(crmId, one, other));
        }
      }
    }
    found.values().removeIf(record -> !record.locationId().equals(locationId));
    return found;
  }

  /** The one that is linked, else the one that was made last. */
  private R rather(G crmId, R one, R other) {
    if (isLinked(one, crmId) != isLinked(other, crmId)) {
      return isLinked(one, crmId) ? one : other;
    }
    return other.createdAt().isBefore(one.createdAt()) ? one : other;
  }

  @Override
  public final Map<G, I> findIdsByCrmIds(LocationId locationId, Collection<G> crmIds) {
    Map<G, I> found = new HashMap<>(stored.findIdsByCrmIds(locationId, crmIds));
    for (R record : written.values()) {
      record.crmId().filter(crmIds::contains).ifPresent(crmId -> found.put(crmId, record.id()));
    }
    return found;
  }

  @Override
  public final long countLinked(LocationId locationId) {
    return stored.countLinked(locationId);
  }

  @Override
  public final List<G> findNotReadSince(
      LocationId locationId, String after, Instant since, int limit) {
    return stored.findNotReadSince(locationId, after, since, limit);
  }

  @Override
  public final Page<Standing<I, G>> standings(LocationId locationId, String cursor, int limit) {
    return stored.standings(locationId, cursor, limit);
  }

  @Override
  public final List<R> findCreatesInFlight(LocationId locationId) {
    return stored.findCreatesInFlight(locationId).stream()
        .map(this::present)
        .filter(
            record ->
                record.sync().push() instanceof Push.InFlight call
                    && call.kind() == Push.Kind.CREATE)
        .toList();
  }

  @Override
  public final Page<R> findWithConflicts(
      LocationId locationId, ConflictQuery query, String cursor, int limit) {
    return stored.findWithConflicts(locationId, query, cursor, limit);
  }

  @Override
  public final boolean remove(LocationId locationId, R record) {
    throw new IllegalStateException("no event removes the document of a record");
  }

  @Override
  public final Removal removeCopy(LocationId locationId, R record) {
    throw new IllegalStateException("no event removes the document of a record");
  }

  @Override
  public final SyncCounts counts(LocationId locationId) {
    return stored.counts(locationId);
  }

  @Override
  public final long countDue(LocationId locationId, Instant now) {
    return stored.countDue(locationId, now);
  }

  // ---- the difference

  /** Records that would show other values, in the order in which they were written first. */
  final List<RecordChange> changes(Kind kind) {
    List<RecordChange> changes = new ArrayList<>();
    written.forEach(
        (id, after) -> {
          Optional<R> before = Optional.ofNullable(seen.get(id));
          List<FieldChange> fields =
              Differences.between(before.map(this::shown).orElse(Map.of()), shown(after));
          if (!fields.isEmpty()) {
            changes.add(
                new RecordChange(
                    kind,
                    String.valueOf(id),
                    after
                        .crmId()
                        .or(() -> before.flatMap(Mirrored::crmId))
                        .map(String::valueOf)
                        .orElse(""),
                    before.isPresent() ? Effect.CHANGED : Effect.CREATED,
                    fields));
          }
        });
    return changes;
  }

  private Map<String, FieldValue> shown(R record) {
    Map<String, FieldValue> shown = new TreeMap<>();
    record.fields().values().forEach((name, value) -> shown.put(name.value(), value));
    if (record.presence() instanceof Presence.DeletedInCrm) {
      shown.put("deletedInGhl", new FieldValue.Flag(true));
    }
    if (!record.conflicts().isEmpty()) {
      shown.put("conflicts", new FieldValue.Amount(BigDecimal.valueOf(record.conflicts().size())));
    }
    contactOf(record).ifPresent(contact -> shown.put("contactId", new FieldValue.Text(contact)));
    return shown;
  }

  /** Our id of the contact that it is about, where a kind of record is about one. */
  Optional<String> contactOf(R record) {
    return Optional.empty();
  }
}
