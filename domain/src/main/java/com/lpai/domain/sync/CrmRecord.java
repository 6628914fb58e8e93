package com.lpai.domain.sync;

import java.time.Instant;
import java.util.Set;

/**
 * One record as the CRM told it, in one answer or event.
 *
 * @param <G> the CRM's id of such a record
 * @param fields what was said; a read mentions every field its answer form has, as cleared where it
 *     was absent; an event mentions only what it carries
 * @param completeGroups groups that were listed in full: an element not listed is gone
 * @param changedAt the CRM's change time; {@link Instant#EPOCH} when it was not told
 */
public record CrmRecord<G>(
    G id, FieldChanges fields, Set<String> completeGroups, Instant changedAt) {
  public CrmRecord {
    completeGroups = Set.copyOf(completeGroups);
  }

  /** The same record, as if this had been said of its fields. */
  public CrmRecord<G> saying(FieldChanges changed) {
    return new CrmRecord<>(id, changed, completeGroups, changedAt);
  }
}
