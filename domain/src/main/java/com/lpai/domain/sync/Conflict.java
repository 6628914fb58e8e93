package com.lpai.domain.sync;

import java.time.Instant;

/**
 * Both sides changed one field since they last agreed.
 *
 * @param revision the record's revision that it made
 * @param winner whose value the record held after it
 */
public record Conflict(
    FieldName field,
    long revision,
    FieldValue base,
    FieldValue ours,
    FieldValue theirs,
    Side winner,
    Instant noticedAt,
    Status status) {

  /** The two sides. */
  public enum Side {
    OURS,
    THEIRS
  }

  /** Whether somebody has decided. */
  public sealed interface Status {
    /** The location's policy has; a person may choose otherwise. */
    Status DECIDED = new Decided();

    /** A person must: ours is shown, and not told. */
    Status OPEN = new Open();

    /** A person must. */
    record Open() implements Status {}

    /** The location's policy has. */
    record Decided() implements Status {}

    /** It has been settled since, by a person or because the two sides came to agree. */
    record Resolved(Origin by, Instant at) implements Status {}
  }

  public ConflictId id() {
    return new ConflictId(field, revision);
  }

  public boolean isOpen() {
    return status instanceof Status.Open;
  }

  public ConflictQuery.State state() {
    return switch (status) {
      case Status.Open open -> ConflictQuery.State.OPEN;
      case Status.Decided decided -> ConflictQuery.State.DECIDED;
      case Status.Resolved resolved -> ConflictQuery.State.RESOLVED;
    };
  }

  /** The value of this side. */
  public FieldValue valueOf(Side side) {
    return switch (side) {
      case OURS -> ours;
      case THEIRS -> theirs;
    };
  }

  boolean isResolvedFor(Side side) {
    return status instanceof Status.Resolved && winner == side;
  }

  Conflict resolved(Side side, Origin by, Instant at) {
    return new Conflict(
        field, revision, base, ours, theirs, side, noticedAt, new Status.Resolved(by, at));
  }

  /** The same conflict after ours was edited, under an id of its own. */
  Conflict withOurs(FieldValue edited, long revisionOfEdit) {
    return new Conflict(field, revisionOfEdit, base, edited, theirs, winner, noticedAt, status);
  }

  /** The same conflict, seen from what both sides agreed on before an earlier one. */
  Conflict since(FieldValue agreed) {
    return new Conflict(field, revision, agreed, ours, theirs, winner, noticedAt, status);
  }

  /** Field and winner only: values are personal data. */
  @Override
  public String toString() {
    return "Conflict[" + field + ", winner " + winner + "]";
  }
}
