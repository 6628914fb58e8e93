package com.lpai.application.mirror;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What taking in one kind of record has of its own.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public interface IntakeRules<I, G, R extends Mirrored<I, G, R>> {

  /** Finds records of ours that the CRM has under an id that we do not know yet. */
  @FunctionalInterface
  interface Matcher<G, R> {
    /** The one record that is this; it is not found again. */
    Optional<R> take(CrmRecord<G> said);
  }

  /**
   * A record with what it refers to.
   *
   * @param unanswered why what it refers to could not be asked for now; empty when nothing is owed
   */
  record Resolved<R>(R record, Optional<CrmFailure> unanswered) {
    public static <R> Resolved<R> of(R record) {
      return new Resolved<>(record, Optional.empty());
    }
  }

  /** What its conflicts are decided by. */
  MirrorKind kind();

  /** The step of a setup that reads all records of this kind. */
  SetupStep step();

  /**
   * Fields by which a record that is just being created is recognised in an event: all that an
   * event mentions must be as we hold or sent them.
   */
  List<FieldName> identifying();

  /**
   * False when changes of a record can be told by an event that shows nothing of them, for example
   * of custom fields that no event carries.
   */
  default boolean eventsShowEveryChange() {
    return true;
  }

  /** The same word of the CRM in normal form. */
  CrmRecord<G> normalised(Location location, CrmRecord<G> said);

  /** A record that the CRM had first, with nothing in it. */
  R foundInCrm(I id, LocationId locationId, G crmId, Instant now);

  /**
   * Looks in one go for records of ours that these could be. A kind of which nothing but the CRM's
   * id identifies one finds none.
   *
   * @param unknown normalised, under ids that we do not know
   */
  default Matcher<G, R> matching(LocationId locationId, List<CrmRecord<G>> unknown) {
    return said -> Optional.empty();
  }

  /** False when a page told so little of a record that it must be read on its own. */
  default boolean isWellTold(R record, CrmRecord<G> said) {
    return true;
  }

  /**
   * The same records in the same order, with what they refer to found among ours, in one go.
   *
   * @param records as they are to be stored
   */
  default List<Resolved<R>> resolved(LocationId locationId, List<R> records) {
    return records.stream().map(Resolved::of).toList();
  }

  /** These are stored, and were not linked to the CRM's before. */
  default void arrived(LocationId locationId, List<R> records) {}

  /** A stored record has something to tell the CRM; whoever pushes may be told. */
  default void pending(R record) {}
}
