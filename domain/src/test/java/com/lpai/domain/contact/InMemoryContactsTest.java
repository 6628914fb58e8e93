package com.lpai.domain.contact;

import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;

class InMemoryContactsTest
    implements ContactRepositoryContract, PendingPushesContract<ContactId, GhlContactId, Contact> {
  private final InMemoryContacts contacts = new InMemoryContacts();

  @Override
  public ContactRepository contacts() {
    return contacts;
  }

  @Override
  public PendingPushes<ContactId> pending() {
    return contacts;
  }
}
