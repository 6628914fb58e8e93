package com.lpai.application.erasure;

import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class EraseLocationService implements EraseLocationUseCase, Chores {
  /**
   * After an erasure: when every instance has heard of it, when what was under way is over, and
   * when no hold of whoever died meanwhile can last.
   */
  private static final List<Duration> SWEEPS =
      List.of(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(150));

  /** The last sweep, when whoever did it did not come to its end. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final Erasures erasures;
  private final Instance instance;

  EraseLocationService(Erasures erasures, Instance instance) {
    this.erasures = erasures;
    this.instance = instance;
  }

  @Override
  public Map<String, Long> erase(LocationId locationId) {
    Instant now = instance.time().instant();
    erasures.begin(locationId, now, now.plus(SWEEPS.getFirst()));
    return erasures.removeAll(locationId);
  }

  @Override
  public List<Chore> due() {
    return erasures.due(instance.time().instant()).stream()
        .map(sweep -> new Chore("erase:" + sweep.locationId(), () -> sweep(sweep)))
        .toList();
  }

  private void sweep(Erasures.Sweep sweep) {
    Instant now = instance.time().instant();
    Optional<Instant> next =
        SWEEPS.stream().map(sweep.erasedAt()::plus).filter(now::isBefore).findFirst();
    Optional<Erasures.Sweep> ours = erasures.postpone(sweep, next.orElse(now.plus(AGAIN)));
    if (ours.isEmpty()) {
      return;
    }
    erasures.removeAll(sweep.locationId());
    if (next.isEmpty()) {
      erasures.finish(ours.get());
    }
  }
}
