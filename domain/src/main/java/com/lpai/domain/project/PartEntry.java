package com.lpai.domain.project;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import java.time.Instant;

/**
 * One entry of a part of a project.
 *
 * @param by who made it, as their token says
 * @param version counts its changes, from 1
 */
public record PartEntry(
    PartEntryId id, Fields fields, String by, Instant createdAt, Instant updatedAt, long version) {

  public static PartEntry made(PartEntryId id, FieldChanges values, String by, Instant now) {
    return new PartEntry(id, Fields.NONE.apply(values), by, now, now, 1);
  }

  /** The entry after a change; the same object when that changes nothing. */
  public PartEntry edited(FieldChanges changes, Instant now) {
    return fields.differing(changes).isEmpty()
        ? this
        : new PartEntry(id, fields.apply(changes), by, createdAt, now, version + 1);
  }

  /** Ids only: the rest is of no concern to a log. */
  @Override
  public String toString() {
    return "PartEntry[" + id + ", version " + version + "]";
  }
}
