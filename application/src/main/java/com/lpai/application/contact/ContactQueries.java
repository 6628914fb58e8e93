package com.lpai.application.contact;

import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** Reading contacts; deleted ones are not seen. */
public interface ContactQueries {
  Optional<Contact> find(LocationId locationId, ContactId id);

  Page<Contact> list(LocationId locationId, ContactQuery query);
}
