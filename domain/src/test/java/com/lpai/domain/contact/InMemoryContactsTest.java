package com.lpai.domain.contact;

class InMemoryContactsTest implements ContactRepositoryContract, PendingContactPushesContract {
  private final InMemoryContacts contacts = new InMemoryContacts();

  @Override
  public ContactRepository contacts() {
    return contacts;
  }

  @Override
  public PendingContactPushes pending() {
    return contacts;
  }
}
