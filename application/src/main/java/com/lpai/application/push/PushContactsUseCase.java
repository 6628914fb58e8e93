package com.lpai.application.push;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** Tells the CRM what was changed here (spec 6). */
public interface PushContactsUseCase {

  /** Contacts whose push is due now, over all locations. */
  List<Due<ContactId>> due(int limit);

  /**
   * Makes the calls that this contact needs now, one after the other, until nothing is left to tell
   * or the rest must wait. Safe to call from anywhere at any time: the stored intent decides who
   * calls.
   */
  void push(LocationId locationId, ContactId id);
}
