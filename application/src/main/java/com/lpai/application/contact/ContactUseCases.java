package com.lpai.application.contact;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;

/** The door to the contact use cases. */
public final class ContactUseCases {
  private ContactUseCases() {}

  public static EditContactsUseCase editing(
      ContactRepository contacts,
      LocationRepository locations,
      ContactNormalizer normalizer,
      WorkSignals signals,
      Instance instance) {
    return new EditContactsService(contacts, locations, normalizer, signals, instance);
  }

  public static ContactQueries queries(ContactRepository contacts) {
    return new ContactQueries() {
      @Override
      public Optional<Contact> find(LocationId locationId, ContactId id) {
        return contacts.find(locationId, id).filter(Contact::isLive);
      }

      @Override
      public Page<Contact> list(LocationId locationId, ContactQuery query) {
        return contacts.list(locationId, query);
      }
    };
  }

  /**
   * Reading contacts that other records name.
   *
   * @param intake where they are taken in
   */
  public static MissingContacts bringing(
      CrmContacts crm, Intake<GhlContactId> intake, Instance instance) {
    return new ReadMissingContacts(crm, intake, instance);
  }

  /**
   * Linking records to contacts that come after them.
   *
   * @param kinds where such records are kept
   */
  public static ContactArrivals linking(List<AboutContactRepository<?, ?, ?>> kinds) {
    return new LinkWaitingRecords(kinds);
  }

  /**
   * Taking in contacts.
   *
   * @param arrivals who waits for those that are new
   */
  public static Intake<GhlContactId> intake(
      ContactRepository contacts,
      LocationRepository locations,
      ContactNormalizer normalizer,
      ContactArrivals arrivals,
      WorkSignals signals,
      Instance instance) {
    return Intake.of(
        contacts, locations, new ContactRules(contacts, normalizer, arrivals, signals), instance);
  }
}
