package com.lpai.domain.contact;

import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;

/** Where contacts are kept. */
public interface ContactRepository extends MirrorRepository<ContactId, GhlContactId, Contact> {

  /**
   * Live contacts without a CRM record that have one of these e-mail addresses or phones. Such a
   * contact is to be told, or its telling failed: none of them is synced.
   */
  List<Contact> findUnlinked(
      LocationId locationId, Collection<String> emails, Collection<String> phones);

  /** Live contacts in a stable order; a contact is on one page only. */
  Page<Contact> list(LocationId locationId, ContactQuery query);
}
