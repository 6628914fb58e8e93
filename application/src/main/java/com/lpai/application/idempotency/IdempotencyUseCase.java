package com.lpai.application.idempotency;

import com.lpai.domain.idempotency.IdempotencyKey;
import com.lpai.domain.tenant.LocationId;

/** Requests that carry a key (header {@code Idempotency-Key}). */
public interface IdempotencyUseCase {
  /**
   * The request with this key.
   *
   * @param fingerprint a hash of its body
   */
  Once once(LocationId locationId, IdempotencyKey key, String fingerprint);
}
