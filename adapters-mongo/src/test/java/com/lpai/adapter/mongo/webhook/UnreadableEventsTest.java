package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookHistory.Kept;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookRetention;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Documents in the queue that this version cannot read, or that an earlier one stored. */
class UnreadableEventsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Instant LEASE_END = START.plusSeconds(30);

  private final WebhookQueue queue = DATABASE.adapter().webhookQueue();
  private final LocationId location = TenantFixture.anyLocation();
  private final LocationId other = TenantFixture.anyLocation();
  private final MongoClient client = DATABASE.client();
  private final MongoCollection<Document> stored =
      client.getDatabase("lpai").getCollection(Collections.WEBHOOK_QUEUE);
  private final MongoCollection<Document> lanes =
      client.getDatabase("lpai").getCollection(Collections.WEBHOOK_LANES);

  @AfterEach
  void endAll() {
    stored.deleteMany(new Document());
    lanes.deleteMany(new Document());
    client.close();
  }

  @Test
  void anEventThatCannotBeReadIsSetAsideAndAllOthersGoOn() {
    Map<String, Object> odd =
        Map.of(
            "bucket", "seven",
            "entityKey", 7,
            "type", 7,
            "sentAt", "yesterday",
            "attempts", "none",
            "receivedAt", 7,
            "outcome", 7,
            "createdAt", "then",
            "body", "no bytes");
    odd.forEach(
        (field, value) -> stored.insertOne(document(field, "pending").append(field, value)));
    List.of("companyId", "appId", "bodyHash", "sentWebhookId")
        .forEach(
            field -> {
              Document without = document(field, "pending");
              without.remove(field);
              stored.insertOne(without);
            });
    accept(location, "c1");
    accept(other, "c1");

    List<Claim> claims = queue.claim(START, LEASE_END, 64, Set.of());
    List<Claim> more = queue.claim(START, LEASE_END, 64, Set.of());

    assertThat(claims).extracting(Claim::locationId).contains(location, other);
    assertThat(claims).flatExtracting(Claim::events).hasSize(3);
    assertThat(more).isEmpty();
    List<Kept> dead =
        DATABASE
            .adapter()
            .webhookHistory()
            .kept(location, KeptEvents.in(WebhookStatus.DEAD), 100, "")
            .items();
    assertThat(dead)
        .extracting(kept -> kept.event().id())
        .containsExactlyInAnyOrder(
            "entityKey",
            "type",
            "sentAt",
            "attempts",
            "receivedAt",
            "outcome",
            "createdAt",
            "body",
            "companyId",
            "appId",
            "bodyHash",
            "sentWebhookId");
    assertThat(dead)
        .allSatisfy(
            kept ->
                assertThat(kept.event().outcome())
                    .contains("cannot be read: field '" + kept.event().id() + "' "));
    assertThat(bodyOf("type")).isEqualTo(document("type", "pending").get("body"));
    assertThat(stored.find(Filters.eq("body")).first().get("body")).isEqualTo("no bytes");
    assertThat(
            stored.find(Filters.eq("sentAt")).first().get("asStored", Document.class).get("sentAt"))
        .isEqualTo("yesterday");
  }

  /** Such an event is never found again as it was read: it would be applied for ever. */
  @Test
  void anEventWhoseCountsAreNoWholeNumbersIsSetAside() {
    List<Object> odd = List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY, -1, 1L << 40);
    for (String field : List.of("attempts", "waits")) {
      for (Object value : odd) {
        stored.insertOne(document(field + value, "pending").append(field, value));
      }
    }
    stored.insertOne(document("whole", "pending").append("attempts", 1.0).append("waits", 2L));

    List<Claim> claims = queue.claim(START, LEASE_END, 64, Set.of());
    List<Claim> more = queue.claim(START, LEASE_END, 64, Set.of());

    assertThat(Stream.concat(claims.stream(), more.stream()))
        .flatExtracting(Claim::events)
        .extracting(QueuedWebhook::id, QueuedWebhook::attempts, QueuedWebhook::waits)
        .containsExactly(tuple("whole", 1, 2));
    List<Kept> dead =
        DATABASE
            .adapter()
            .webhookHistory()
            .kept(location, KeptEvents.in(WebhookStatus.DEAD), 100, "")
            .items();
    assertThat(dead).hasSize(10);
    assertThat(
            stored
                .find(Filters.eq("waits0.5"))
                .first()
                .get("asStored", Document.class)
                .get("waits"))
        .isEqualTo(0.5);
  }

  @Test
  void anUnreadableEventThatWaitsCostsTheOthersOfItsLaneNothing() {
    stored.insertOne(
        document("w1", "waiting").append("processAfter", LEASE_END).append("receivedAt", 7));
    accept(location, "w1");

    assertThat(queue.claim(START, LEASE_END, 64, Set.of())).hasSize(1);
  }

  @Test
  void whatAnEarlierVersionStoresWhileThisOneRunsIsClaimedInItsOrder() {
    List<Document> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Document old = document("c" + i % 3, "pending");
      old.remove("bucket");
      many.add(
          old.append("_id", String.format(Locale.ROOT, "%03d", i)).append("webhookId", "w" + i));
    }
    stored.insertMany(many);
    accept(location, "c1");

    List<Claim> claims = queue.claim(START.plusSeconds(1), LEASE_END, 64, Set.of());

    assertThat(claims)
        .flatExtracting(Claim::events)
        .filteredOn(event -> event.envelope().entityKey().equals("contact/c1"))
        .hasSizeGreaterThan(32)
        .first()
        .extracting("id")
        .isEqualTo("001");
  }

  @Test
  void aLaneThatAnEarlierVersionHoldsStopsNobody() {
    lanes.insertOne(
        new Document("locationId", location.value())
            .append("entityKey", "contact/c1")
            .append("token", "of an earlier version")
            .append("leaseUntil", LEASE_END));
    accept(location, "c1");

    assertThat(queue.claim(START, LEASE_END, 64, Set.of())).hasSize(1);
  }

  @Test
  void whatAnEarlierVersionSettlesWhileThisOneRunsCanBeDecidedAbout() {
    Document old = document("c1", "dead");
    old.remove("bucket");
    stored.insertOne(old);

    DATABASE.adapter().webhookHistory().sweep(WebhookRetention.STANDARD, START, 10);

    assertThat(
            DATABASE
                .adapter()
                .webhookHistory()
                .kept(location, KeptEvents.in(WebhookStatus.DEAD), 10, "")
                .items())
        .hasSize(1);
  }

  private Object bodyOf(String id) {
    return stored.find(Filters.eq(id)).first().get("body", Binary.class);
  }

  private void accept(LocationId of, String contact) {
    WebhookFixture event = WebhookFixture.anEvent(of, contact);
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
  }

  /** One that can be read, with an id like its entity. */
  private Document document(String id, String status) {
    WebhookFixture event = WebhookFixture.anEvent(location, id, id, "{}");
    return WebhookDocuments.toDocument(
            id, event.envelope(), event.body(), WebhookStatus.PENDING, START)
        .append("locationId", location.value())
        .append("status", status);
  }
}
