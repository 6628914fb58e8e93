package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.BulkOutcome;
import com.lpai.adapter.mongo.failure.DuplicateKey;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.PlaceByTime;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.Standing;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Records of one kind in one collection, one document each, guarded by their version.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public abstract class MongoMirrorRepository<I, G, R extends Mirrored<I, G, R>>
    implements MirrorRepository<I, G, R> {
  protected static final Bson IS_LIVE = Filters.eq(MirrorDocuments.LIVE, true);
  private static final Bson IS_DELETED = Filters.eq(MirrorDocuments.LIVE, false);
  private static final String TOMBSTONES = "tombstones:";
  private static final int FEW = 100;
  private static final Bson BY_ID = Sorts.ascending(MirrorDocuments.ID);

  private final TenantCollection collection;
  private final MirrorForm<I, G, R> form;
  private final MirrorDocuments<I, G, R> documents;

  /** What a record is made of: parts of ours may weigh many times as much. */
  private final Bson ofRecords;

  protected MongoMirrorRepository(TenantCollection collection, MirrorForm<I, G, R> form) {
    this.collection = collection;
    this.form = form;
    documents = new MirrorDocuments<>(form);
    ofRecords =
        form.partsOfOurs().isEmpty() ? new Document() : Projections.exclude(form.partsOfOurs());
  }

  @Override
  public final I nextId() {
    return form.ids().apply(new ObjectId().toHexString());
  }

  // ---- writing

  /** One record on its way to the database. */
  private final class Writing {
    private final R record;
    private final ObjectId id;
    private final ObjectId writeId = new ObjectId();

    private Writing(R record, ObjectId id) {
      this.record = record;
      this.id = id;
    }

    /** A document that is all ours is replaced; where others own parts, ours are set. */
    private TenantWrite write() {
      Document document = documents.toDocument(record, id, record.version() + 1, writeId);
      if (isNew()) {
        return new TenantWrite.Insert(document);
      }
      Bson asItWasRead = atVersion(id, record.version());
      return form.isSharedWithOthers()
          ? new TenantWrite.Update(asItWasRead, documents.toUpdate(document))
          : new TenantWrite.Replace(asItWasRead, document);
    }

    boolean isNew() {
      return record.version() == 0;
    }

    SaveOutcome<G, R> saved() {
      return new SaveOutcome.Saved<>(record.atVersion(record.version() + 1));
    }

    SaveOutcome<G, R> refused(DuplicateKey key) {
      return key.concerns(form.crmIdField()) && record.crmId().isPresent()
          ? new SaveOutcome.CrmIdTaken<>(record.crmId().get())
          : new SaveOutcome.Stale<>();
    }
  }

  private Writing writing(LocationId locationId, R record) {
    if (!record.locationId().equals(locationId)) {
      throw new IllegalArgumentException("record belongs to another location");
    }
    ObjectId id =
        objectId(record.id().toString())
            .orElseThrow(() -> new IllegalArgumentException("record id is not from nextId()"));
    return new Writing(record, id);
  }

  @Override
  public final SaveOutcome<G, R> save(LocationId locationId, R record) {
    Writing writing = writing(locationId, record);
    WriteOutcome outcome =
        switch (writing.write()) {
          case TenantWrite.Insert(Document document) -> collection.insert(locationId, document);
          case TenantWrite.Replace(Bson filter, Document document) ->
              collection.replace(locationId, filter, document);
          case TenantWrite.Update(Bson filter, Bson update) ->
              collection.update(locationId, filter, update);
          case TenantWrite.Upsert upsert -> throw new IllegalStateException("no save upserts");
          case TenantWrite.Delete delete -> throw new IllegalStateException("no save deletes");
        };
    return switch (outcome) {
      case WriteOutcome.Refused(DuplicateKey key) -> writing.refused(key);
      case WriteOutcome.Written(long matched) ->
          matched > 0 ? writing.saved() : new SaveOutcome.Stale<>();
    };
  }

  @Override
  public List<SaveOutcome<G, R>> saveAll(LocationId locationId, List<R> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    List<Writing> writings = all.stream().map(each -> writing(locationId, each)).toList();
    List<TenantWrite> writes = writings.stream().map(Writing::write).toList();
    BulkOutcome outcome = collection.bulk(locationId, writes);
    long replaced = writings.stream().filter(writing -> !writing.isNew()).count();
    Set<ObjectId> confirmed =
        outcome.matched() == replaced ? Set.of() : confirmed(locationId, writings);
    List<SaveOutcome<G, R>> outcomes = new ArrayList<>();
    for (int i = 0; i < writings.size(); i++) {
      Writing writing = writings.get(i);
      DuplicateKey refusal = outcome.refused().get(i);
      boolean stored =
          writing.isNew() || outcome.matched() == replaced || confirmed.contains(writing.writeId);
      if (refusal != null) {
        outcomes.add(writing.refused(refusal));
      } else {
        outcomes.add(stored ? writing.saved() : new SaveOutcome.Stale<>());
      }
    }
    return outcomes;
  }

  /**
   * A batch's answer does not tell which replacement matched; what is stored now does. One that was
   * stored and overwritten since counts as stale: its caller repeats the change on what is there.
   */
  private Set<ObjectId> confirmed(LocationId locationId, List<Writing> writings) {
    List<ObjectId> ids =
        writings.stream().filter(writing -> !writing.isNew()).map(writing -> writing.id).toList();
    Set<ObjectId> writeIds = new HashSet<>();
    for (Document stored :
        collection.find(
            locationId,
            Filters.in(MirrorDocuments.ID, ids),
            Find.sortedBy(BY_ID).only(Projections.include(MirrorDocuments.WRITE_ID)))) {
      Optional.ofNullable(stored.get(MirrorDocuments.WRITE_ID, ObjectId.class))
          .ifPresent(writeIds::add);
    }
    return writeIds;
  }

  @Override
  public boolean remove(LocationId locationId, R record) {
    return asItWasRead(record).filter(found -> collection.delete(locationId, found)).isPresent();
  }

  @Override
  public Removal removeCopy(LocationId locationId, R record) {
    Optional<Bson> asItWasRead = asItWasRead(record);
    if (asItWasRead.isEmpty()) {
      return Removal.CHANGED;
    }
    if (form.isSharedWithOthers() && hasMoreThanTheRecord(locationId, asItWasRead.get())) {
      return Removal.NEEDED;
    }
    List<Bson> removable = new ArrayList<>(List.of(asItWasRead.get()));
    form.partsOfOurs().forEach(part -> removable.addAll(isEmpty(part)));
    if (collection.delete(locationId, Filters.and(removable))) {
      return Removal.REMOVED;
    }
    // Versions only grow: at this one still, it was at this one when it was not removed.
    return collection.count(locationId, asItWasRead.get()) > 0 ? Removal.NEEDED : Removal.CHANGED;
  }

  /** No filter can ask for fields whose names nobody here knows: they are looked at. */
  private boolean hasMoreThanTheRecord(LocationId locationId, Bson asItWasRead) {
    Find theRest = Find.sortedBy(BY_ID).limitedTo(1).only(documents.notOfTheRecord());
    return collection.find(locationId, asItWasRead, theRest).stream()
        .flatMap(rest -> rest.values().stream())
        .anyMatch(MongoMirrorRepository::holdsSomething);
  }

  private static boolean holdsSomething(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Collection<?> list -> !list.isEmpty();
      case Map<?, ?> object -> !object.isEmpty();
      default -> true;
    };
  }

  /** As {@link #holdsSomething}; equality alone would take a list that holds an empty one. */
  private static List<Bson> isEmpty(String part) {
    return List.of(
        Filters.exists(part + ".0", false),
        Filters.or(
            Filters.eq(part, null), Filters.eq(part, List.of()), Filters.eq(part, new Document())));
  }

  private Optional<Bson> asItWasRead(R record) {
    return objectId(record.id().toString()).map(id -> atVersion(id, record.version()));
  }

  private static Bson atVersion(ObjectId id, long version) {
    return new Document(MirrorDocuments.ID, id).append(MirrorDocuments.VERSION, version);
  }

  // ---- reading

  @Override
  public Optional<R> find(LocationId locationId, I id) {
    return objectId(id.toString()).stream()
        .flatMap(
            given ->
                collection
                    .find(
                        locationId,
                        Filters.eq(MirrorDocuments.ID, given),
                        Find.sortedBy(BY_ID).limitedTo(1).only(ofRecords))
                    .stream())
        .map(documents::toDomain)
        .findFirst();
  }

  @Override
  public Optional<R> findByCrmId(LocationId locationId, G crmId) {
    return Optional.ofNullable(findByCrmIds(locationId, List.of(crmId)).get(crmId));
  }

  @Override
  public Map<G, R> findByCrmIds(LocationId locationId, Collection<G> crmIds) {
    Map<G, R> found = new HashMap<>();
    byCrmId(locationId, crmIds, ofRecords)
        .forEach((crmId, document) -> found.put(crmId, documents.toDomain(document)));
    return found;
  }

  @Override
  public Map<G, I> findIdsByCrmIds(LocationId locationId, Collection<G> crmIds) {
    Bson ids =
        Projections.include(form.crmIdField(), MirrorDocuments.FORMER_GHL_IDS, MirrorDocuments.ID);
    Map<G, I> found = new HashMap<>();
    byCrmId(locationId, crmIds, ids)
        .forEach(
            (crmId, document) ->
                found.put(crmId, form.ids().apply(MirrorDocuments.id(document).toHexString())));
    return found;
  }

  /** Linked documents first; former ids are asked for only where there is none. The last counts. */
  private Map<G, Document> byCrmId(LocationId locationId, Collection<G> crmIds, Bson fields) {
    Map<String, G> missing = new HashMap<>();
    crmIds.forEach(crmId -> missing.put(crmId.toString(), crmId));
    Map<G, Document> found = new HashMap<>();
    for (Document linked : findAny(locationId, form.crmIdField(), missing.keySet(), fields)) {
      Optional.ofNullable(missing.remove(linked.getString(form.crmIdField())))
          .ifPresent(crmId -> found.put(crmId, linked));
    }
    String former = MirrorDocuments.FORMER_GHL_IDS;
    for (Document document : findAny(locationId, former, missing.keySet(), fields)) {
      for (String id : StoredDocument.of(form.kind(), document).texts(former)) {
        Optional.ofNullable(missing.get(id)).ifPresent(crmId -> found.put(crmId, document));
      }
    }
    return found;
  }

  private List<Document> findAny(
      LocationId locationId, String field, Collection<String> values, Bson fields) {
    return values.isEmpty()
        ? List.of()
        : collection.find(
            locationId, Filters.in(field, List.copyOf(values)), Find.sortedBy(BY_ID).only(fields));
  }

  @Override
  public long countLinked(LocationId locationId) {
    return collection.count(locationId, Filters.gt(form.crmIdField(), ""));
  }

  @Override
  public List<G> findNotReadSince(LocationId locationId, String after, Instant since, int limit) {
    Bson filter =
        Filters.and(
            Filters.gt(form.crmIdField(), after),
            IS_LIVE,
            Filters.not(Filters.gte(MirrorDocuments.LAST_READ_AT, since)));
    return collection
        .find(
            locationId,
            filter,
            Find.sortedBy(Sorts.ascending(form.crmIdField()))
                .only(Projections.include(form.crmIdField()))
                .limitedTo(limit))
        .stream()
        .map(document -> form.crmIds().apply(document.getString(form.crmIdField())))
        .toList();
  }

  /** Live ones by their ids, then the others: each part by its own index. */
  @Override
  public Page<Standing<I, G>> standings(LocationId locationId, String cursor, int limit) {
    boolean isOfLive = !cursor.startsWith(TOMBSTONES);
    String after = isOfLive ? cursor : cursor.substring(TOMBSTONES.length());
    List<Bson> filters = new ArrayList<>(List.of(isOfLive ? IS_LIVE : IS_DELETED));
    if (!after.isEmpty()) {
      filters.add(Filters.gt(MirrorDocuments.ID, idIn(after)));
    }
    List<Document> found =
        collection.find(
            locationId,
            Filters.and(filters),
            Find.sortedBy(BY_ID).limitedTo(limit).only(documents.standing()));
    String next = found.size() < limit ? "" : MirrorDocuments.id(found.getLast()).toHexString();
    boolean isOver = next.isEmpty() && !isOfLive;
    return new Page<>(
        found.stream().map(documents::toStanding).toList(),
        isOver || (isOfLive && !next.isEmpty()) ? next : TOMBSTONES + next);
  }

  @Override
  public List<R> findCreatesInFlight(LocationId locationId) {
    return read(
        locationId, Filters.eq(MirrorDocuments.CALL_KIND, StoredDocument.word(Push.Kind.CREATE)));
  }

  /** Few records have conflicts; an index holds those alone. */
  @Override
  public Page<R> findWithConflicts(
      LocationId locationId, ConflictQuery query, String cursor, int limit) {
    Page.requireLimit(limit);
    Set<ConflictQuery.State> states =
        query.states().isEmpty() ? EnumSet.allOf(ConflictQuery.State.class) : query.states();
    List<String> words = states.stream().map(StoredDocument::word).sorted().toList();
    List<Bson> matching = new ArrayList<>();
    matching.add(Filters.in(MirrorDocuments.CONFLICT_STATES, words));
    if (!query.field().isEmpty()) {
      matching.add(
          Filters.elemMatch(
              MirrorDocuments.CONFLICTS,
              Filters.and(
                  Filters.eq(MirrorDocuments.CONFLICT_FIELD, query.field()),
                  Filters.in(MirrorDocuments.CONFLICT_STATE, words))));
    }
    return list(locationId, matching, cursor, limit);
  }

  /**
   * True when the CRM surely has every live record. One that it does not have is to be told, so it
   * is among those that are not synced: most often these are few.
   */
  protected final boolean areAllLinked(LocationId locationId) {
    List<String> untold =
        EnumSet.complementOf(EnumSet.of(SyncPhase.SYNCED)).stream()
            .map(StoredDocument::word)
            .toList();
    List<Document> some =
        collection.find(
            locationId,
            Filters.and(IS_LIVE, Filters.in(MirrorDocuments.SYNC_STATE, untold)),
            Find.sortedBy(Sorts.ascending(MirrorDocuments.SYNC_STATE, MirrorDocuments.ID))
                .limitedTo(FEW)
                .only(Projections.include(form.crmIdField())));
    return some.size() < FEW
        && some.stream().allMatch(record -> record.containsKey(form.crmIdField()));
  }

  protected final List<R> read(LocationId locationId, Bson filter) {
    return collection.find(locationId, filter, Find.sortedBy(BY_ID).only(ofRecords)).stream()
        .map(documents::toDomain)
        .toList();
  }

  /**
   * Live records that match.
   *
   * @param order fields that an index holds between those that match and the id
   */
  protected final List<R> live(LocationId locationId, Bson matching, List<String> order) {
    return live(locationId, matching, Find.sortedBy(inOrder(order)));
  }

  /** The same, so many at most. */
  protected final List<R> live(
      LocationId locationId, Bson matching, List<String> order, int limit) {
    return live(locationId, matching, Find.sortedBy(inOrder(order)).limitedTo(limit));
  }

  private static Bson inOrder(List<String> order) {
    return Sorts.orderBy(Sorts.ascending(order), BY_ID);
  }

  private List<R> live(LocationId locationId, Bson matching, Find how) {
    return collection.find(locationId, Filters.and(IS_LIVE, matching), how.only(ofRecords)).stream()
        .map(documents::toDomain)
        .toList();
  }

  /**
   * Live records that match, a page of them, by id.
   *
   * @param cursor {@code nextCursor} of the page before; empty for the first page
   */
  protected final Page<R> list(
      LocationId locationId, List<Bson> matching, String cursor, int limit) {
    return list(locationId, matching, Optional.empty(), cursor, limit);
  }

  /**
   * Live records that match, a page of them, by a time and then by id.
   *
   * @param time the field that holds the time; by id alone when there is none
   * @param cursor {@code nextCursor} of the page before; empty for the first page
   */
  protected final Page<R> list(
      LocationId locationId, List<Bson> matching, Optional<String> time, String cursor, int limit) {
    List<Bson> filters = new ArrayList<>(matching);
    filters.add(IS_LIVE);
    if (!cursor.isEmpty()) {
      filters.add(after(time, cursor));
    }
    Bson order = time.map(field -> Sorts.ascending(field, MirrorDocuments.ID)).orElse(BY_ID);
    List<Document> found =
        collection.find(
            locationId,
            Filters.and(filters),
            Find.sortedBy(order).limitedTo(limit + 1).only(ofRecords));
    return new Page<>(
        found.stream().limit(limit).map(documents::toDomain).toList(),
        found.size() <= limit ? "" : place(time, found.get(limit - 1)));
  }

  private String place(Optional<String> time, Document document) {
    String id = MirrorDocuments.id(document).toHexString();
    return time.map(field -> StoredDocument.of(form.kind(), document).instant(field))
        .map(at -> new PlaceByTime(at, id).cursor())
        .orElse(id);
  }

  private static Bson after(Optional<String> time, String cursor) {
    if (time.isEmpty()) {
      return Filters.gt(MirrorDocuments.ID, idIn(cursor));
    }
    PlaceByTime last = PlaceByTime.of(cursor);
    return last.after(time.get(), MirrorDocuments.ID, idIn(last.id()));
  }

  private static ObjectId idIn(String cursor) {
    return objectId(cursor)
        .orElseThrow(() -> new IllegalArgumentException("cursor is not from a page before"));
  }

  /** A filter for this text; none when it is empty. */
  protected static List<Bson> equal(String field, String text) {
    return text.isEmpty() ? List.of() : List.of(Filters.eq(field, text));
  }

  /** A filter for these phases; none when all are wanted. */
  protected static List<Bson> inPhases(Set<SyncPhase> phases) {
    return phases.isEmpty()
        ? List.of()
        : List.of(
            Filters.in(
                MirrorDocuments.SYNC_STATE, phases.stream().map(StoredDocument::word).toList()));
  }

  /** Few are not synced; each count is answered by the index alone, whatever their number. */
  @Override
  public SyncCounts counts(LocationId locationId) {
    long total = collection.count(locationId, IS_LIVE);
    long pending = count(locationId, SyncPhase.PENDING);
    long blocked = count(locationId, SyncPhase.BLOCKED);
    long failed = count(locationId, SyncPhase.FAILED);
    long synced = Math.max(0, total - pending - blocked - failed);
    long refusedDeletions = count(locationId, IS_DELETED, SyncPhase.FAILED);
    return new SyncCounts(total, synced, pending, blocked, failed + refusedDeletions);
  }

  private long count(LocationId locationId, SyncPhase phase) {
    return count(locationId, IS_LIVE, phase);
  }

  private long count(LocationId locationId, Bson presence, SyncPhase phase) {
    return collection.count(
        locationId,
        Filters.and(presence, Filters.eq(MirrorDocuments.SYNC_STATE, StoredDocument.word(phase))));
  }

  @Override
  public long countDue(LocationId locationId, Instant now) {
    return SyncDocuments.DUE_STATES.stream()
        .mapToLong(
            state ->
                collection.count(
                    locationId,
                    Filters.and(
                        Filters.eq(MirrorDocuments.SYNC_STATE, state),
                        Filters.lte(MirrorDocuments.NEXT_ATTEMPT_AT, now))))
        .sum();
  }

  /** Our ids are ObjectIds in their one written form; any other text is nobody's id. */
  private static Optional<ObjectId> objectId(String value) {
    return ObjectId.isValid(value)
        ? Optional.of(new ObjectId(value)).filter(id -> id.toHexString().equals(value))
        : Optional.empty();
  }
}
