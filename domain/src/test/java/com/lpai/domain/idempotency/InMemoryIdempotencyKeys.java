package com.lpai.domain.idempotency;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keys in memory. */
public final class InMemoryIdempotencyKeys implements IdempotencyKeys {
  private record Place(LocationId locationId, IdempotencyKey key) {}

  private final Map<Place, KeptRequest> kept = new HashMap<>();

  @Override
  public synchronized Optional<KeptRequest> find(
      LocationId locationId, IdempotencyKey key, Instant now) {
    return Optional.ofNullable(kept.get(new Place(locationId, key)))
        .filter(request -> now.isBefore(request.keptUntil()));
  }

  @Override
  public synchronized KeptRequest keep(
      LocationId locationId, IdempotencyKey key, KeptRequest wanted, Instant now) {
    Optional<KeptRequest> present = find(locationId, key, now);
    present.ifPresentOrElse(known -> {}, () -> kept.put(new Place(locationId, key), wanted));
    return present.orElse(wanted);
  }

  @Override
  public synchronized void made(LocationId locationId, IdempotencyKey key, String recordId) {
    kept.computeIfPresent(
        new Place(locationId, key),
        (place, request) ->
            request.recordId().equals(recordId)
                ? new KeptRequest(request.fingerprint(), recordId, true, request.keptUntil())
                : request);
  }
}
