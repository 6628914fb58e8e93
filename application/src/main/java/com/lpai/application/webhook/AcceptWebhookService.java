package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;

final class AcceptWebhookService implements AcceptWebhookUseCase {
  private final WebhookAuthenticator authenticator;
  private final WebhookDecoder decoder;
  private final WebhookQueue queue;
  private final Erasures erasures;
  private final AcceptanceRules rules;
  private final IngestCounters counters;
  private final WorkSignals signals;
  private final Instance instance;

  AcceptWebhookService(
      WebhookAuthenticator authenticator,
      WebhookDecoder decoder,
      WebhookQueue queue,
      Erasures erasures,
      AcceptanceRules rules,
      IngestCounters counters,
      WorkSignals signals,
      Instance instance) {
    this.authenticator = authenticator;
    this.decoder = decoder;
    this.queue = queue;
    this.erasures = erasures;
    this.rules = rules;
    this.counters = counters;
    this.signals = signals;
    this.instance = instance;
  }

  @Override
  public Outcome accept(RawBody body, String signature, String legacySignature) {
    Instant now = instance.time().instant();
    switch (authenticator.verify(body, signature, legacySignature)) {
      case UNSIGNED -> {
        counters.unverified.increment();
        return new Outcome.Unverified("The request carries no signature.");
      }
      case FORGED -> {
        counters.unverified.increment();
        counters.signatures.wasWrong(now);
        return switch (rules.wrongSignatures()) {
          case REFUSE -> new Outcome.Unverified("The signature does not fit the body.");
          case ASK_AGAIN -> new Outcome.Unproven();
        };
      }
      case GENUINE_LEGACY -> {
        counters.legacySignatures.increment();
        genuine(now);
      }
      case GENUINE -> genuine(now);
    }
    return switch (decoder.envelope(body)) {
      case WebhookDecoder.FirstLook.NotAnEvent(String reason) -> {
        counters.notEvents.increment();
        yield new Outcome.NotAnEvent(reason);
      }
      case WebhookDecoder.FirstLook.Event(Envelope envelope, boolean isKnownType) ->
          store(envelope, isKnownType, body, now);
    };
  }

  private void genuine(Instant now) {
    counters.verified.increment();
    counters.signatures.wasRight(now);
  }

  private Outcome store(Envelope envelope, boolean isKnownType, RawBody body, Instant now) {
    if (!envelope.appId().isEmpty() && !envelope.appId().equals(rules.appId())) {
      counters.otherApps.increment();
      return new Outcome.OtherApp();
    }
    if (erasures.covers(
        envelope.locationId(), envelope.sentAt(), envelope.type().equals(Envelope.INSTALL))) {
      counters.erased.increment();
      return new Outcome.Erased();
    }
    Envelope stamped =
        envelope.wasSentBefore(now.minus(rules.staleAfter())) ? envelope.becomeStale() : envelope;
    WebhookStatus initial =
        isKnownType
                && (envelope.hasLocation()
                    || envelope.isOfCompany()
                    || envelope.isOfUserElsewhere())
            ? WebhookStatus.PENDING
            : WebhookStatus.QUARANTINED;
    return switch (queue.accept(stamped, body, initial, now)) {
      case DUPLICATE -> {
        counters.duplicates.increment();
        yield new Outcome.Stored(true);
      }
      case STORED, STORED_FLAGGED -> {
        counted(stamped, initial);
        if (initial == WebhookStatus.PENDING) {
          signals.webhookStored();
        }
        yield new Outcome.Stored(false);
      }
    };
  }

  private void counted(Envelope envelope, WebhookStatus initial) {
    counters.stored.increment();
    if (initial == WebhookStatus.QUARANTINED) {
      counters.quarantined.increment();
    }
    if (envelope.stale()) {
      counters.stale.increment();
    }
  }
}
