package com.lpai.domain.contact;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/**
 * The CRM's contacts (ghl-facts.md 3.1). Every method makes at most one call, repeated once after a
 * token was renewed; waits for nothing; and answers every failure as a {@link
 * com.lpai.domain.crm.CrmFailure}.
 */
public interface CrmContacts {

  /**
   * The page at this cursor; an empty cursor is the first page. What is added or changed while the
   * pages are read comes at the end: they are sorted by the time of adding, or, when only changes
   * are asked for, by the time of the change.
   *
   * @param changedSince only what changed at or after this time; {@link Instant#EPOCH} for all
   */
  CrmResult<CrmPage<CrmRecord<GhlContactId>>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority);

  /** One contact, complete. */
  CrmResult<CrmRecord<GhlContactId>> find(
      LocationId locationId, GhlContactId id, CallPriority priority);

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
