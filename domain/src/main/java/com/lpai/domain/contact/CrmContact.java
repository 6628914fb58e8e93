package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldChanges;
import java.time.Instant;
import java.util.Set;

/**
 * A contact as the CRM told it, in one answer or event.
 *
 * @param fields what was said; a read mentions every field its answer form has, as cleared where it
 *     was absent; an event mentions only what it carries
 * @param completeGroups groups that were listed in full: an element not listed is gone
 * @param changedAt the CRM's change time; {@link Instant#EPOCH} when it was not told
 */
public record CrmContact(
    GhlContactId id, FieldChanges fields, Set<String> completeGroups, Instant changedAt) {
  public CrmContact {
    completeGroups = Set.copyOf(completeGroups);
  }
}
