package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.adapter.mongo.IntakeLimits;
import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.adapter.mongo.webhook.ArrivingEvents.Arrival;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Acceptance;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only shows in batches, and in what a server answers to them. */
class ArrivingEventsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final LocationId location = TenantFixture.anyLocation();

  private static Acceptance accept(WebhookQueue queue, WebhookFixture event) {
    return queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
  }

  /** The first ones are under way until all others wait, however slow the machine is. */
  @Test
  void sixtyFourAtOnceAreStoredByTheInsertsUnderWayAndOneMore() {
    RecordedCommands commands = new RecordedCommands();
    CountDownLatch allWait = new CountDownLatch(1);
    CommandListener held =
        new CommandListener() {
          @Override
          public void commandStarted(CommandStartedEvent event) {
            await(allWait);
          }
        };
    try (MongoClient client = MongoClients.create(commands.settings(DATABASE.uri(), held));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      GroupCommit<Arrival, Acceptance> group = group(client, IntakeLimits.STANDARD);
      List<Future<Acceptance>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Arrival arrival = arrival("c" + i);
        answers.add(threads.submit(() -> group.store(arrival, 1)));
      }
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> group.held() == 64);

      allWait.countDown();

      assertThat(answers)
          .allSatisfy(it -> assertThat(it.get(20, TimeUnit.SECONDS)).isEqualTo(Acceptance.STORED));
      List<BsonDocument> inserts = commands.all();
      assertThat(inserts).hasSizeLessThanOrEqualTo(IntakeLimits.STANDARD.batchesAtOnce() + 1);
      assertThat(inserts).allMatch(it -> it.getFirstKey().equals("insert"));
      assertThat(inserts.stream().mapToInt(ArrivingEventsTest::documents).sum()).isEqualTo(64);
    }
  }

  private static int documents(BsonDocument insert) {
    return insert.getArray("documents").size();
  }

  private static GroupCommit<Arrival, Acceptance> group(MongoClient client, IntakeLimits limits) {
    return new GroupCommit<>(
        new ArrivingEvents(
            new Collections(client.getDatabase(DATABASE.settings().database()))
                .acrossTenants(Collections.WEBHOOK_QUEUE)),
        limits,
        Duration.ofSeconds(20));
  }

  /** The driver sends an insert again when its connection broke, and finds its own document. */
  @Test
  void anInsertThatWasSentTwiceAndFindsItselfIsStored() {
    WebhookFixture event = WebhookFixture.anEvent(location, "c1");
    try (ScriptedServer server = ScriptedServer.answering("insert", DUPLICATE)) {
      server.alsoAnswering(
          "find",
          command ->
              found(
                  new Document("_id", server.lastInserted("_id"))
                      .append("locationId", location.value())
                      .append("webhookId", event.envelope().webhookId())
                      .append("bodyHash", event.envelope().bodyHash())));
      try (MongoAdapter adapter = MongoAdapter.open(settings(server))) {
        assertThat(accept(adapter.webhookQueue(), event)).isEqualTo(Acceptance.STORED);
      }
    }
  }

  @Test
  void whatAnotherInsertStoredIsADuplicate() {
    WebhookFixture event = WebhookFixture.anEvent(location, "c1");
    try (ScriptedServer server = ScriptedServer.answering("insert", DUPLICATE)) {
      server.alsoAnswering(
          "find",
          command ->
              found(
                  new Document("_id", "of somebody else")
                      .append("locationId", location.value())
                      .append("webhookId", event.envelope().webhookId())
                      .append("bodyHash", event.envelope().bodyHash())));
      try (MongoAdapter adapter = MongoAdapter.open(settings(server))) {
        assertThat(accept(adapter.webhookQueue(), event)).isEqualTo(Acceptance.DUPLICATE);
      }
    }
  }

  @Test
  void whatWasKnownAndIsGoneIsAskedForAgain() {
    try (ScriptedServer server = ScriptedServer.answering("insert", DUPLICATE)) {
      server.alsoAnswering("find", command -> found());
      try (MongoAdapter adapter = MongoAdapter.open(settings(server))) {
        assertThatExceptionOfType(StorageUnavailableException.class)
            .isThrownBy(
                () -> accept(adapter.webhookQueue(), WebhookFixture.anEvent(location, "c1")));
      }
    }
  }

  /** A server may refuse one document of a batch for a reason of its own. */
  @Test
  void aWriteThatFailsAloneCostsNoOtherOfItsBatch() throws Exception {
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    AtomicInteger inserts = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.answering("insert", STORED);
        MongoClient client = MongoClients.create(server.uri());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.alsoAnswering(
          "insert",
          command -> {
            if (inserts.incrementAndGet() > 1) {
              return SECOND_FAILED;
            }
            await(firstMayEnd);
            return STORED;
          });
      GroupCommit<Arrival, Acceptance> group =
          group(client, new IntakeLimits(100, 1_000_000, 100, 1_000_000, 1));
      List<Future<Acceptance>> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Arrival arrival = arrival("c" + i);
        answers.add(threads.submit(() -> group.store(arrival, 1)));
        int held = i + 1;
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> group.held() == held);
      }

      firstMayEnd.countDown();

      assertThat(answers.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(Acceptance.STORED);
      assertThat(answers.get(1).get(20, TimeUnit.SECONDS)).isEqualTo(Acceptance.STORED);
      assertThatThrownBy(() -> answers.get(2).get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(MongoBulkWriteException.class);
      assertThat(inserts).hasValue(2);
    }
  }

  private Arrival arrival(String contact) {
    WebhookFixture event = WebhookFixture.anEvent(location, contact);
    return new Arrival(
        event.envelope(),
        WebhookDocuments.toDocument(
            contact, event.envelope(), event.body(), WebhookStatus.PENDING, START));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static final Document STORED = Document.parse("{ok: 1, n: 1}");

  private static final Document SECOND_FAILED =
      Document.parse(
          """
          {ok: 1, n: 1, writeErrors: [{index: 1, code: 121, errmsg: "Document failed validation"}]}
          """);

  private static final Document DUPLICATE =
      Document.parse(
          """
          {ok: 1, n: 0, writeErrors: [{index: 0, code: 11000,
            errmsg: "E11000 duplicate key error collection: a.b index: _id_ dup key: {}"}]}
          """);

  private static Document found(Document... documents) {
    return new Document("ok", 1)
        .append(
            "cursor",
            new Document("id", 0L)
                .append("ns", "lpai.webhook_queue")
                .append("firstBatch", List.of(documents)));
  }

  private static MongoSettings settings(ScriptedServer server) {
    return TestDatabase.settings(server.uri())
        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));
  }
}
