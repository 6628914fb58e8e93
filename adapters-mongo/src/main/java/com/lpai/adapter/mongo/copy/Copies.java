package com.lpai.adapter.mongo.copy;

import com.lpai.adapter.mongo.document.MalformedDocumentException;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.PlaceByTime;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The copies of one kind in one collection, unique by location and CRM id. What is stored is
 * compared as the domain sees it, so that neither the order of fields nor what other versions added
 * makes a difference.
 *
 * @param <E> the kind
 */
public final class Copies<E> {
  private static final Bson ANY = new Document();
  private static final String ID = "_id";
  private static final String REVISION = "revision";

  private final TenantCollection collection;
  private final CopyForm<E> form;

  public Copies(TenantCollection collection, CopyForm<E> form) {
    this.collection = collection;
    this.form = form;
  }

  /**
   * Stores what is new or differs: one query, one batch.
   *
   * @return how many documents were written
   */
  public int saveAll(LocationId locationId, List<E> told) {
    Map<String, E> wanted = byId(told);
    return wanted.isEmpty()
        ? 0
        : write(locationId, wanted, stored(locationId, wanted.keySet()), Set.of());
  }

  private Map<String, Stored<E>> stored(LocationId locationId, Set<String> ids) {
    Bson named = Filters.in(form.idField(), List.copyOf(ids));
    return stored(collection.find(locationId, named, byId()));
  }

  /**
   * Stores what is new or differs and removes what is not among it.
   *
   * @return how many documents were written or removed
   */
  public int replaceAll(LocationId locationId, List<E> all) {
    Map<String, E> wanted = byId(all);
    Map<String, Stored<E>> stored = stored(collection.find(locationId, ANY, byId()));
    Set<String> gone = new HashSet<>(stored.keySet());
    gone.removeAll(wanted.keySet());
    return write(locationId, wanted, stored, gone);
  }

  /**
   * A copy as it is stored.
   *
   * @param copy empty when it is new, and when this version cannot read it: then it is written
   *     anew, or removed, like one that differs
   * @param fields everything that it consists of
   * @param revision which counts its writes; empty when it is new, or was written before they were
   *     counted
   */
  private record Stored<E>(Optional<E> copy, Set<String> fields, Optional<Object> revision) {
    static <E> Stored<E> nothing() {
      return new Stored<>(Optional.empty(), Set.of(), Optional.empty());
    }
  }

  private Map<String, Stored<E>> stored(List<Document> documents) {
    Map<String, Stored<E>> byId = new LinkedHashMap<>();
    for (Document document : documents) {
      if (document.get(form.idField()) instanceof String id) {
        byId.put(id, stored(document));
      }
    }
    return byId;
  }

  private Stored<E> stored(Document document) {
    Optional<Object> revision = Optional.ofNullable(document.get(REVISION));
    try {
      E copy = toDomain(document);
      return new Stored<>(Optional.of(copy), form.toDocument(copy).keySet(), revision);
    } catch (MalformedDocumentException unreadable) {
      Set<String> fields = new HashSet<>(document.keySet());
      fields.removeAll(Set.of(ID, TenantCollection.LOCATION_ID, form.idField(), REVISION));
      return new Stored<>(Optional.empty(), fields, revision);
    }
  }

  private Map<String, E> byId(Collection<E> copies) {
    Map<String, E> byId = new LinkedHashMap<>();
    copies.forEach(copy -> byId.put(form.id(copy), copy));
    return byId;
  }

  private Find byId() {
    return Find.sortedBy(Sorts.ascending(form.idField()));
  }

  /**
   * What another stores at the same moment is not written over: it is read again, and renewed by
   * what was told here.
   */
  private int write(
      LocationId locationId,
      Map<String, E> wanted,
      Map<String, Stored<E>> found,
      Set<String> gone) {
    Set<String> written = new HashSet<>(gone);
    Map<String, Stored<E>> stored = found;
    Set<String> open = new LinkedHashSet<>(wanted.keySet());
    List<TenantWrite> removals = new ArrayList<>();
    gone.forEach(id -> removals.add(new TenantWrite.Delete(is(id))));
    while (true) {
      List<String> ids = new ArrayList<>();
      List<TenantWrite> batch = new ArrayList<>();
      for (String id : open) {
        Stored<E> before = stored.getOrDefault(id, Stored.nothing());
        E told = Objects.requireNonNull(wanted.get(id));
        E copy = before.copy().map(known -> form.renewed(known, told)).orElse(told);
        if (!before.copy().equals(Optional.of(copy))) {
          ids.add(id);
          batch.add(write(copy, before));
        }
      }
      batch.addAll(removals);
      removals.clear();
      if (batch.isEmpty()) {
        return written.size();
      }
      Set<Integer> refused = collection.bulk(locationId, batch).refused().keySet();
      written.addAll(ids);
      open.clear();
      refused.forEach(place -> open.add(ids.get(place)));
      if (open.isEmpty()) {
        return written.size();
      }
      stored = stored(locationId, open);
    }
  }

