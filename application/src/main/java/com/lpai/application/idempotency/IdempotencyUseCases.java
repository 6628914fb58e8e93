package com.lpai.application.idempotency;

import com.lpai.application.work.Instance;
import com.lpai.domain.idempotency.IdempotencyKeys;
import java.time.Duration;

/** The door to requests that may be repeated. */
public final class IdempotencyUseCases {
  /** So long a repetition is known as one. */
  public static final Duration KEPT = Duration.ofDays(2);

  private IdempotencyUseCases() {}

  public static IdempotencyUseCase of(IdempotencyKeys keys, Instance instance) {
    return (locationId, key, fingerprint) ->
        new KeyedRequest(keys, locationId, key, fingerprint, instance.time());
  }
}
