package com.lpai.adapter.mongo.contract;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.access.StreamGrant;
import com.lpai.domain.access.StreamTickets;
import com.lpai.domain.access.StreamTicketsContract;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoStreamTicketsTest implements StreamTicketsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public StreamTickets tickets() {
    return DATABASE.adapter().streamTickets();
  }

  @Test
  void expiredTicketsOfALocationAreSweptWhereOneIsIssued() {
    LocationId location = TenantFixture.anyLocation();
    StreamGrant later = new StreamGrant("frontend", EXPIRY.plusSeconds(9), EXPIRY.plusSeconds(9));
    for (int i = 0; i < 3; i++) {
      tickets().issue(location, "expires" + i, GRANT, START);
    }

    tickets().issue(location, "open", later, EXPIRY);

    try (MongoClient client = DATABASE.client()) {
      assertThat(
              client
                  .getDatabase("lpai")
                  .getCollection("stream_tickets")
                  .countDocuments(Filters.eq("locationId", location.value())))
          .isEqualTo(1);
    }
  }
}
