package com.lpai.domain.sync;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * One record as the CRM told it, in one answer or event.
 *
 * @param <G> the CRM's id of such a record
 * @param fields what was said; a read mentions every field its answer form has, as cleared where it
 *     was absent; an event mentions only what it carries
 * @param completeGroups groups that were listed in full: an element not listed is gone
 * @param shownGroups groups of which elements were shown, without saying that these are all
 * @param changedAt the CRM's change time; {@link Instant#EPOCH} when it was not told
 * @param inLowerCase texts that were told in lower case only: they show that a value is another
 *     one, not how it is written, so they are not among the fields
 * @param addedAt when the CRM says that it was made; {@link Instant#EPOCH} when it was not told
 */
public record CrmRecord<G>(
    G id,
    FieldChanges fields,
    Set<String> completeGroups,
    Set<String> shownGroups,
    Instant changedAt,
    Map<FieldName, String> inLowerCase,
    Instant addedAt) {
  public CrmRecord {
    completeGroups = Set.copyOf(completeGroups);
    shownGroups = Set.copyOf(shownGroups);
    inLowerCase = Map.copyOf(inLowerCase);
  }

  /** A record of which nobody said when it was made. */
  public CrmRecord(
      G id,
      FieldChanges fields,
      Set<String> completeGroups,
      Set<String> shownGroups,
      Instant changedAt,
      Map<FieldName, String> inLowerCase) {
    this(id, fields, completeGroups, shownGroups, changedAt, inLowerCase, Instant.EPOCH);
  }

  /** As above, and it shows no group in part. */
  public CrmRecord(
      G id,
      FieldChanges fields,
      Set<String> completeGroups,
      Instant changedAt,
      Map<FieldName, String> inLowerCase) {
    this(id, fields, completeGroups, Set.of(), changedAt, inLowerCase);
  }

  /** As above, with nothing told in lower case only. */
  public CrmRecord(G id, FieldChanges fields, Set<String> completeGroups, Instant changedAt) {
    this(id, fields, completeGroups, Set.of(), changedAt, Map.of());
  }

  /** The same record, as if this had been said of its fields. */
  public CrmRecord<G> saying(FieldChanges changed) {
    return new CrmRecord<>(
        id, changed, completeGroups, shownGroups, changedAt, inLowerCase, addedAt);
  }

  /** The same record, changed at this time by the CRM's clock. */
  public CrmRecord<G> changed(Instant at) {
    return new CrmRecord<>(id, fields, completeGroups, shownGroups, at, inLowerCase, addedAt);
  }

  /** The same record, made at this time by the CRM's clock. */
  public CrmRecord<G> added(Instant at) {
    return new CrmRecord<>(id, fields, completeGroups, shownGroups, changedAt, inLowerCase, at);
  }
}
