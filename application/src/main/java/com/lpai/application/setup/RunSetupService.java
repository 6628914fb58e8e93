package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupLease;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

final class RunSetupService implements RunSetupUseCase {
  private static final Duration LOOK_FOR_FORGOTTEN_EVERY = Duration.ofSeconds(30);

  private static final Duration CONNECTION_WAIT = Duration.ofMinutes(1);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int PATIENCE = 8;

  private final LocationRepository locations;
  private final ConnectionRepository connections;
  private final Leases leases;
  private final SetupProgress progress;
  private final SetupUseCase requests;
  private final Function<SetupStep, StepRunner> runners;
  private final Instance instance;
  private final ConcurrentMap<LocationId, Integer> failuresInARow = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> lookedForForgottenAt =
      new AtomicReference<>(Instant.EPOCH);

  RunSetupService(
      LocationRepository locations,
      ConnectionRepository connections,
      Leases leases,
      SetupProgress progress,
      SetupUseCase requests,
      Function<SetupStep, StepRunner> runners,
      Instance instance) {
    this.locations = locations;
    this.connections = connections;
    this.leases = leases;
    this.progress = progress;
    this.requests = requests;
    this.runners = runners;
    this.instance = instance;
  }

  @Override
  public List<LocationId> unfinished() {
    List<LocationId> found = new ArrayList<>();
    for (Location location : locations.withUnfinishedSetup()) {
      found.add(location.id());
    }
    if (isTimeToLookForForgotten()) {
      for (Location location : locations.all()) {
        if (isForgotten(location)) {
          requests.request(location.id(), true);
          found.add(location.id());
        }
      }
    }
    return found;
  }

  /** Looking at every location is dear with thousands of them, and what it mends is rare. */
  private boolean isTimeToLookForForgotten() {
    Instant now = instance.time().instant();
    Instant last = lookedForForgottenAt.get();
    return !now.isBefore(last.plus(LOOK_FOR_FORGOTTEN_EVERY))
        && lookedForForgottenAt.compareAndSet(last, now);
  }

  /** The process died between storing the connection and requesting the setup. */
  private boolean isForgotten(Location location) {
    return location.isSetupOwed() && !location.setup().isUnderWay() && isUsable(location.id());
  }

  /** One connection that cannot be read must not keep others waiting. */
  private boolean isUsable(LocationId locationId) {
    try {
      return connections
          .find(locationId)
          .filter(connection -> connection.state().isUsable())
          .isPresent();
    } catch (UnreadableRecordException unreadable) {
      return false;
    }
  }

  @Override
  public Pause run(LocationId locationId) {
    Optional<Lease> taken =
        leases.acquire(
            SetupLease.name(locationId),
            instance.name(),
            instance.time().instant(),
            SetupLease.DURATION);
    if (taken.isEmpty()) {
      return new Pause.HeldElsewhere();
    }
    Hold hold = new Hold(taken.get());
    try {
      while (true) {
        Optional<Pause> pause = piece(locationId, hold);
        if (pause.isPresent()) {
          return pause.get();
        }
        if (!hold.isProlonged()) {
          return new Pause.HeldElsewhere();
        }
      }
    } finally {
      hold.release();
    }
  }

  /** Our hold on one setup, prolonged between its pieces and between the calls of a long one. */
  private final class Hold {
    private Lease lease;

    private Hold(Lease lease) {
      this.lease = lease;
    }

    private boolean isProlonged() {
      Instant now = instance.time().instant();
      if (now.plus(SetupLease.AMPLE).isBefore(lease.until())) {
        return true;
      }
      Optional<Lease> renewed = leases.renew(lease, now, SetupLease.DURATION);
      lease = renewed.orElse(lease);
      return renewed.isPresent();
    }

    private void release() {
      leases.release(lease);
    }
  }

