package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.access.StreamTicketsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoStreamTicketsTest implements StreamTicketsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public StreamTickets tickets() {
    return DATABASE.adapter().streamTickets();
  }
}
