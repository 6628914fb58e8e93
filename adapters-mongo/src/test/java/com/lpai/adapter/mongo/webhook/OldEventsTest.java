package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that a version from before there were lanes has used. */
class OldEventsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final LocationId location = TenantFixture.anyLocation();

  @Test
  void whatAnEarlierVersionLeftIsClaimedAndDecidedAbout() {
    try (MongoClient client = DATABASE.client()) {
      MongoCollection<Document> queue =
          client.getDatabase("lpai").getCollection(Collections.WEBHOOK_QUEUE);
      queue.insertOne(old("1", "pending").append("open", true));
      queue.insertOne(old("2", "processing").append("open", true).append("token", "of nobody"));
      queue.insertOne(old("3", "dead"));
      MongoCollection<Document> lanes =
          client.getDatabase("lpai").getCollection(Collections.WEBHOOK_LANES);
      lanes.createIndex(
          Indexes.ascending("locationId", "entityKey"), new IndexOptions().unique(true));

      try (MongoAdapter later = MongoAdapter.open(DATABASE.settings())) {
        later.prepareSchema();

        assertThat(later.webhookQueue().claim(START, START.plusSeconds(30), 10, Set.of()))
            .flatExtracting(Claim::events)
            .extracting("id")
            .containsExactlyInAnyOrder("1", "2");
        assertThat(
                later
                    .webhookHistory()
                    .kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "")
                    .items())
            .hasSize(1);
      }
      assertThat(lanes.listIndexes().map(index -> index.getString("name")))
          .doesNotContain("locationId_1_entityKey_1");
    }
  }

  private Document old(String id, String status) {
    WebhookFixture event = WebhookFixture.anEvent(location, "c" + id);
    Document document =
        WebhookDocuments.toDocument(
            id, event.envelope(), event.body(), WebhookStatus.PENDING, START);
    document.remove(WebhookDocuments.BUCKET);
    return document.append("locationId", location.value()).append("status", status);
  }
}
