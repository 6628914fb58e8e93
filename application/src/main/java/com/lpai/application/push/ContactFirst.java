package com.lpai.application.push;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is about a contact is told after it: the CRM takes no record about nobody. */
final class ContactFirst {
  private static final Pattern NO_SUCH_CONTACT =
      Pattern.compile(
          "\\bcontact\\b.*\\b(?:not found|invalid|does not exist)\\b", Pattern.CASE_INSENSITIVE);

  /** What helps while the CRM has not got the record. */
  static final String CHOOSE_ANOTHER =
      "Choose another contact here; if it still is somebody of yours, make that contact first.";

  /** What helps once the CRM has the record: ours cannot be given another contact then. */
  static final String CHOOSE_ANOTHER_THERE =
      "Choose another contact for it in GoHighLevel and try again, or delete it here.";

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

  /**
   * An answer, where it is refused for its contact with what a person can do about that.
   *
   * @param noun what such a record is called
   * @param advice what to do, as sentences
   */
  static <T> CrmResult<T> explained(CrmResult<T> answer, String noun, String advice) {
    return answer instanceof CrmResult.Failed<T>(CrmFailure failure)
            && NO_SUCH_CONTACT.matcher(failure.message()).find()
        ? CrmResult.failed(
            switch (failure) {
              case CrmFailure.Rejected(List<String> fields, String message) ->
                  new CrmFailure.Rejected(fields, explained(message, noun, advice));
              case CrmFailure.NotFound(String message) ->
                  new CrmFailure.NotFound(explained(message, noun, advice));
              case CrmFailure other -> other;
            })
        : answer;
  }

  private static String explained(String message, String noun, String advice) {
    return ("GoHighLevel does not know the contact of this %s any more: it was deleted there, or"
            + " became one with another. %s (%s)")
        .formatted(noun, advice, message);
  }

  private static String waiting(Contact contact) {
    return contact.sync().phase() == SyncPhase.FAILED || contact.sync().phase() == SyncPhase.BLOCKED
        ? "It waits for its contact, which is not in GoHighLevel: " + contact.sync().problem()
        : "It waits for its contact, which is not in GoHighLevel yet.";
  }
}
