package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where records of one kind are kept. Every method works within one location; one record is stored
 * as one document in one atomic write, so that values and the intent to push them are never apart.
 *
 * <p>All methods throw {@link StorageUnavailableException} when the database cannot be reached. A
 * method that returned has its writes stored durably (majority, journaled).
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public interface MirrorRepository<I, G, R extends Mirrored<I, G, R>> {

  /** A new id, unique over all instances. */
  I nextId();

  /**
   * Stores a record when it is still at the version it was read at; version 0 stores a new one.
   * Atomic: of several writers with one version, exactly one gets {@link SaveOutcome.Saved}.
   *
   * @throws IllegalArgumentException for a record of another location
   */
  SaveOutcome<G, R> save(LocationId locationId, R record);

  /**
   * Stores many records in few round trips, each as {@link #save} would.
   *
   * @return one outcome for each record, in the same order
   */
  List<SaveOutcome<G, R>> saveAll(LocationId locationId, List<R> records);

  /** The record, tombstones included; empty for an id of another location. */
  Optional<R> find(LocationId locationId, I id);

  /**
   * The record that is linked to this CRM record, or once was (tombstones): of several that once
   * were, the one that was made last.
   */
  Optional<R> findByCrmId(LocationId locationId, G crmId);

  /** As {@link #findByCrmId} for a page of ids; ids without a record are absent from the map. */
  Map<G, R> findByCrmIds(LocationId locationId, Collection<G> crmIds);

  /** As {@link #findByCrmIds}, for those who need to know no more than which record it is. */
  Map<G, I> findIdsByCrmIds(LocationId locationId, Collection<G> crmIds);

  /** How many records the CRM has as well, as far as is known here. */
  long countLinked(LocationId locationId);

  /**
   * CRM ids of live records that no read has shown at or after this time, in their order.
   *
   * @param after the last one of those before; empty for the first
   */
  List<G> findNotReadSince(LocationId locationId, String after, Instant since, int limit);

  /**
   * How all records stand, without their values: the live ones, then tombstones, a record on one
   * page only. One that dies meanwhile may be on two.
   *
   * @param cursor {@code nextCursor} of the page before; empty for the first
   * @param limit at most so many on a page, which may be fewer and not the last
   */
  Page<Standing<I, G>> standings(LocationId locationId, String cursor, int limit);

  /** Records whose create is on its way or in doubt. */
  List<R> findCreatesInFlight(LocationId locationId);

  /**
   * Live records with a conflict that is meant, a page of them, by id.
   *
   * @param cursor {@code nextCursor} of the page before, or the id of a record to go on after;
   *     empty for the first page
   * @throws IllegalArgumentException for a cursor that cannot be one, or a limit out of range
   */
  Page<R> findWithConflicts(LocationId locationId, ConflictQuery query, String cursor, int limit);

  /**
   * Removes the document, with all that is kept in it, when it is still at this version; false when
   * it was not.
   */
  boolean remove(LocationId locationId, R record);

  /** What became of a document that was to be removed for another of the same record. */
  enum Removal {
    REMOVED,
    /** It is at another version, or gone. */
    CHANGED,
    /** Something that the CRM does not have is kept in it, parts of a project for example. */
    NEEDED
  }

  /**
   * Removes the document when it is still at this version and holds nothing beside the record: no
   * part of ours, no field that a frontend put there (spec 5). One atomic step, so that no part
   * that is added at the same moment is lost; a field that nobody here knows is looked for just
   * before.
   */
  Removal removeCopy(LocationId locationId, R record);

  /** Counts live records by sync state, and among the failed ones those that are deleted, too. */
  SyncCounts counts(LocationId locationId);

  /** How many records of the location have a push due at or before this time. */
  long countDue(LocationId locationId, Instant now);
}
