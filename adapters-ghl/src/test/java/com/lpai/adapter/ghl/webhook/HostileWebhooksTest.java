package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.webhook.AcceptWebhookUseCase.Outcome;
import com.lpai.application.webhook.AcceptanceRules;
import com.lpai.application.webhook.IngestCounters;
import com.lpai.application.webhook.WebhookUseCases;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.lpai.dev.sandbox.hostile.HostileBodies;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder.FirstLook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Twenty thousand bodies that nobody should send, from the first look to the database and back. */
class HostileWebhooksTest {
  private static final Duration A_WEEK = Duration.ofDays(7);
  private static final int BODIES = 20_000;
  private static final int AT_ONCE = 500;
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:01Z");

  private final EmbeddedMongo engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
  private final MongoAdapter mongo =
      MongoAdapter.open(
          MongoSettings.of(engine.connectionString(), new MasterKey.Local(new byte[96])));
  private final GhlWebhookDecoder decoder = new GhlWebhookDecoder();
  private final AcceptWebhookUseCase accepting =
      WebhookUseCases.accepting(
          (body, signature, legacy) -> WebhookAuthenticator.Verdict.GENUINE,
          decoder,
          mongo.webhookQueue(),
          mongo.erasures(),
          AcceptanceRules.of("our-app"),
          new IngestCounters(),
          WorkSignals.SILENT,
          new Instance("test", () -> NOW, () -> "token", () -> 0.5));

  @AfterEach
  void close() {
    mongo.close();
    engine.close();
  }

  @Test
  void noBodyIsAFaultOfOursAndWhatIsStoredComesBackByteForByte() throws Exception {
    long seed = new SplittableRandom().nextLong();
    System.out.println("hostile webhooks: seed " + seed);
    mongo.prepareSchema();
    HostileBodies hostile = new HostileBodies(seed);
    Map<LocationId, Set<RawBody>> stored = new HashMap<>();
    Map<Class<?>, Integer> outcomes = new HashMap<>();

    try (ExecutorService senders = Executors.newFixedThreadPool(16)) {
      for (int sent = 0; sent < BODIES; sent += AT_ONCE) {
        send(hostile.next(AT_ONCE), senders, stored, outcomes);
      }
    }

    System.out.println("hostile webhooks: " + outcomes);
    assertThat(outcomes.keySet()).contains(Outcome.Stored.class, Outcome.NotAnEvent.class);
    assertThat(stored).containsKey(Envelope.NO_LOCATION);
    stored.forEach(this::assertComesBack);
    assertThat(accept(RawBody.of(goodEvent()))).isEqualTo(new Outcome.Stored(false));
    assertThat(mongo.webhookQueue().claim(NOW, NOW.plusSeconds(60), 10, Set.of())).isNotEmpty();
  }

  private void send(
      List<byte[]> bodies,
      ExecutorService senders,
      Map<LocationId, Set<RawBody>> stored,
      Map<Class<?>, Integer> outcomes)
      throws InterruptedException, ExecutionException {
    List<RawBody> sent = bodies.stream().map(RawBody::of).toList();
    List<Future<Outcome>> answers = new ArrayList<>();
    sent.forEach(body -> answers.add(senders.submit(() -> accept(body))));
    for (int i = 0; i < sent.size(); i++) {
      Outcome outcome = answers.get(i).get();
      outcomes.merge(outcome.getClass(), 1, Integer::sum);
      if (outcome instanceof Outcome.Stored
          && decoder.envelope(sent.get(i)) instanceof FirstLook.Event event) {
        stored
            .computeIfAbsent(event.envelope().locationId(), any -> new HashSet<>())
            .add(sent.get(i));
      }
    }
  }

  private Outcome accept(RawBody body) {
    return accepting.accept(body, "good", "");
  }

  private void assertComesBack(LocationId location, Set<RawBody> bodies) {
    List<QueuedWebhook> queued =
        mongo.webhookQueue().recent(location, BODIES).stream()
            .flatMap(event -> mongo.webhookHistory().find(location, event.id()).stream())
            .toList();
    assertThat(queued).hasSameSizeAs(bodies);
    Set<RawBody> cameBack = new HashSet<>();
    for (QueuedWebhook event : queued) {
      cameBack.add(event.body());
      Envelope again = ((FirstLook.Event) decoder.envelope(event.body())).envelope();
      boolean isOld = again.wasSentBefore(NOW.minus(A_WEEK));
      assertThat(event.envelope()).isEqualTo(isOld ? again.becomeStale() : again);
      assertThat(decoder.event(event.envelope(), event.body())).isNotNull();
    }
    assertThat(cameBack.equals(bodies)).as("the bodies of %s", location).isTrue();
  }

  private static byte[] goodEvent() {
    return """
    {"type":"ContactUpdate","locationId":"good","id":"c1","webhookId":"good"}
    """
        .getBytes(StandardCharsets.UTF_8);
  }
}
