package com.lpai.application.contact;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds which of our contacts other records are about, by the CRM's ids that they name. */
public final class ContactLinks {
  private final ContactRepository contacts;

  public ContactLinks(ContactRepository contacts) {
    this.contacts = contacts;
  }

  /** The same records in the same order, with their contacts where we have them: one query. */
  public <R extends AboutContact<?, ?, R>> List<R> resolved(
      LocationId locationId, List<R> records) {
    Set<GhlContactId> unknown =
        records.stream().flatMap(record -> wanted(record).stream()).collect(Collectors.toSet());
    if (unknown.isEmpty()) {
      return records;
    }
    Map<GhlContactId, ContactId> found = contacts.findIdsByCrmIds(locationId, unknown);
    return records.stream()
        .map(
            record ->
                wanted(record)
                    .flatMap(crmId -> Optional.ofNullable(found.get(crmId)))
                    .map(record::about)
                    .orElse(record))
        .toList();
  }

  private static Optional<GhlContactId> wanted(AboutContact<?, ?, ?> record) {
    return record.contact().contactId().isPresent() ? Optional.empty() : record.ghlContactId();
  }
}
