package com.lpai.domain.reconcile;

import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Something in which both sides differ, or seem to. It names fields, and holds no value of any.
 *
 * @param id the same whenever the same is found
 * @param ourId empty when it is not here
 * @param crmId empty when the CRM does not have it
 * @param fields that differ, by name
 * @param note more for a person: what a push failed of, which other record it is
 * @param seenAt our clock, when the page was read, or the record looked for
 * @param changedAt the CRM's time of its change; {@link Instant#EPOCH} when it was not told
 * @param version our record's then
 * @param result what became of a repair, for a person; empty when nothing did
 */
public record Difference(
    String id,
    MirrorKind kind,
    Nature nature,
    Cause cause,
    String ourId,
    String crmId,
    List<FieldName> fields,
    String note,
    Instant seenAt,
    Instant changedAt,
    long version,
    Stage stage,
    String result) {
  public Difference {
    fields = List.copyOf(fields);
  }

  /** How far it is. */
  public enum Stage {
    /** It is to be looked at a second time. */
    SUSPECTED,
    /** It differs. */
    OPEN,
    /** Somebody asked to repair it. */
    REQUESTED,
    REPAIRED,
    /** A repair could not mend it. */
    LEFT
  }

  /** One that a first look found. */
  public static Difference suspected(
      MirrorKind kind, Nature nature, Cause cause, String ourId, String crmId, Instant seenAt) {
    String id = kind.key() + ":" + word(nature) + ":" + (crmId.isEmpty() ? ourId : crmId);
    return new Difference(
        id,
        kind,
        nature,
        cause,
        ourId,
        crmId,
        List.of(),
        "",
        seenAt,
        Instant.EPOCH,
        0,
        Stage.SUSPECTED,
        "");
  }

  private static String word(Nature nature) {
    return nature.name().toLowerCase(Locale.ROOT);
  }

  /** With what was seen of it. */
  public Difference seen(List<FieldName> differing, Instant theirChange, long ourVersion) {
    return new Difference(
        id,
        kind,
        nature,
        cause,
        ourId,
        crmId,
        differing,
        note,
        seenAt,
        theirChange,
        ourVersion,
        stage,
        result);
  }

  public Difference noted(String more) {
    return new Difference(
        id, kind, nature, cause, ourId, crmId, fields, more, seenAt, changedAt, version, stage,
        result);
  }

  /** After a second look. */
  public Difference open(Cause likely, Instant at) {
    return new Difference(
        id,
        kind,
        nature,
        likely,
        ourId,
        crmId,
        fields,
        note,
        at,
        changedAt,
        version,
        Stage.OPEN,
        "");
  }

  public Difference at(Stage next, String what) {
    return new Difference(
        id, kind, nature, cause, ourId, crmId, fields, note, seenAt, changedAt, version, next,
        what);
  }
}
