package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.ContactRepositoryContract;
import com.lpai.domain.contact.PendingContactPushes;
import com.lpai.domain.contact.PendingContactPushesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoContactRepositoryTest
    implements ContactRepositoryContract, PendingContactPushesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public ContactRepository contacts() {
    return DATABASE.adapter().contacts();
  }

  @Override
  public PendingContactPushes pending() {
    return DATABASE.adapter().pendingContactPushes();
  }
}
