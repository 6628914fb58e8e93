package com.lpai.dev.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoProxyTest {
  /** Kept, since the logging framework forgets a logger and its level that nobody holds. */
  private static final Logger DRIVER_LOGGER = Logger.getLogger("org.mongodb.driver");

  static {
    DRIVER_LOGGER.setLevel(Level.SEVERE);
  }

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String OPTIONS =
      "/?retryWrites=false&retryReads=false&serverSelectionTimeoutMS=2000";

  private final EmbeddedMongo mongo = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
  private final WireProxy proxy = WireProxy.mongo(new InetSocketAddress(LOOPBACK, mongo.port()));
  private final MongoClient direct = MongoClients.create(mongo.connectionString());
  private final MongoClient client = MongoClients.create(proxy.uri() + OPTIONS);

  @AfterEach
  void close() {
    client.close();
    direct.close();
    proxy.close();
    mongo.close();
  }

  private static MongoCollection<Document> things(MongoClient client) {
    return client.getDatabase("test").getCollection("things");
  }

  private List<Command> seenOnThings() {
    return proxy.seen().stream().filter(command -> command.target().equals("things")).toList();
  }

  @Test
  void passesEverythingOnAndWritesItDownWithoutValues() {
    List<Document> many = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      many.add(new Document("_id", i).append("secret", "x".repeat(1000)));
    }

    things(client).insertMany(many);
    List<Document> found = things(client).find().batchSize(150).into(new ArrayList<>());
    things(client).withWriteConcern(WriteConcern.UNACKNOWLEDGED).deleteOne(Filters.eq("_id", 7));
    things(client).countDocuments();

    assertThat(found).isEqualTo(many);
    assertThat(seenOnThings())
        .extracting(Command::toString)
        .containsExactly(
            "insert things", "find things", "getMore things", "delete things", "aggregate things");
  }

  @Test
  void commandCutBeforeItIsForwardedDoesNotHappen() {
    Rule rule = proxy.when(Match.command("insert").collection("things")).before().cut();

    assertThatThrownBy(() -> things(client).insertOne(new Document("_id", 1)))
        .isInstanceOf(MongoSocketException.class);

    assertThat(rule.times()).isEqualTo(1);
    assertThat(things(direct).countDocuments()).isZero();
  }

  @Test
  void commandCutAfterItsReplyHasHappened() {
    proxy.when(Match.command("insert").collection("things")).afterReply().cut();

    assertThatThrownBy(() -> things(client).insertOne(new Document("_id", 1)))
        .isInstanceOf(MongoSocketException.class);

    assertThat(things(direct).countDocuments()).isEqualTo(1);
  }

  @Test
  void commandCutOnItsWayIsForwarded() {
    proxy.when(Match.command("insert").collection("things")).afterForwarding().cut();

    assertThatThrownBy(() -> things(client).insertOne(new Document("_id", 1)))
        .isInstanceOf(MongoSocketException.class);

    assertThat(things(direct).find().into(new ArrayList<>())).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void droppedReplyLeavesTheClientWaiting() {
    try (MongoClient impatient =
        MongoClients.create(proxy.uri() + OPTIONS + "&socketTimeoutMS=300")) {
      proxy.when(Match.command("insert").collection("things")).afterReply().drop();

      assertThatThrownBy(() -> things(impatient).insertOne(new Document("_id", 1)))
          .isInstanceOf(MongoSocketReadTimeoutException.class);
    }
    assertThat(things(direct).countDocuments()).isEqualTo(1);
  }

  @Test
  void onlyTheNthFittingCommandOfAllConnectionsIsMeant() {
    AtomicInteger seenBefore = new AtomicInteger();
    Rule rule =
        proxy
            .when(Match.command("insert").collection("things").nth(20))
            .before()
            .run(() -> seenBefore.set(seenOnThings().size()));
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        Document thing = new Document("_id", i);
        writers.execute(() -> things(client).insertOne(thing));
      }
    }

    assertThat(rule.times()).isEqualTo(1);
    assertThat(seenBefore.get()).isBetween(20, 28);
    assertThat(things(direct).countDocuments()).isEqualTo(40);
  }

  @Test
  void textInACommandTellsItApart() {
    proxy.when(Match.command("update").containing("needle")).before().cut();

    things(client).updateOne(Filters.eq("_id", 1), Updates.set("field", "straw"));

    assertThatThrownBy(
            () -> things(client).updateOne(Filters.eq("_id", 1), Updates.set("field", "needle")))
        .isInstanceOf(MongoSocketException.class);
  }

  @Test
  void delayHoldsUpOneConnectionOnly() throws Exception {
    things(client).countDocuments();
    Rule rule = proxy.when(Match.command("insert").first(1)).before().delay(Duration.ofMillis(500));
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      long start = System.nanoTime();

      Future<?> insert = thread.submit(() -> things(client).insertOne(new Document("_id", 1)));
      things(client).countDocuments();
      boolean slowerThanTheOther = !insert.isDone();
      insert.get(10, TimeUnit.SECONDS);

      assertThat(slowerThanTheOther).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
      assertThat(rule.times()).isEqualTo(1);
    }
  }

  @Test
  void removedRuleIsNoRule() {
    Rule cut = proxy.when(Match.command("insert")).before().cut();
    proxy.when(Match.command("delete")).before().cut();

    cut.remove();
    things(client).insertOne(new Document("_id", 1));
    proxy.removeRules();
    things(client).deleteOne(Filters.eq("_id", 1));

    assertThat(cut.times()).isZero();
  }

  @Test
  void awayMeansThatConnectionsAreRefused() {
    things(client).insertOne(new Document("_id", 1));

    proxy.goAway();
    assertThatThrownBy(() -> things(client).countDocuments()).isInstanceOf(MongoException.class);
    assertThatThrownBy(() -> things(client).countDocuments())
        .isInstanceOf(MongoTimeoutException.class)
        .hasMessageContaining("Connection refused");
    proxy.comeBack();

    assertThat(things(client).countDocuments()).isEqualTo(1);
  }

  @Test
  void awayByARuleEndsByItself() {
    proxy.when(Match.command("insert").first(1)).afterReply().goAway(Duration.ofMillis(200));

    assertThatThrownBy(() -> things(client).insertOne(new Document("_id", 1)))
        .isInstanceOf(MongoException.class);

    assertThat(things(client).countDocuments()).isEqualTo(1);
  }

  @Test
  void clientsLoseTheirConnectionWhenTheFarSideIsGone() {
    things(client).insertOne(new Document("_id", 1));

    mongo.close();

    assertThatThrownBy(() -> things(client).countDocuments()).isInstanceOf(MongoException.class);
  }

  @Test
  void whatCannotBeReadIsCutOff() throws Exception {
    int compressed = 2012;
    byte[] message =
        ByteBuffer.allocate(25)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(25)
            .putInt(1)
            .putInt(0)
            .putInt(compressed)
            .array();
    try (Socket socket = new Socket(LOOPBACK, proxy.address().getPort())) {
      socket.getOutputStream().write(message);

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whatARuleThrowsIsThrownAtTheEnd() {
    WireProxy other = WireProxy.mongo(new InetSocketAddress(LOOPBACK, mongo.port()));
    other
        .when(Match.command("insert"))
        .before()
        .run(
            () -> {
              throw new IllegalStateException("mine");
            });
    try (MongoClient otherClient = MongoClients.create(other.uri() + OPTIONS)) {
      assertThatThrownBy(() -> things(otherClient).insertOne(new Document("_id", 1)))
          .isInstanceOf(MongoSocketException.class);
    }

    assertThatThrownBy(other::close)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("mine");
  }

  @Test
  void ruleThatDidNotHappenSaysWhatCameInstead() {
    Rule rule = proxy.when(Match.command("insert").nth(2)).before().cut();
    things(client).insertOne(new Document("_id", 1));

    assertThatThrownBy(() -> rule.awaitHappened(Duration.ofMillis(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 fitted")
        .hasMessageContaining("insert things");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void processIsKilledBeforeAStepHappens(int step) throws Exception {
    things(direct).insertOne(new Document("_id", "old"));
    Process victim = Victim.start(proxy.uri());
    Rule death =
        proxy.when(Match.any().collection("things").nth(step)).before().kill(victim.toHandle());

    death.awaitHappened(PATIENCE);

    assertThat(victim.isAlive()).isFalse();
    assertThat(stored()).isEqualTo(Victim.after(step - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void processIsKilledWhenAStepHasHappened(int step) throws Exception {
    things(direct).insertOne(new Document("_id", "old"));
    Process victim = Victim.start(proxy.uri());
    Rule death =
        proxy.when(Match.any().collection("things").nth(step)).afterReply().kill(victim::toHandle);

    death.awaitHappened(PATIENCE);

    assertThat(victim.isAlive()).isFalse();
    assertThat(stored()).isEqualTo(Victim.after(step));
    assertThat(seenOnThings()).hasSize(step);
  }

  private List<Document> stored() {
    return things(direct).find().sort(Sorts.ascending("_id")).into(new ArrayList<>());
  }
}
