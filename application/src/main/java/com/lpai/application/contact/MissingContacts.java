package com.lpai.application.contact;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.tenant.LocationId;
import java.util.Set;

/** Brings contacts here that another record names and no event has told of yet. */
@FunctionalInterface
public interface MissingContacts {
  /** Nobody is brought: a copy reads all contacts, before what names them. */
  MissingContacts LEFT_ALONE = (locationId, ids) -> {};

  /** Reads these as far as that is possible now; who is missing then is found another time. */
  void bring(LocationId locationId, Set<GhlContactId> ids);
}
