package com.lpai.application.contact;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.util.OptionalLong;

/**
 * Local writes. Each is one atomic document write that holds the new values and the intent to push
 * them; no answer waits for the CRM, and a failing CRM loses nothing (spec 6).
 */
public interface EditContactsUseCase {

  /** Makes a contact. */
  default EditOutcome<Contact> create(LocationId locationId, FieldChanges values, Origin by) {
    return create(locationId, Once.EACH_TIME, values, by);
  }

  /**
   * Makes a contact, or answers the one that this request has made already.
   *
   * @param by who does
   */
  EditOutcome<Contact> create(LocationId locationId, Once once, FieldChanges values, Origin by);

  /**
   * Changes the mentioned fields.
   *
   * @param expectedVersion the version that the caller saw; empty when any will do
   * @param by who does
   */
  EditOutcome<Contact> edit(
      LocationId locationId,
      ContactId id,
      FieldChanges changes,
      OptionalLong expectedVersion,
      Origin by);

  /** Deletes a contact; it is hidden at once and deleted in the CRM in the background. */
  EditOutcome<Contact> delete(LocationId locationId, ContactId id, OptionalLong expectedVersion);

  /** Pushes a contact again whose push has failed or waits. */
  EditOutcome<Contact> retry(LocationId locationId, ContactId id);
}
