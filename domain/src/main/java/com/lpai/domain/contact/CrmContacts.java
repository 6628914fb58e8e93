package com.lpai.domain.contact;

import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The CRM's contacts (ghl-facts.md 3.1). */
public interface CrmContacts extends CrmRecords<GhlContactId> {

  /**
   * Creates a contact. A time-out, reset or 5xx after sending is {@code OutcomeUnknown}, a 422 is
   * {@code RefusedOrDone}.
   *
   * @return the new contact's id
   */
  CrmResult<GhlContactId> create(LocationId locationId, FieldChanges values);

  /** Sends exactly these fields, never a tag. */
  CrmResult<GhlContactId> update(LocationId locationId, GhlContactId id, FieldChanges values);

  /** Adds tags; those it has already stay. */
  CrmResult<GhlContactId> addTags(LocationId locationId, GhlContactId id, List<String> tags);

  /** Removes tags; those it has not are no error. */
  CrmResult<GhlContactId> removeTags(LocationId locationId, GhlContactId id, List<String> tags);

  /** Deletes a contact. */
  CrmResult<GhlContactId> delete(LocationId locationId, GhlContactId id);

  /**
   * Looks a contact up by e-mail address or phone through the call that has no search lag.
   *
   * @param email empty when unknown
   * @param phone E.164, empty when unknown; at least one of the two is given
   * @return the contacts that carry the address or the number
   */
  CrmResult<List<CrmRecord<GhlContactId>>> lookUp(
      LocationId locationId, String email, String phone);
}
