package com.lpai.application.erasure;

import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class EraseLocationService implements EraseLocationUseCase, Chores {
  /** Longer than any lease, and than other instances need to hear of it. */
  private static final Duration SWEEP_FOR = Duration.ofMinutes(2);

  private final Erasures erasures;
  private final ConnectionRepository connections;
  private final Instance instance;

  EraseLocationService(Erasures erasures, ConnectionRepository connections, Instance instance) {
    this.erasures = erasures;
    this.connections = connections;
    this.instance = instance;
  }

  @Override
  public Map<String, Long> erase(LocationId locationId) {
    Instant now = instance.time().instant();
    erasures.begin(locationId, now, now.plus(SWEEP_FOR));
    deleteTokens(locationId, now);
    return erasures.removeAll(locationId);
  }

  /** Before its document goes: without it nobody would find the data key. */
  private void deleteTokens(LocationId locationId, Instant now) {
    while (true) {
      Optional<Connection> found = connections.find(locationId);
      if (found.isEmpty() || found.get().state() instanceof ConnectionState.Uninstalled) {
        return;
      }
      if (connections.save(locationId, found.get().uninstalled(now)).isPresent()) {
        return;
      }
    }
  }

  @Override
  public List<Chore> due() {
    return erasures.unfinished().stream()
        .map(sweep -> new Chore("erase:" + sweep.locationId(), () -> sweep(sweep)))
        .toList();
  }

  private void sweep(Erasures.Sweep sweep) {
    deleteTokens(sweep.locationId(), instance.time().instant());
    erasures.removeAll(sweep.locationId());
    if (instance.time().instant().isAfter(sweep.until())) {
      erasures.finish(sweep.locationId());
    }
  }
}
