package com.lpai.application.edit;

import com.lpai.application.idempotency.Once;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.util.OptionalLong;

/**
 * Local writes of one kind of record that is about a contact. Each is one atomic document write
 * that holds the new values and the intent to push them; no answer waits for the CRM, and a failing
 * CRM loses nothing (spec 6).
 *
 * @param <I> our id of such a record
 * @param <R> the record
 */
public interface EditAboutContactUseCase<I, R> {

  /** Makes a record about this contact. */
  default EditOutcome<R> create(
      LocationId locationId, ContactReference contact, FieldChanges values, Origin by) {
    return create(locationId, Once.EACH_TIME, contact, values, by);
  }

  /**
   * Makes a record about this contact, or answers the one that this request has made already.
   *
   * @param by who does
   */
  EditOutcome<R> create(
      LocationId locationId, Once once, ContactReference contact, FieldChanges values, Origin by);

  /**
   * Changes the mentioned fields.
   *
   * @param contact whom it shall be about; unresolved leaves it as it is
   * @param expectedVersion the version that the caller saw; empty when any will do
   * @param by who does
   */
  EditOutcome<R> edit(
      LocationId locationId,
      I id,
      ContactReference contact,
      FieldChanges changes,
      OptionalLong expectedVersion,
      Origin by);

  /** Deletes a record; it is hidden at once and deleted in the CRM in the background. */
  EditOutcome<R> delete(LocationId locationId, I id, OptionalLong expectedVersion);

  /** Pushes a record again whose push has failed or waits. */
  EditOutcome<R> retry(LocationId locationId, I id);
}
