package com.lpai.adapter.mongo.contract;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.idempotency.IdempotencyKeys;
import com.lpai.domain.idempotency.IdempotencyKeysContract;
import com.lpai.domain.idempotency.KeptRequest;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoIdempotencyKeysTest implements IdempotencyKeysContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public IdempotencyKeys keys() {
    return DATABASE.adapter().idempotencyKeys();
  }

  @Test
  void keysWhoseTimeIsOverAreSweptAndNoKeyIsReadable() {
    LocationId location = TenantFixture.anyLocation();
    for (int i = 0; i < 3; i++) {
      keys()
          .keep(
              location,
              new IdempotencyKey("frontend", "contacts", "first-" + i),
              new KeptRequest("body", "id", false, END),
              START);
    }

    keys()
        .keep(
            location,
            new IdempotencyKey("frontend", "contacts", "latest"),
            new KeptRequest("body", "id", false, END.plusSeconds(1)),
            END);

    try (MongoClient client = DATABASE.client()) {
      List<Document> kept =
          client
              .getDatabase("lpai")
              .getCollection("idempotency_keys")
              .find(Filters.eq("locationId", location.value()))
              .into(new ArrayList<>());
      assertThat(kept).hasSize(1);
      assertThat(kept.get(0).toJson()).doesNotContain("latest", "frontend");
    }
  }
}
