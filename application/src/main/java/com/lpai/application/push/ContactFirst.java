package com.lpai.application.push;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.InstantSource;
import java.util.Optional;

/** What is about a contact is told after it: the CRM takes no record about nobody. */
final class ContactFirst {
  private final ContactRepository contacts;
  private final PushUseCase<ContactId> pushing;
  private final InstantSource time;

  ContactFirst(ContactRepository contacts, PushUseCase<ContactId> pushing, InstantSource time) {
    this.contacts = contacts;
    this.pushing = pushing;
    this.time = time;
  }

  /** The record with the CRM's id of its contact, which is pushed now when that is due. */
  <R extends AboutContact<?, ?, R>> R completed(R record) {
    LocationId locationId = record.locationId();
    Optional<ContactId> contact = record.contact().contactId();
    if (contact.isPresent() && ghlId(locationId, contact.get()).isEmpty()) {
      pushing.push(locationId, contact.get());
    }
    return contact
        .flatMap(id -> ghlId(locationId, id))
        .map(ghlId -> record.withGhlContact(ghlId, time.instant()))
        .orElse(record);
  }

  private Optional<GhlContactId> ghlId(LocationId locationId, ContactId id) {
    return contacts.find(locationId, id).filter(Contact::isLive).flatMap(Contact::crmId);
  }

  /** True when the CRM has the contact by now. */
  boolean isThere(AboutContact<?, ?, ?> record) {
    return record.contact().contactId().flatMap(id -> ghlId(record.locationId(), id)).isPresent();
  }

  /**
   * Why a record cannot be created now: it has no contact that the CRM knows.
   *
   * @param noun what such a record is called
   */
  <G> Optional<Outgoing<G>> obstacle(AboutContact<?, ?, ?> record, String noun) {
    Optional<ContactId> id = record.contact().contactId();
    if (id.isEmpty()) {
      return record.ghlContactId().isPresent()
          ? Optional.empty()
          : Optional.of(
              new Outgoing.Refused<>(
                  "GoHighLevel takes no %s without a contact. Choose one.".formatted(noun)));
    }
    Optional<Contact> contact = contacts.find(record.locationId(), id.get());
    if (contact.isEmpty() || !contact.get().isLive()) {
      return Optional.of(
          new Outgoing.Refused<>(
              "The contact of this %s was deleted. Choose another one.".formatted(noun)));
    }
    boolean isNamed =
        contact
            .get()
            .crmId()
            .filter(given -> record.ghlContactId().equals(Optional.of(given)))
            .isPresent();
    return isNamed ? Optional.empty() : Optional.of(new Outgoing.Waits<>(waiting(contact.get())));
  }

  private static String waiting(Contact contact) {
    return contact.sync().phase() == SyncPhase.FAILED || contact.sync().phase() == SyncPhase.BLOCKED
        ? "It waits for its contact, which is not in GoHighLevel: " + contact.sync().problem()
        : "It waits for its contact, which is not in GoHighLevel yet.";
  }
}
