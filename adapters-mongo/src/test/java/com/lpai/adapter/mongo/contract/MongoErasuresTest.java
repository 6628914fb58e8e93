package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.erasure.ErasuresContract;
import com.lpai.domain.tenant.LocationId;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoErasuresTest implements ErasuresContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public Erasures erasures() {
    return DATABASE.adapter().erasures();
  }

  @Override
  public void storeSomethingOf(LocationId locationId) {
    Contact contact = ContactFixture.aContact().in(locationId).build();
    DATABASE.adapter().contacts().save(locationId, contact);
  }
}
