package com.lpai.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.application.testing.TestSystem;
import com.lpai.application.testing.TestWebhooks;
import com.lpai.application.webhook.AcceptWebhookUseCase.Outcome;
import com.lpai.application.webhook.AcceptanceRules.WrongSignatureAnswer;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.erasure.InMemoryErasures;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.testing.MutableInstantSource;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.InMemoryWebhookQueue;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcceptWebhookTest {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final AcceptanceRules RULES = AcceptanceRules.of(TestSystem.APP_ID);

  private final MutableInstantSource time = MutableInstantSource.aClockAt(TEN);
  private final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();
  private final IngestCounters counters = new IngestCounters();
  private final TestWebhooks webhooks = new TestWebhooks();
  private WebhookDecoder decoder = webhooks;
  private final AtomicInteger woken = new AtomicInteger();
  private final WorkSignals signals =
      (WorkSignals)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {WorkSignals.class},
              (proxy, method, arguments) -> {
                woken.incrementAndGet();
                return null;
              });

  private AcceptWebhookUseCase accepting(AcceptanceRules rules, WebhookQueue into) {
    return WebhookUseCases.accepting(
        webhooks,
        decoder,
        into,
        new InMemoryErasures(Map.of()),
        rules,
        counters,
        signals,
        new Instance("test", time, () -> "token", () -> 0.5));
  }

  private Outcome accept(String body, String signature) {
    return accepting(RULES, queue).accept(raw(body), signature, "");
  }

  private static RawBody raw(String body) {
    return RawBody.of(body.getBytes(StandardCharsets.UTF_8));
  }

  private QueuedWebhook onlyStored() {
    List<QueuedWebhook> stored = queue.recent(TestSystem.LOCATION, 10);
    assertThat(stored).hasSize(1);
    return stored.getFirst();
  }

  /** Trap 27: what is stored is due at once. */
  @Test
  void anEventIsDueAtTheMomentWhenItIsStored() {
    assertThat(accept("w1|ContactUpdate|c|0", "good")).isEqualTo(new Outcome.Stored(false));

    assertThat(onlyStored().status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(onlyStored().processAfter()).isEqualTo(TEN);
    assertThat(queue.claim(TEN, TEN.plusSeconds(60), 10, Set.of())).hasSize(1);
  }

  /** Trap 22: a repeat is a success, however late it comes. */
  @Test
  void anEventThatComesAgainIsASuccessAndADuplicate() {
    accept("w1|ContactUpdate|c|0", "good");
    time.advance(Duration.ofMinutes(70));

    assertThat(accept("w1|ContactUpdate|c|0", "good")).isEqualTo(new Outcome.Stored(true));
    assertThat(counters.counts().duplicates()).isEqualTo(1);
  }

  /** Trap 23. */
  @Test
  void anEventOlderThanAWeekIsStoredAsStaleAndStillDue() {
    time.advance(Duration.ofDays(7).plusSeconds(1));

    accept("w1|ContactUpdate|c|0", "good");

    assertThat(onlyStored().isStale()).isTrue();
    assertThat(onlyStored().status()).isEqualTo(WebhookStatus.PENDING);
    assertThat(counters.counts().stale()).isEqualTo(1);
  }

  @Test
  void anEventOfAWeekIsNotStaleAndOneWithoutATimeNeverIs() {
    time.advance(Duration.ofDays(7));
    accept("w1|ContactUpdate|c|0", "good");
    assertThat(onlyStored().isStale()).isFalse();

    accept("w2|ContactUpdate|c|", "good");

    assertThat(queue.recent(TestSystem.LOCATION, 10))
        .extracting(QueuedWebhook::isStale)
        .containsOnly(false);
  }

  /** Trap 24. */
  @Test
  void anEventWithoutATenantIsQuarantinedAndNotRefused() {
    Outcome outcome = accept("w1|ContactUpdate|company:comp|0", "good");

    assertThat(outcome).isEqualTo(new Outcome.Stored(false));
    assertThat(queue.recent(Envelope.NO_LOCATION, 10))
        .extracting(QueuedWebhook::status)
        .containsExactly(WebhookStatus.QUARANTINED);
    assertThat(counters.counts().quarantined()).isEqualTo(1);
  }

  @Test
  void anEventOfACompanyAsAWholeIsPending() {
    accept("w1|INSTALL|company:comp|0", "good");

    assertThat(queue.recent(Envelope.NO_LOCATION, 10))
        .extracting(QueuedWebhook::status)
        .containsExactly(WebhookStatus.PENDING);
  }

  /** Trap 24: of a location that we know, and a type that we do not. */
  @Test
  void anEventOfAnUnknownTypeIsQuarantinedAndNotRefused() {
    decoder = unknowing();

    Outcome outcome = accept("w1|Unheard|c|0", "good");

    assertThat(outcome).isEqualTo(new Outcome.Stored(false));
    assertThat(onlyStored().status()).isEqualTo(WebhookStatus.QUARANTINED);
  }

  @Test
  void onlyWhatIsDueWakesAWorker() {
    accept("w1|ContactUpdate|company:comp|0", "good");
    decoder = unknowing();
    accept("w2|Unheard|c|0", "good");
    assertThat(woken).as("by what is in quarantine").hasValue(0);

    decoder = webhooks;
    accept("w3|ContactUpdate|c|0", "good");
    accept("w3|ContactUpdate|c|0", "good");
    assertThat(woken).as("by what is due, once").hasValue(1);
  }

  private WebhookDecoder unknowing() {
    return (WebhookDecoder)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {WebhookDecoder.class},
            (proxy, method, arguments) ->
                new WebhookDecoder.FirstLook.Event(
                    ((WebhookDecoder.FirstLook.Event) webhooks.envelope((RawBody) arguments[0]))
                        .envelope(),
                    false));
  }

  /** Trap 25: the tenant may not have installed us; that is found out later. */
  @Test
  void anEventOfAnotherAppIsCountedAndNotStored() {
    assertThat(accept("w1|OtherApp|c|0", "good")).isEqualTo(new Outcome.OtherApp());

    assertThat(queue.recent(TestSystem.LOCATION, 10)).isEmpty();
    assertThat(counters.counts().otherApps()).isEqualTo(1);
  }

  /** Trap 19: rejected before the body is looked at. */
  @Test
  void withoutASignatureTheBodyIsNotRead() {
    decoder =
        (WebhookDecoder)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebhookDecoder.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("the body was read");
                });

    assertThat(accept("nonsense", "")).isInstanceOf(Outcome.Unverified.class);
    assertThat(accept("nonsense", "wrong")).isInstanceOf(Outcome.Unverified.class);
    assertThat(counters.counts().unverified()).isEqualTo(2);
  }

  /** Trap 20: the operator may want them again while a new key is looked for. */
  @Test
  void aWrongSignatureIsAskedForAgainWhereThatIsWanted() {
    AcceptWebhookUseCase patient =
        accepting(RULES.withWrongSignatures(WrongSignatureAnswer.ASK_AGAIN), queue);

    assertThat(patient.accept(raw("w1|ContactUpdate|c|0"), "wrong", ""))
        .isEqualTo(new Outcome.Unproven());
    assertThat(patient.accept(raw("w1|ContactUpdate|c|0"), "", ""))
        .isInstanceOf(Outcome.Unverified.class);
    assertThat(queue.recent(TestSystem.LOCATION, 10)).isEmpty();
  }

  /** Trap 20. */
  @Test
  void whatIsNotStoredIsNeverAcknowledged() {
    WebhookQueue away =
        (WebhookQueue)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebhookQueue.class},
                (proxy, method, arguments) -> {
                  throw new StorageUnavailableException("away");
                });

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> accepting(RULES, away).accept(raw("w1|ContactUpdate|c|0"), "good", ""));
    assertThat(counters.counts().stored()).isZero();
  }

  @Test
  void fewWrongSignaturesAreNoAlarm() {
    for (int i = 0; i < 19; i++) {
      accept("x", "wrong");
    }

    assertThat(counters.wrongSignatures(time.instant())).isEmpty();
  }

  @Test
  void aSuddenShareOfWrongSignaturesIsAnAlarmUntilFiveMinutesLater() {
    for (int i = 0; i < 80; i++) {
      accept("w" + i + "|ContactUpdate|c|0", "good");
    }
    time.advance(Duration.ofMinutes(2));
    for (int i = 0; i < 19; i++) {
      accept("x", "wrong");
    }
    assertThat(counters.wrongSignatures(time.instant())).isEmpty();

    accept("x", "wrong");

    assertThat(counters.wrongSignatures(time.instant()))
        .contains(new WrongSignatures(20, 100, TEN.plus(Duration.ofMinutes(2))));
    time.advance(Duration.ofMinutes(5));
    assertThat(counters.wrongSignatures(time.instant())).isEmpty();
  }

  @Test
  void aSmallShareOfWrongSignaturesIsNoAlarm() {
    for (int i = 0; i < 81; i++) {
      accept("w" + i + "|ContactUpdate|c|0", "good");
    }
    for (int i = 0; i < 20; i++) {
      accept("x", "wrong");
    }

    assertThat(counters.wrongSignatures(time.instant())).isEmpty();
  }

  /** Whoever sends without any signature knocks at doors; that says nothing of our keys. */
  @Test
  void missingSignaturesAreNoAlarm() {
    for (int i = 0; i < 100; i++) {
      accept("x", "");
    }

    assertThat(counters.wrongSignatures(time.instant())).isEmpty();
  }
}
