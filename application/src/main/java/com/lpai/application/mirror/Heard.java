package com.lpai.application.mirror;

import com.lpai.domain.sync.CrmRecord;
import java.time.Instant;

/**
 * One event about one record.
 *
 * @param <G> the CRM's id of such a record
 */
public sealed interface Heard<G> {

  /**
   * When.
   *
   * @param sentAt the envelope's time; {@link Instant#EPOCH} when it has none
   * @param receivedAt our clock
   * @param isStale true when it came so late that nothing it says is believed
   */
  record Times(Instant sentAt, Instant receivedAt, boolean isStale) {}

  G id();

  Times times();

  /** It was created or changed. */
  record Changed<G>(CrmRecord<G> said, Times times) implements Heard<G> {
    @Override
    public G id() {
      return said.id();
    }
  }

  /** It was deleted. */
  record Deleted<G>(G id, Times times) implements Heard<G> {}

  /** What became of it. */
  enum Outcome {
    /** It tells what we hold or have sent. */
    ECHO,
    /** Its values are stored. */
    APPLIED,
    /** The record is marked as deleted in the CRM. */
    DELETED,
    /** What it says is deleted is not here, or was marked before. */
    NOTHING_TO_DELETE,
    /** The record was deleted here. */
    DELETED_HERE,
    /** It may tell of a record that we are just creating: the answer to that comes first. */
    OUR_CREATE,
    /** Its values are stored, and it left out what only a read can tell. */
    TO_BE_READ_TOO,
    /** Only a read of the record can tell what is so. */
    TO_BE_READ,
    /** It comes after one of the same record that is to be read or waits. */
    BEHIND;

    /** True when later events of the record can be taken in after it. */
    boolean isOver() {
      return switch (this) {
        case ECHO, APPLIED, DELETED, NOTHING_TO_DELETE, DELETED_HERE -> true;
        case OUR_CREATE, TO_BE_READ_TOO, TO_BE_READ, BEHIND -> false;
      };
    }
  }
}
