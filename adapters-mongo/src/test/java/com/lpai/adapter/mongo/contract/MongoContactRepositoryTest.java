package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.ContactRepositoryContract;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoContactRepositoryTest
    implements ContactRepositoryContract, PendingPushesContract<ContactId, GhlContactId, Contact> {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public ContactRepository contacts() {
    return DATABASE.adapter().contacts();
  }

  @Override
  public PendingPushes<ContactId> pending() {
    return DATABASE.adapter().pendingContactPushes();
  }
}
