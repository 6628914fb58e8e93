package com.lpai.application.contact;

import com.lpai.application.mirror.IntakeRules;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.tenant.LocationId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds which of our contacts other records are about, by the CRM's ids that they name. */
public final class ContactLinks {
  private final ContactRepository contacts;
  private final MissingContacts missing;

  public ContactLinks(ContactRepository contacts, MissingContacts missing) {
    this.contacts = contacts;
    this.missing = missing;
  }

  /**
   * The same records in the same order, with their contacts where we have them: one query, and
   * another for those that had to be brought. A reference that is known is looked up, too: of two
   * contacts that turned out to be one, the one that it names may be gone.
   */
  public <R extends AboutContact<?, ?, R>> List<IntakeRules.Resolved<R>> resolved(
      LocationId locationId, List<R> records) {
    Set<GhlContactId> named =
        records.stream()
            .flatMap(record -> record.ghlContactId().stream())
            .collect(Collectors.toSet());
    if (named.isEmpty()) {
      return records.stream().map(IntakeRules.Resolved::of).toList();
    }
    Map<GhlContactId, ContactId> found = new HashMap<>(contacts.findIdsByCrmIds(locationId, named));
    Set<GhlContactId> others =
        named.stream().filter(id -> !found.containsKey(id)).collect(Collectors.toSet());
    Map<GhlContactId, CrmFailure> unanswered =
        others.isEmpty() ? Map.of() : missing.bring(locationId, others);
    if (!others.isEmpty()) {
      found.putAll(contacts.findIdsByCrmIds(locationId, others));
    }
    return records.stream()
        .map(
            record ->
                new IntakeRules.Resolved<>(
                    about(record, found),
                    record
                        .ghlContactId()
                        .filter(crmId -> !found.containsKey(crmId))
                        .flatMap(crmId -> Optional.ofNullable(unanswered.get(crmId)))))
        .toList();
  }

  private static <R extends AboutContact<?, ?, R>> R about(
      R record, Map<GhlContactId, ContactId> found) {
    return record
        .ghlContactId()
        .flatMap(crmId -> Optional.ofNullable(found.get(crmId)))
        .filter(contact -> !record.contact().contactId().equals(Optional.of(contact)))
        .map(record::about)
        .orElse(record);
  }
}