  /**
   * Sets what it has and unsets what it had, when nobody else wrote it since: otherwise nothing
   * matches, and a new document is refused by the unique index.
   */
  private TenantWrite write(E copy, Stored<E> before) {
    Document set = form.toDocument(copy);
    Document unset = new Document();
    before.fields().stream()
        .filter(field -> !set.containsKey(field))
        .forEach(field -> unset.append(field, ""));
    Document update = new Document();
    update.append("$set", set);
    update.append("$inc", new Document(REVISION, 1L));
    if (!unset.isEmpty()) {
      update.append("$unset", unset);
    }
    Bson unchanged =
        before
            .revision()
            .map(revision -> Filters.eq(REVISION, revision))
            .orElseGet(() -> Filters.exists(REVISION, false));
    return new TenantWrite.Upsert(Filters.and(is(form.id(copy)), unchanged), update);
  }

  private Bson is(String id) {
    return Filters.eq(form.idField(), id);
  }

  public Optional<E> find(LocationId locationId, String id) {
    return collection.findOne(locationId, is(id)).map(this::toDomain);
  }

  /** Those of these ids that are stored. */
  public List<E> findAll(LocationId locationId, Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : collection.find(locationId, Filters.in(form.idField(), List.copyOf(ids)), byId()).stream()
            .map(this::toDomain)
            .toList();
  }

  /** How many the location has. */
  public long count(LocationId locationId) {
    return collection.count(locationId, ANY);
  }

  /** All of the location, by this field and then by id. */
  public List<E> list(LocationId locationId, String field) {
    return collection
        .find(locationId, ANY, Find.sortedBy(Sorts.ascending(field, form.idField())))
        .stream()
        .map(this::toDomain)
        .toList();
  }

  /** Those of a span of this time, the earliest first. */
  public List<E> earliest(LocationId locationId, String time, Instant from, Instant to, int limit) {
    return collection
        .find(
            locationId,
            Filters.and(Filters.gte(time, from), Filters.lt(time, to)),
            Find.sortedBy(Sorts.ascending(time, form.idField())).limitedTo(limit))
        .stream()
        .map(this::toDomain)
        .toList();
  }

  public void remove(LocationId locationId, String id) {
    collection.delete(locationId, is(id));
  }

  public void removeAll(LocationId locationId, Bson matching) {
    collection.deleteAll(locationId, matching);
  }

  /**
   * A page of those that match, the latest by this time first.
   *
   * @param cursor {@code nextCursor} of the page before; empty for the first
   */
  public Page<E> latest(
      LocationId locationId, List<Bson> matching, String time, int limit, String cursor) {
    List<Bson> filters = new ArrayList<>(matching);
    if (!cursor.isEmpty()) {
      PlaceByTime last = PlaceByTime.of(cursor);
      filters.add(last.before(time, form.idField(), last.id()));
    }
    Bson filter = filters.isEmpty() ? ANY : Filters.and(filters);
    Bson latestFirst = Sorts.descending(time, form.idField());
    List<Document> found =
        collection.find(locationId, filter, Find.sortedBy(latestFirst).limitedTo(limit + 1));
    return new Page<>(
        found.stream().limit(limit).map(this::toDomain).toList(),
        found.size() <= limit ? "" : place(found.get(limit - 1), time));
  }

  private String place(Document document, String time) {
    StoredDocument stored = StoredDocument.of(form.kind(), document);
    return new PlaceByTime(stored.instant(time), stored.text(form.idField())).cursor();
  }

  private E toDomain(Document document) {
    return form.toDomain(StoredDocument.of(form.kind(), document));
  }
}
