package com.lpai.application.overlay;

import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;

final class ContactOverlay extends MirrorOverlay<ContactId, GhlContactId, Contact>
    implements ContactRepository {
  private final ContactRepository stored;

  ContactOverlay(ContactRepository stored) {
    super(stored);
    this.stored = stored;
  }

  @Override
  public List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones) {
    return stored.findUnlinked(locationId, emails, phones).stream()
        .map(this::present)
        .filter(Mirrored::isLive)
        .filter(contact -> contact.crmId().isEmpty())
        .toList();
  }

  @Override
  public Page<Contact> list(LocationId locationId, ContactQuery query) {
    return stored.list(locationId, query);
  }
}
