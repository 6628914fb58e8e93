package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only shows in a queue with many events, or with several instances. */
class WebhookClaimsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Instant LEASE_END = START.plusSeconds(30);
  private static final Result DONE = new Result.Finished(WebhookStatus.DONE, "applied");

  private final WebhookQueue queue = DATABASE.adapter().webhookQueue();
  private final LocationId location = TenantFixture.anyLocation();

  /** No test leaves open events to the next one. */
  @AfterEach
  void endAll() {
    DATABASE.adapter().erasures().removeAll(location);
  }

  @Test
  void aThousandEventsInAHeldLaneDoNotHideAnother() {
    for (int i = 0; i < 1_100; i++) {
      accept("noisy");
    }
    Claim held = claim(START, 1).getFirst();
    String quiet = inAnotherLaneThan(held.lane());
    accept(quiet);

    List<Claim> claims = claim(START, 1);

    assertThat(claims)
        .flatExtracting(Claim::events)
        .extracting(event -> event.envelope().entityKey())
        .containsExactly("contact/" + quiet);
  }

  @Test
  void aThousandEventsBehindAWaitingOneDoNotHideAnotherOfTheirLane() {
    accept("noisy");
    settle(claim(START, 1).getFirst(), later(START.plusSeconds(60)));
    for (int i = 0; i < 1_100; i++) {
      accept("noisy");
    }
    String quiet = inTheLaneOf("noisy");
    accept(quiet);

    List<Claim> claims = claim(START, 1);

    assertThat(claims)
        .flatExtracting(Claim::events)
        .extracting(event -> event.envelope().entityKey())
        .containsExactly("contact/" + quiet);
    assertThat(queue.depth()).containsEntry(WebhookStatus.WAITING, 1_101L);
  }

  @Test
  void aLongQueueOfOneEntityIsWorkedOffInOrder() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      sent.add(accept("busy"));
    }

    assertThat(drain()).isEqualTo(sent);
  }

  @Test
  void trap30AnotherInstanceSeesWhoHoldsALaneAndTakesOverAfterTheLease() {
    accept("shared");
    Claim mine = claim(START, 10).getFirst();
    try (MongoAdapter other = MongoAdapter.open(DATABASE.settings())) {
      Instant next = LEASE_END.plusSeconds(30);

      assertThat(other.webhookQueue().claim(START, next, 10, Set.of())).isEmpty();
      Claim theirs = other.webhookQueue().claim(LEASE_END, next, 10, Set.of()).getFirst();

      assertThat(theirs.events()).extracting("id").isEqualTo(List.of(mine.events().get(0).id()));
      assertThat(queue.settleAll(mine, settled(mine, DONE), LEASE_END)).isFalse();
      assertThat(other.webhookQueue().settleAll(theirs, settled(theirs, DONE), LEASE_END)).isTrue();
    }
  }

  @Test
  void whatSomebodyElseSettledMeanwhileIsLeftAlone() {
    accept("one");
    accept(inTheLaneOf("one"));
    Claim mine = claim(START, 1).getFirst();
    // Whoever's clock is ahead takes the lane although the lease seems to last.
    Claim theirs = queue.claim(LEASE_END, LEASE_END.plusSeconds(30), 1, Set.of()).getFirst();

    assertThat(queue.settleAll(mine, settled(mine, DONE), START)).isFalse();

    assertThat(queue.recent(location, 2))
        .extracting(QueuedWebhook::status)
        .containsOnly(WebhookStatus.PENDING);
    Result dead = new Result.Finished(WebhookStatus.DEAD, "theirs");
    settle(theirs, dead);
    assertThat(queue.recent(location, 2))
        .extracting(QueuedWebhook::status)
        .containsOnly(WebhookStatus.DEAD);
  }

  /** Whatever of a claim has been read when waiting events become due: no later one goes first. */
  @Test
  void trap31WhatIsWokenDuringAClaimIsNotOvertaken() {
    RecordedCommands reads = new RecordedCommands();
    Runnable[] meanwhile = {() -> {}};
    CommandListener hook =
        new CommandListener() {
          @Override
          public void commandSucceeded(CommandSucceededEvent event) {
            boolean ofEvents =
                event.getCommandName().equals("find")
                    && Collections.WEBHOOK_QUEUE.equals(
                        reads.all().getLast().getString("find").getValue());
            if (ofEvents) {
              meanwhile[0].run();
            }
          }
        };
    MongoClientSettings settings =
        MongoClientSettings.builder(reads.settings(DATABASE.settings().uri()))
            .addCommandListener(hook)
            .build();
    try (MongoClient client = MongoClients.create(settings)) {
      MongoWebhookQueue hooked = new MongoWebhookQueue(new Collections(client.getDatabase("lpai")));
      for (int manyWait : List.of(0, 250)) {
        int wokenAfter = 0;
        AtomicInteger left = new AtomicInteger();
        do {
          othersWait(client, manyWait);
          String first = anEventThatWaits("busy");
          String second = accept("busy");
          left.set(++wokenAfter);
          meanwhile[0] =
              () -> {
                if (left.decrementAndGet() == 0) {
                  queue.wake(location, START);
                }
              };

          List<String> claimed =
              hooked.claim(START, LEASE_END, 64, Set.of()).stream()
                  .flatMap(claim -> claim.events().stream())
                  .filter(event -> event.envelope().entityKey().equals("contact/busy"))
                  .map(event -> event.envelope().webhookId())
                  .toList();

          assertThat(claimed)
              .as("woken after read %s", wokenAfter)
              .isIn(List.of(), List.of(first), List.of(first, second));
          endAll();
        } while (left.get() <= 0);
        assertThat(wokenAfter).isGreaterThan(3);
      }
    }
  }

  /** Before all others in the lane. */
  private void othersWait(MongoClient client, int count) {
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WebhookFixture event = WebhookFixture.anEvent(location, "waits" + i);
      documents.add(
          WebhookDocuments.toDocument(
                  "0" + event.envelope().webhookId(),
                  event.envelope(),
                  event.body(),
                  WebhookStatus.PENDING,
                  START.minusSeconds(1))
              .append("locationId", location.value())
              .append("bucket", lane("busy").bucket())
              .append("processAfter", START.plusSeconds(600))
              .append("status", "waiting"));
    }
    if (count > 0) {
      client.getDatabase("lpai").getCollection(Collections.WEBHOOK_QUEUE).insertMany(documents);
    }
  }

  private String anEventThatWaits(String contact) {
    String id = accept(contact);
    settle(claim(START, 1).getFirst(), later(START.plusSeconds(600)));
    return id;
  }

  @Test
  void trap32FiveThousandDueEventsBesideTwentyQuietLocations() {
    ManyThreads.atOnce(
        20,
        thread -> {
          IntStream.range(0, 250).forEach(number -> accept("c" + thread + "-" + number));
          return thread;
        });
    List<LocationId> quiet =
        IntStream.range(0, 20).mapToObj(number -> TenantFixture.anyLocation()).toList();
    for (int round = 0; round < 3; round++) {
      quiet.forEach(each -> accept(each, "c1"));

      List<Claim> claims = claim(START, 64);

      assertThat(claims).extracting(Claim::locationId).containsAll(quiet);
      claims.forEach(claim -> settle(claim, DONE));
    }
  }

  /** The queries themselves are bounded by indexes: {@code QueriesUseIndexesTest}. */
  @Test
  void trap34AClaimCostsTheSameHoweverManyEventsAreStored() {
    RecordedCommands commands = new RecordedCommands();
    try (MongoClient client = MongoClients.create(commands.settings(DATABASE.settings().uri()))) {
      MongoWebhookQueue recorded =
          new MongoWebhookQueue(new Collections(client.getDatabase("lpai")));
      store(client, 100);
      aRound(recorded, commands);
      List<String> few = aRound(recorded, commands);
      store(client, 9_900);
      List<String> many = aRound(recorded, commands);

      assertThat(many).isEqualTo(few).hasSizeLessThan(20);
    }
  }

  private void store(MongoClient client, int done) {
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < done; i++) {
      WebhookFixture event = WebhookFixture.anEvent(location, "c" + i);
      documents.add(
          WebhookDocuments.toDocument(
                  "0" + event.envelope().webhookId(),
                  event.envelope(),
                  event.body(),
                  WebhookStatus.PENDING,
                  START)
              .append("locationId", location.value())
              .append("status", "done"));
    }
    client.getDatabase("lpai").getCollection(Collections.WEBHOOK_QUEUE).insertMany(documents);
  }

  /** The commands by which ten events of three lanes are claimed and settled. */
  private List<String> aRound(MongoWebhookQueue recorded, RecordedCommands commands) {
    for (int i = 0; i < 10; i++) {
      accept("c" + i % 3);
    }
    commands.clear();
    recorded
        .claim(START, LEASE_END, 10, Set.of())
        .forEach(claim -> recorded.settleAll(claim, settled(claim, DONE), START));
    return commands.all().stream().map(BsonDocument::getFirstKey).toList();
  }

  // ---- words for the tests above

  private String inTheLaneOf(String contact) {
    return contacts(lane(contact), true);
  }

  private String inAnotherLaneThan(Lane lane) {
    return contacts(lane, false);
  }

  private String contacts(Lane lane, boolean same) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> "c" + number)
        .filter(contact -> lane(contact).equals(lane) == same)
        .findFirst()
        .orElseThrow();
  }

  private Lane lane(String contact) {
    return Lane.of(WebhookFixture.anEvent(location, contact).envelope());
  }

  private String accept(String contact) {
    return accept(location, contact);
  }

  private String accept(LocationId of, String contact) {
    WebhookFixture event = WebhookFixture.anEvent(of, contact);
    queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START);
    return event.envelope().webhookId();
  }

  private List<Claim> claim(Instant now, int limit) {
    return queue.claim(now, LEASE_END, limit, Set.of());
  }

  private static Result later(Instant until) {
    return new Result.Later(until, Reason.CRM_AWAY, "away");
  }

  private void settle(Claim claim, Result result) {
    assertThat(queue.settleAll(claim, settled(claim, result), START)).isTrue();
  }

  private static List<Settled> settled(Claim claim, Result result) {
    return claim.events().stream().map(event -> new Settled(event, result, START)).toList();
  }

  private List<String> drain() {
    List<String> applied = new ArrayList<>();
    for (List<Claim> some = claim(START, 5); !some.isEmpty(); some = claim(START, 5)) {
      for (Claim claim : some) {
        claim.events().forEach(event -> applied.add(event.envelope().webhookId()));
        settle(claim, DONE);
      }
    }
    return applied;
  }
}
