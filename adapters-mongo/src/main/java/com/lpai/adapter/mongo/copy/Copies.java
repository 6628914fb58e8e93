package com.lpai.adapter.mongo.copy;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one kind in one collection, unique by location and CRM id. What is stored is
 * compared as the domain sees it, so that neither the order of fields nor what other versions added
 * makes a difference.
 *
 * @param <E> the kind
 */
public final class Copies<E> {
  private static final Bson ANY = new Document();
  private static final char CURSOR_PARTS = '/';

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
    if (wanted.isEmpty()) {
      return 0;
    }
    List<Document> stored =
        collection.find(
            locationId, Filters.in(form.idField(), List.copyOf(wanted.keySet())), byId());
    return write(locationId, wanted, byId(stored.stream().map(this::toDomain).toList()), List.of());
  }

  /**
   * Stores what is new or differs and removes what is not among it.
   *
   * @return how many documents were written or removed
   */
  public int replaceAll(LocationId locationId, List<E> all) {
    Map<String, E> wanted = byId(all);
    Map<String, E> stored =
        byId(collection.find(locationId, ANY, byId()).stream().map(this::toDomain).toList());
    List<String> gone = stored.keySet().stream().filter(id -> !wanted.containsKey(id)).toList();
    return write(locationId, wanted, stored, gone);
  }

  private Map<String, E> byId(Collection<E> copies) {
    Map<String, E> byId = new LinkedHashMap<>();
    copies.forEach(copy -> byId.put(form.id(copy), copy));
    return byId;
  }

  private Find byId() {
    return Find.sortedBy(Sorts.ascending(form.idField()));
  }

  private int write(
      LocationId locationId, Map<String, E> wanted, Map<String, E> stored, List<String> gone) {
    Map<String, TenantWrite> writes = new HashMap<>();
    wanted.forEach(
        (id, told) -> {
          E known = stored.get(id);
          E copy = known == null ? told : form.renewed(known, told);
          if (!copy.equals(known)) {
            writes.put(id, write(copy, known));
          }
        });
    gone.forEach(id -> writes.put(id, new TenantWrite.Delete(is(id))));
    int written = writes.size();
    while (!writes.isEmpty()) {
      List<String> ids = List.copyOf(writes.keySet());
      List<TenantWrite> batch = new ArrayList<>();
      ids.forEach(id -> Optional.ofNullable(writes.get(id)).ifPresent(batch::add));
      // What another instance stored first is there now, and is changed in the next round.
      writes
          .keySet()
          .retainAll(
              collection.bulk(locationId, batch).refused().keySet().stream()
                  .map(ids::get)
                  .toList());
    }
    return written;
  }

  /** Sets what it has and unsets what it had; an upsert, whoever stored it meanwhile. */
  private TenantWrite write(E copy, @Nullable E known) {
    Document set = form.toDocument(copy);
    Document unset = new Document();
    if (known != null) {
      form.toDocument(known).keySet().stream()
          .filter(field -> !set.containsKey(field))
          .forEach(field -> unset.append(field, ""));
    }
    Document update = new Document();
    update.append("$set", set);
    if (!unset.isEmpty()) {
      update.append("$unset", unset);
    }
    return new TenantWrite.Upsert(is(form.id(copy)), update);
  }

  private Bson is(String id) {
    return Filters.eq(form.idField(), id);
  }

  public Optional<E> find(LocationId locationId, String id) {
    return collection.findOne(locationId, is(id)).map(this::toDomain);
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

  /**
   * A page of those that match, the latest by this time first.
   *
   * @param cursor {@code nextCursor} of the page before; empty for the first
   */
  public Page<E> latest(
      LocationId locationId, List<Bson> matching, String time, int limit, String cursor) {
    List<Bson> filters = new ArrayList<>(matching);
    if (!cursor.isEmpty()) {
      filters.addAll(before(time, cursor));
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
    return stored.instant(time).toEpochMilli()
        + String.valueOf(CURSOR_PARTS)
        + stored.text(form.idField());
  }

  private List<Bson> before(String time, String cursor) {
    int end = cursor.indexOf(CURSOR_PARTS);
    if (end < 1) {
      throw new IllegalArgumentException("cursor is not from a page before");
    }
    Instant at = Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, end)));
    return List.of(
        Filters.lte(time, at),
        Filters.or(Filters.lt(time, at), Filters.lt(form.idField(), cursor.substring(end + 1))));
  }

  private E toDomain(Document document) {
    return form.toDomain(StoredDocument.of(form.kind(), document));
  }
}
