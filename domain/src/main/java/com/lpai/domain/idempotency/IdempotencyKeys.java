package com.lpai.domain.idempotency;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

/**
 * What callers' keys were used for. The id of what a request makes is kept before that is made, and
 * is the only way to make it: of requests with one key, however many and whenever they come, one
 * can store it.
 *
 * <p>All methods throw {@link com.lpai.domain.sync.StorageUnavailableException} when the database
 * cannot be reached. What returned is stored durably.
 */
public interface IdempotencyKeys {

  /** What this key was used for; empty when that is not known, or not any more. */
  Optional<KeptRequest> find(LocationId locationId, IdempotencyKey key, Instant now);

  /**
   * Keeps what a key is used for, unless it is in use already. Atomic: of several at once, all get
   * what one of them wanted.
   *
   * @return what is kept now
   */
  KeptRequest keep(LocationId locationId, IdempotencyKey key, KeptRequest wanted, Instant now);

  /** Notes that what this key was used for was made; without effect when another id is kept. */
  void made(LocationId locationId, IdempotencyKey key, String recordId);
}