  /** Does one piece of work; empty when there is more to do at once. */
  private Optional<Pause> piece(LocationId locationId, Hold hold) {
    Optional<Location> found = locations.find(locationId);
    Optional<SetupStep> next = found.map(Location::setup).flatMap(Setup::nextStep);
    if (next.isEmpty()) {
      return Optional.of(new Pause.Over());
    }
    SetupStep step = next.get();
    Setup setup = found.get().setup();
    StepResult.State state = setup.result(step).state();
    if (state == StepResult.State.WAITING) {
      begin(locationId, setup, step);
      return Optional.empty();
    }
    StepRunner.Piece done;
    try {
      done = runners.apply(step).next(found.get(), hold::isProlonged);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      return faulted(locationId, step, fault);
    }
    return switch (done) {
      case StepRunner.Piece.More more -> {
        failuresInARow.remove(locationId);
        yield Optional.empty();
      }
      case StepRunner.Piece.Finished finished -> {
        failuresInARow.remove(locationId);
        if (step.catchesUp() && state == StepResult.State.RUNNING) {
          progress.copied(locationId, step);
        } else {
          progress.finished(locationId, step);
        }
        yield Optional.empty();
      }
      case StepRunner.Piece.Failed(CrmFailure failure) -> failed(locationId, step, failure);
    };
  }

  /** A step without the one that it rests on is skipped; it comes again with that one. */
  private void begin(LocationId locationId, Setup setup, SetupStep step) {
    Optional<SetupStep> missing = setup.missingFor(step);
    if (missing.isPresent()) {
      String needed = missing.get().key();
      progress.skipped(
          locationId,
          step,
          "It needs " + needed + ", which could not be read. Retry " + needed + ".");
    } else {
      progress.started(locationId, step);
    }
  }

  private Optional<Pause> failed(LocationId locationId, SetupStep step, CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.Throttled(Duration retryAfter, String message) -> {
        progress.waiting(locationId, step, message);
        yield pause(retryAfter);
      }
      case CrmFailure.Unavailable unavailable -> tryAgain(locationId, step, failure);
      case CrmFailure.OutcomeUnknown unknown -> tryAgain(locationId, step, failure);
      case CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind kind, String message) ->
          waitsForConnection(locationId, kind)
              ? waitForConnection(locationId, step, message)
              : giveUp(locationId, step, failure);
      case CrmFailure.Forbidden forbidden -> giveUp(locationId, step, failure);
      case CrmFailure.NotFound notFound -> giveUp(locationId, step, failure);
      case CrmFailure.AlreadyExists exists -> giveUp(locationId, step, failure);
      case CrmFailure.RefusedOrDone refused -> giveUp(locationId, step, failure);
      case CrmFailure.Rejected rejected -> giveUp(locationId, step, failure);
    };
  }

  /** A suspended location or a lost token may come back, and then the setup goes on by itself. */
  private boolean waitsForConnection(LocationId locationId, CrmFailure.Unauthorized.Kind kind) {
    boolean isAboutConnection =
        kind == CrmFailure.Unauthorized.Kind.NOT_CONNECTED
            || kind == CrmFailure.Unauthorized.Kind.NOT_ACTIVE
            || kind == CrmFailure.Unauthorized.Kind.UNKNOWN;
    return isAboutConnection
        && connections
            .find(locationId)
            .filter(connection -> connection.state().isInstalled())
            .isPresent();
  }

  private Optional<Pause> waitForConnection(LocationId locationId, SetupStep step, String message) {
    progress.waiting(locationId, step, message);
    return pause(CONNECTION_WAIT);
  }

  private Optional<Pause> tryAgain(LocationId locationId, SetupStep step, CrmFailure failure) {
    int failures = failuresInARow.merge(locationId, 1, Integer::sum);
    if (failures > PATIENCE) {
      return giveUp(locationId, step, failure);
    }
    progress.waiting(locationId, step, failure.message());
    return pause(FIRST_WAIT.multipliedBy(1L << (failures - 1)));
  }

  /**
   * A fault of ours is patient too, so that it cannot call the CRM without end; then it is told.
   */
  private Optional<Pause> faulted(LocationId locationId, SetupStep step, RuntimeException fault) {
    String what =
        fault.getClass().getSimpleName() + " in this step; the server's log has the cause";
    Optional<Pause> pause = tryAgain(locationId, step, new CrmFailure.Unavailable(what));
    if (pause.isEmpty()) {
      throw fault;
    }
    return pause;
  }

  /** A step that fails is written down and does not stop the others. */
  private Optional<Pause> giveUp(LocationId locationId, SetupStep step, CrmFailure failure) {
    failuresInARow.remove(locationId);
    progress.failed(locationId, step, failure.message());
    return Optional.empty();
  }

  private Optional<Pause> pause(Duration wait) {
    Instant at = instance.time().instant().plus(wait);
    return Optional.of(new Pause.Until(at));
  }
}
