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

final class AcceptWebhookService implements AcceptWebhookUseCase {
  private final WebhookAuthenticator authenticator;
  private final WebhookDecoder decoder;
  private final WebhookQueue queue;
  private final Erasures erasures;
  private final String appId;
  private final IngestCounters counters;
  private final WorkSignals signals;
  private final Instance instance;

  AcceptWebhookService(
      WebhookAuthenticator authenticator,
      WebhookDecoder decoder,
      WebhookQueue queue,
      Erasures erasures,
      String appId,
      IngestCounters counters,
      WorkSignals signals,
      Instance instance) {
    this.authenticator = authenticator;
    this.decoder = decoder;
    this.queue = queue;
    this.erasures = erasures;
    this.appId = appId;
    this.counters = counters;
    this.signals = signals;
    this.instance = instance;
  }

  @Override
  public Outcome accept(RawBody body, String signature, String legacySignature) {
    switch (authenticator.verify(body, signature, legacySignature)) {
      case UNSIGNED -> {
        counters.unverified.increment();
        return new Outcome.Unverified("The request carries no signature.");
      }
      case FORGED -> {
        counters.unverified.increment();
        return new Outcome.Unverified("The signature does not fit the body.");
      }
      case GENUINE_LEGACY -> counters.legacySignatures.increment();
      case GENUINE -> {}
    }
    return switch (decoder.envelope(body)) {
      case WebhookDecoder.FirstLook.NotAnEvent(String reason) -> {
        counters.notEvents.increment();
        yield new Outcome.NotAnEvent(reason);
      }
      case WebhookDecoder.FirstLook.Event(Envelope envelope) -> store(envelope, body);
    };
  }

  private Outcome store(Envelope envelope, RawBody body) {
    if (!envelope.appId().isEmpty() && !envelope.appId().equals(appId)) {
      counters.otherApps.increment();
      return new Outcome.OtherApp();
    }
    if (erasures.covers(
        envelope.locationId(), envelope.sentAt(), envelope.type().equals(Envelope.INSTALL))) {
      counters.erased.increment();
      return new Outcome.Erased();
    }
    WebhookStatus initial =
        envelope.hasLocation() || envelope.isOfCompany()
            ? WebhookStatus.PENDING
            : WebhookStatus.QUARANTINED;
    return switch (queue.accept(envelope, body, initial, instance.time().instant())) {
      case DUPLICATE -> {
        counters.duplicates.increment();
        yield new Outcome.Stored(true);
      }
      case STORED, STORED_FLAGGED -> {
        counters.stored.increment();
        signals.webhookStored();
        yield new Outcome.Stored(false);
      }
    };
  }
}
