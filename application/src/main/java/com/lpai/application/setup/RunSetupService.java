package com.lpai.application.setup;

import com.lpai.application.work.Hold;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupLease;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

final class RunSetupService implements RunSetupUseCase {
  private static final Duration LOOK_FOR_FORGOTTEN_EVERY = Duration.ofSeconds(30);

  private static final Duration CONNECTION_WAIT = Duration.ofMinutes(1);

  /** So many faults of ours in a row, in about four minutes, and it is no passing one. */
  private static final int PATIENCE_WITH_FAULTS = 8;

  private final LocationRepository locations;
  private final ConnectionRepository connections;
  private final Leases leases;
  private final SetupProgress progress;
  private final SetupUseCase requests;
  private final Supplier<Map<SetupStep, StepRunner>> runners;
  private final Instance instance;
  private final AtomicReference<Instant> lookedForForgottenAt =
      new AtomicReference<>(Instant.EPOCH);

  RunSetupService(
      LocationRepository locations,
      ConnectionRepository connections,
      Leases leases,
      SetupProgress progress,
      SetupUseCase requests,
      Supplier<Map<SetupStep, StepRunner>> runners,
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
    Instant now = instance.time().instant();
    List<LocationId> found = new ArrayList<>();
    for (Location location : locations.withUnfinishedSetup()) {
      if (location.setup().nextStep(now).isPresent()) {
        found.add(location.id());
      }
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
    return location.isSetupOwed() && !location.setup().isAtWork() && isUsable(location.id());
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
    Optional<Hold> taken =
        Hold.on(SetupLease.name(locationId), leases, SetupLease.DURATION, instance);
    if (taken.isEmpty()) {
      return new Pause.HeldElsewhere();
    }
    try (Hold hold = taken.get();
        Steps steps = new Steps(runners.get())) {
      while (true) {
        Optional<Pause> pause = piece(locationId, steps, hold);
        if (pause.isPresent()) {
          return pause.get();
        }
        if (!hold.isProlonged()) {
          return new Pause.HeldElsewhere();
        }
      }
    }
  }

  /** The runners of one worker, for as long as it has the hold. */
  private record Steps(Map<SetupStep, StepRunner> runners) implements AutoCloseable {
    StepRunner of(SetupStep step) {
      return Objects.requireNonNull(runners.get(step));
    }

    @Override
    public void close() {
      runners.values().forEach(StepRunner::leave);
    }
  }

  /** Does one piece of work; empty when there is more to do at once. */
  private Optional<Pause> piece(LocationId locationId, Steps steps, Hold hold) {
    Optional<Location> found = locations.find(locationId);
    Instant now = instance.time().instant();
    Optional<SetupStep> next = found.map(Location::setup).flatMap(setup -> setup.nextStep(now));
    if (next.isEmpty()) {
      return Optional.of(new Pause.Over());
    }
    SetupStep step = next.get();
    Setup setup = found.get().setup();
    StepResult result = setup.result(step);
    if (result.state() == StepResult.State.WAITING) {
      begin(locationId, setup, step);
      return Optional.empty();
    }
    StepRunner.Piece done;
    try {
      done = steps.of(step).next(found.get(), hold::isProlonged);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      faulted(locationId, step, result, fault);
      throw fault;
    }
    if (!(done instanceof StepRunner.Piece.More) && !hold.isProlonged()) {
      // What it came to is for the one to say who took over.
      return Optional.of(new Pause.HeldElsewhere());
    }
    return switch (done) {
      case StepRunner.Piece.More more -> {
        if (result.attempts() > 0) {
          progress.recovered(locationId, step);
        }
        yield Optional.empty();
      }
      case StepRunner.Piece.Finished finished -> {
        if (step.catchesUp() && result.state() == StepResult.State.RUNNING) {
          progress.copied(found.get(), step);
        } else {
          progress.finished(found.get(), step);
        }
        yield Optional.empty();
      }
      case StepRunner.Piece.Failed(CrmFailure failure) -> failed(locationId, step, result, failure);
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

  private Optional<Pause> failed(
      LocationId locationId, SetupStep step, StepResult result, CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.Throttled(Duration retryAfter, String message) -> {
        progress.waiting(locationId, step, message);
        yield pause(retryAfter);
      }
      case CrmFailure.Unavailable unavailable -> tryAgain(locationId, step, result, failure);
      case CrmFailure.OutcomeUnknown unknown -> tryAgain(locationId, step, result, failure);
      case CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind kind, String message) ->
          switch (kind) {
            case UNKNOWN -> tryAgain(locationId, step, result, failure);
            case NOT_CONNECTED, NOT_ACTIVE ->
                isInstalled(locationId)
                    ? waitForConnection(locationId, step, message)
                    : giveUp(locationId, step, failure);
            case INVALID_TOKEN, MISSING_SCOPE, WRONG_TOKEN_TYPE, WRONG_ROUTE ->
                giveUp(locationId, step, failure);
          };
      case CrmFailure.Forbidden forbidden -> giveUp(locationId, step, failure);
      case CrmFailure.NotFound notFound -> giveUp(locationId, step, failure);
      case CrmFailure.AlreadyExists exists -> giveUp(locationId, step, failure);
      case CrmFailure.RefusedOrDone refused -> giveUp(locationId, step, failure);
      case CrmFailure.Rejected rejected -> giveUp(locationId, step, failure);
    };
  }

  /** A suspended location or a lost token may come back, and then the setup goes on by itself. */
  private boolean isInstalled(LocationId locationId) {
    return connections
        .find(locationId)
        .filter(connection -> connection.state().isInstalled())
        .isPresent();
  }

  private Optional<Pause> waitForConnection(LocationId locationId, SetupStep step, String message) {
    progress.waiting(locationId, step, message);
    return pause(CONNECTION_WAIT);
  }

  /**
   * What passes is waited out, longer and longer and never for more than an hour, while the other
   * steps go on. It is stored with the step, so that any instance sees it and a person can, too.
   */
  private Optional<Pause> tryAgain(
      LocationId locationId, SetupStep step, StepResult result, CrmFailure failure) {
    Duration wait = RetryPolicy.STANDARD.delay(result.attempts(), instance.jitter().getAsDouble());
    Instant at = instance.time().instant().plus(wait);
    progress.triedAgain(locationId, step, failure.message(), at);
    return Optional.empty();
  }

  /** Patience with ourselves, too; but a fault that stays must not call the CRM without end. */
  private void faulted(
      LocationId locationId, SetupStep step, StepResult result, RuntimeException fault) {
    CrmFailure told =
        new CrmFailure.Unavailable(
            fault.getClass().getSimpleName() + " in this step; the server's log has the cause");
    if (result.attempts() < PATIENCE_WITH_FAULTS) {
      tryAgain(locationId, step, result, told);
    } else {
      giveUp(locationId, step, told);
    }
  }

  /** A step that fails is written down and does not stop the others. */
  private Optional<Pause> giveUp(LocationId locationId, SetupStep step, CrmFailure failure) {
    progress.failed(locationId, step, failure.message());
    return Optional.empty();
  }

  private Optional<Pause> pause(Duration wait) {
    Instant at = instance.time().instant().plus(wait);
    return Optional.of(new Pause.Until(at));
  }
}
