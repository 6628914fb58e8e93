package com.lpai.application.push;

import com.lpai.application.work.Instance;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.sync.PendingPushes;
import java.time.Duration;

/** The door to pushing. */
public final class PushUseCases {
  private PushUseCases() {}

  /**
   * Pushing contacts.
   *
   * @param callLease longer than any call to the CRM can take; after it a call's outcome counts as
   *     unknown
   */
  public static PushContactsUseCase contacts(
      ContactRepository contacts,
      PendingPushes<ContactId> pending,
      CrmContacts crm,
      RetryPolicy policy,
      Duration callLease,
      Instance instance) {
    return new PushContactsService(contacts, pending, crm, policy, callLease, instance);
  }
}
