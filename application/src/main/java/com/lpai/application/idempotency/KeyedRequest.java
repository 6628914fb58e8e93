package com.lpai.application.idempotency;

import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.idempotency.IdempotencyKeys;
import com.lpai.domain.idempotency.KeptRequest;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A request with a key. */
final class KeyedRequest implements Once {
  private final IdempotencyKeys keys;
  private final LocationId locationId;
  private final IdempotencyKey key;
  private final String fingerprint;
  private final InstantSource time;

  KeyedRequest(
      IdempotencyKeys keys,
      LocationId locationId,
      IdempotencyKey key,
      String fingerprint,
      InstantSource time) {
    this.keys = keys;
    this.locationId = locationId;
    this.key = key;
    this.fingerprint = fingerprint;
    this.time = time;
  }

  @Override
  public Known known() {
    return keys.find(locationId, key, time.instant())
        .map(this::meaning)
        .orElseGet(Known.Nothing::new);
  }

  @Override
  public Known claim(Supplier<String> newId) {
    Instant now = time.instant();
    KeptRequest wanted =
        new KeptRequest(fingerprint, newId.get(), false, now.plus(IdempotencyUseCases.KEPT));
    return meaning(keys.keep(locationId, key, wanted, now));
  }

  private Known meaning(KeptRequest kept) {
    return kept.fingerprint().equals(fingerprint)
        ? new Known.MakesThis(kept.recordId(), kept.made())
        : new Known.AnotherRequest();
  }

  @Override
  public void made(String id) {
    keys.made(locationId, key, id);
  }
}
