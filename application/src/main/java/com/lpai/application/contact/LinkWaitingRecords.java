package com.lpai.application.contact;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds records that came before the contact that they name, and links them to it. */
final class LinkWaitingRecords implements ContactArrivals {
  private final List<AboutContactRepository<?, ?, ?>> kinds;

  LinkWaitingRecords(List<AboutContactRepository<?, ?, ?>> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public void arrived(LocationId locationId, Map<GhlContactId, ContactId> contacts) {
    kinds.forEach(kind -> link(kind, locationId, contacts));
  }

  /** What somebody else stores meanwhile is found again. */
  private static <I, G, R extends AboutContact<I, G, R>> void link(
      AboutContactRepository<I, G, R> records,
      LocationId locationId,
      Map<GhlContactId, ContactId> contacts) {
    while (true) {
      List<R> waiting = records.findWithoutContact(locationId, contacts.keySet());
      if (waiting.isEmpty()) {
        return;
      }
      records.saveAll(locationId, waiting.stream().map(record -> about(record, contacts)).toList());
    }
  }

  private static <R extends AboutContact<?, ?, R>> R about(
      R record, Map<GhlContactId, ContactId> contacts) {
    GhlContactId named = record.ghlContactId().orElseThrow();
    return record.about(Objects.requireNonNull(contacts.get(named)));
  }
}
