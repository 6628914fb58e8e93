package com.lpai.application.contact;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
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
  public <R extends AboutContact<?, ?, R>> List<R> resolved(
      LocationId locationId, List<R> records) {
    Set<GhlContactId> named =
        records.stream()
            .flatMap(record -> record.ghlContactId().stream())
            .collect(Collectors.toSet());
    if (named.isEmpty()) {
      return records;
    }
    Map<GhlContactId, ContactId> found = found(locationId, named);
    return records.stream()
        .map(
            record ->
                record
                    .ghlContactId()
                    .flatMap(crmId -> Optional.ofNullable(found.get(crmId)))
                    .filter(contact -> !record.contact().contactId().equals(Optional.of(contact)))
                    .map(record::about)
                    .orElse(record))
        .toList();
  }

  private Map<GhlContactId, ContactId> found(LocationId locationId, Set<GhlContactId> named) {
    Map<GhlContactId, ContactId> here = contacts.findIdsByCrmIds(locationId, named);
    Set<GhlContactId> others =
        named.stream().filter(id -> !here.containsKey(id)).collect(Collectors.toSet());
    if (others.isEmpty()) {
      return here;
    }
    missing.bring(locationId, others);
    Map<GhlContactId, ContactId> found = new HashMap<>(here);
    found.putAll(contacts.findIdsByCrmIds(locationId, others));
    return found;
  }
}
