package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.adapter.mongo.IntakeLimits;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.webhook.Settlements.Told;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of claims that are settled in one batch. */
@SuppressWarnings("JavaUtilDate") // the driver's
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettlementsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final IntakeLimits ONE_BATCH = new IntakeLimits(100, 1_000, 64, 1_000, 1);
  private static final Result DONE = new Result.Finished(WebhookStatus.DONE, "applied");

  /** No database has such a time. */
  private static final Result UNSTORABLE = new Result.Later(Instant.MAX, Reason.CRM_AWAY, "away");

  /** A document has 16 MiB at most. */
  private static final Result TOO_LONG =
      new Result.Finished(WebhookStatus.DONE, "long".repeat(5 << 20));

  private static final String REFUSED = "refused";

  private final WebhookQueue queue = DATABASE.adapter().webhookQueue();
  private final LocationId location = TenantFixture.anyLocation();
  private final MongoClient client = MongoClients.create(DATABASE.uri());
  private final MongoDatabase database = client.getDatabase(DATABASE.settings().database());
  private final Collections collections = new Collections(database);
  private final Settlements settlements =
      new Settlements(
          collections.acrossTenants(Collections.WEBHOOK_QUEUE),
          collections.acrossTenants(Collections.WEBHOOK_LOGS),
          new Lanes(
              collections.ofTenants(Collections.WEBHOOK_LANES),
              collections.acrossTenants(Collections.WEBHOOK_LANES)));
  private final Map<String, Result> results = new ConcurrentHashMap<>();
  private final AtomicInteger batches = new AtomicInteger();
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final GroupCommit<List<Told>, Boolean> group =
      GroupCommit.ofWork(this::write, ONE_BATCH, Duration.ofSeconds(30));

  @AfterEach
  void close() {
    DATABASE.adapter().erasures().removeAll(location);
    client.close();
  }

  /** The first batch lasts until {@link #firstMayEnd}. */
  private void write(List<GroupCommit.Entry<List<Told>, Boolean>> batch) {
    if (batches.incrementAndGet() == 1) {
      try {
        assertThat(firstMayEnd.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    settlements.write(batch);
  }

  @Test
  void trap30OneThatWasLostAndOneThatWasChangedCostTheOthersOfTheirBatchNothing() throws Exception {
    List<Claim> claims = claims(4);
    Claim lost = claims.get(1);
    Claim changed = claims.get(2);
    lanes().deleteOne(Filters.eq("token", lost.token()));
    events()
        .updateOne(
            Filters.eq("_id", changed.events().getFirst().id()),
            Updates.set("processAfter", Date.from(START.plusSeconds(5))));

    List<Object> answers = settledInTwoBatches(claims);

    assertThat(answers).containsExactly(true, false, false, true);
    assertThat(batches).hasValue(2);
    assertThat(claims)
        .extracting(this::status)
        .containsExactly("done", "pending", "pending", "done");
    assertThat(linesOf(claims.get(0)) + linesOf(claims.get(3))).isEqualTo(2);
    assertThat(linesOf(lost) + linesOf(changed)).isZero();
    assertThat(lanes().countDocuments(Filters.eq("locationId", location.value()))).isZero();
  }

  @Test
  void trap30AnOutcomeThatIsRefusedCostsTheOthersOfItsBatchNothing() throws Exception {
    List<Claim> claims = claims(6);
    results.put(claims.get(2).token(), UNSTORABLE);
    results.put(claims.get(5).token(), TOO_LONG);

    List<Object> answers = settledInTwoBatches(claims);

    assertThat(answers).containsExactly(true, true, REFUSED, true, true, REFUSED);
    assertThat(claims)
        .extracting(this::status)
        .as("what could not be stored is not tried for ever")
        .containsExactly("done", "done", "dead", "done", "done", "dead");
    assertThat(claims).extracting(this::linesOf).containsOnly(1L);
    assertThat(lanes().countDocuments(Filters.eq("locationId", location.value()))).isZero();
  }

  @Test
  void anOutcomeThatIsRefusedCostsTheOthersOfItsClaimNothing() {
    for (int i = 0; i < 3; i++) {
      WebhookFixture event = WebhookFixture.anEvent(location, "c1");
      queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START.plusMillis(i));
    }
    Claim claim = queue.claim(START.plusSeconds(1), START.plusSeconds(60), 1, Set.of()).getFirst();
    List<Settled> settled = new ArrayList<>();
    for (QueuedWebhook event : claim.events()) {
      settled.add(new Settled(event, settled.size() == 1 ? UNSTORABLE : DONE, START));
    }

    assertThatThrownBy(() -> queue.settleAll(claim, settled, START))
        .isInstanceOf(RuntimeException.class);

    assertThat(queue.recent(location, 3))
        .extracting(QueuedWebhook::status)
        .containsExactly(WebhookStatus.DONE, WebhookStatus.DEAD, WebhookStatus.DONE);
    assertThat(queue.recent(location, 3).get(1).attempts()).isEqualTo(1);
  }

  @Test
  void whoIsInterruptedWhileOthersAreSettledIsSettledAllTheSame() throws Exception {
    List<Claim> claims = claims(2);
    FutureTask<Boolean> first = new FutureTask<>(() -> settle(claims.get(0)));
    FutureTask<Boolean> second =
        new FutureTask<>(() -> settle(claims.get(1)) && Thread.currentThread().isInterrupted());
    Thread.ofVirtual().start(first);
    untilHeld(1);
    Thread worker = Thread.ofVirtual().start(second);
    untilHeld(2);

    worker.interrupt();
    firstMayEnd.countDown();

    assertThat(second.get()).isTrue();
    assertThat(first.get()).isTrue();
    assertThat(claims).extracting(this::status).containsOnly("done");
  }

  /** What each was answered. */
  private List<Object> settledInTwoBatches(List<Claim> claims) throws Exception {
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (Claim claim : claims) {
      tasks.add(new FutureTask<>(() -> settle(claim)));
      Thread.ofVirtual().start(tasks.getLast());
      untilHeld(tasks.size());
    }
    firstMayEnd.countDown();
    List<Object> answers = new ArrayList<>();
    for (FutureTask<Boolean> task : tasks) {
      answers.add(answer(task));
    }
    return answers;
  }

  private static Object answer(FutureTask<Boolean> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException refused) {
      return REFUSED;
    }
  }

  private void untilHeld(int count) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(() -> group.held() == count && batches.get() == 1);
  }

  private boolean settle(Claim claim) {
    List<Settled> settled =
        claim.events().stream()
            .map(event -> new Settled(event, results.getOrDefault(claim.token(), DONE), START))
            .toList();
    return group.store(List.of(new Told(claim, settled, START)), settled.size());
  }

  /** Claims of so many lanes, each with one event. */
  private List<Claim> claims(int count) {
    List<Claim> claims = new ArrayList<>();
    for (int contact = 0; claims.size() < count; contact++) {
      WebhookFixture event = WebhookFixture.anEvent(location, "c" + contact);
      queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
      claims.addAll(queue.claim(START, START.plusSeconds(60), 1, Set.of()));
    }
    return claims;
  }

  private MongoCollection<Document> lanes() {
    return database.getCollection(Collections.WEBHOOK_LANES);
  }

  private MongoCollection<Document> events() {
    return database.getCollection(Collections.WEBHOOK_QUEUE);
  }

  private String status(Claim claim) {
    Document event = events().find(Filters.eq("_id", claim.events().getFirst().id())).first();
    return event == null ? "gone" : event.getString("status");
  }

  private long linesOf(Claim claim) {
    return database
        .getCollection(Collections.WEBHOOK_LOGS)
        .countDocuments(
            Filters.and(
                Filters.eq("locationId", location.value()),
                Filters.eq("webhookId", claim.events().getFirst().envelope().webhookId())));
  }
}
