package com.lpai.application.contact;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.tenant.LocationId;
import java.util.Map;
import java.util.Set;

/** Brings contacts here that another record names and no event has told of yet. */
@FunctionalInterface
public interface MissingContacts {
  /** Nobody is brought: a copy reads all contacts, before what names them. */
  MissingContacts LEFT_ALONE = (locationId, ids) -> Map.of();

  /**
   * Reads these as far as that is possible now.
   *
   * @return who could not be asked for now, and why: asking again may bring them
   */
  Map<GhlContactId, CrmFailure> bring(LocationId locationId, Set<GhlContactId> ids);
}
