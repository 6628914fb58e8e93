package com.lpai.application.contact;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.tenant.LocationId;
import java.util.Map;

/** Whoever waits for contacts that other records name. */
@FunctionalInterface
public interface ContactArrivals {
  /** Nobody waits. */
  ContactArrivals UNNOTICED = (locationId, contacts) -> {};

  /** These contacts are stored under these ids of the CRM from now on. */
  void arrived(LocationId locationId, Map<GhlContactId, ContactId> contacts);
}
