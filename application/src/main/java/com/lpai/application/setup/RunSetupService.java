package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupPart;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

final class RunSetupService implements RunSetupUseCase {
  private static final Duration LOOK_FOR_FORGOTTEN_EVERY = Duration.ofSeconds(30);

  private static final Duration CONNECTION_WAIT = Duration.ofMinutes(1);

  /** A lease that was prolonged lately is good for one more piece. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int PATIENCE = 8;

  private final LocationRepository locations;
  private final ConnectionRepository connections;
  private final Leases leases;
  private final SetupProgress progress;
  private final SetupUseCase requests;
  private final Function<SetupStep, StepRunner> runners;
  private final Turns turns;
  private final Instance instance;
  private final PartsHere partsHere = new PartsHere();
  private final ConcurrentMap<SetupPart, Integer> failuresInARow = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> lookedForForgottenAt =
      new AtomicReference<>(Instant.EPOCH);

  RunSetupService(
      LocationRepository locations,
      ConnectionRepository connections,
      Leases leases,
      SetupProgress progress,
      SetupUseCase requests,
      Function<SetupStep, StepRunner> runners,
      Turns turns,
      Instance instance) {
    this.locations = locations;
    this.connections = connections;
    this.leases = leases;
    this.progress = progress;
    this.requests = requests;
    this.runners = runners;
    this.turns = turns;
    this.instance = instance;
  }

  @Override
  public List<SetupPart> unfinished() {
    if (isTimeToLookForForgotten()) {
      for (Location location : locations.all()) {
        if (isForgotten(location)) {
          requests.request(location.id(), true);
        }
      }
    }
    List<SetupPart> found = new ArrayList<>();
    for (Location location : locations.withUnfinishedSetup()) {
      for (SetupStep step : location.setup().openSteps()) {
        found.add(new SetupPart(location.id(), step));
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
  public Pause run(SetupPart part) {
    Optional<Lease> taken =
        leases.acquire(
            part.leaseName(), instance.name(), instance.time().instant(), SetupPart.LEASE);
    if (taken.isEmpty()) {
      return new Pause.HeldElsewhere();
    }
    Hold hold = new Hold(part, taken.get());
    Instant now = instance.time().instant();
    if (!partsHere.take(part, now)) {
      hold.release();
      return new Pause.Until(partsHere.again(now));
    }
    try {
      while (true) {
        Optional<Pause> pause = piece(part, hold);
        if (pause.isPresent()) {
          return pause.get();
        }
        if (!hold.isOurs()) {
          return new Pause.HeldElsewhere();
        }
      }
    } finally {
      partsHere.giveBack(part);
      hold.release();
    }
  }

  /** Our hold on one part, prolonged between its calls. */
  private final class Hold implements Course {
    private final SetupPart part;
    private final ReentrantLock lock = new ReentrantLock();
    private Lease lease;
    private Instant prolongedAt;

    private Hold(SetupPart part, Lease lease) {
      this.part = part;
      this.lease = lease;
      this.prolongedAt = instance.time().instant();
    }

    @Override
    public boolean isOurs() {
      lock.lock();
      try {
        Instant now = instance.time().instant();
        if (now.isBefore(prolongedAt.plus(GOOD_FOR))) {
          return true;
        }
        Optional<Lease> renewed = leases.renew(lease, now, SetupPart.LEASE);
        lease = renewed.orElse(lease);
        prolongedAt = renewed.isPresent() ? now : prolongedAt;
        return renewed.isPresent();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void advanced() {
      failuresInARow.remove(part);
    }

    private void release() {
      leases.release(lease);
    }
  }

  /** Does one piece of work; empty when there is more to do at once. */
  private Optional<Pause> piece(SetupPart part, Hold hold) {
    Optional<Location> found =
        locations
            .find(part.locationId())
            .filter(location -> location.setup().openSteps().contains(part.step()));
    if (found.isEmpty()) {
      return Optional.of(new Pause.Over());
    }
    SetupStep step = part.step();
    Setup setup = found.get().setup();
    StepResult.State state = setup.result(step).state();
    if (state == StepResult.State.WAITING) {
      begin(part, setup);
      return Optional.empty();
    }
    StepRunner.Piece done;
    try {
      done = runners.apply(step).next(found.get(), hold);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      return faulted(part, fault);
    }
    return switch (done) {
      case StepRunner.Piece.More more -> Optional.empty();
      case StepRunner.Piece.Finished finished -> {
        failuresInARow.remove(part);
        if (step.catchesUp() && state == StepResult.State.RUNNING) {
          progress.copied(part.locationId(), step);
        } else {
          progress.finished(part.locationId(), step);
        }
        yield Optional.empty();
      }
      case StepRunner.Piece.Failed(CrmFailure failure) -> failed(part, failure);
    };
  }

  /** A step without the one that it rests on is skipped; it comes again with that one. */
  private void begin(SetupPart part, Setup setup) {
    SetupStep step = part.step();
    Optional<SetupStep> missing = setup.missingFor(step);
    if (missing.isPresent()) {
      String needed = missing.get().key();
      progress.skipped(
          part.locationId(),
          step,
          "It needs " + needed + ", which could not be read. Retry " + needed + ".");
    } else {
      progress.started(part.locationId(), step);
    }
  }

  private Optional<Pause> failed(SetupPart part, CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.Throttled(Duration retryAfter, String message) ->
          turns.came(failure) ? Optional.empty() : waitForBudget(part, retryAfter, message);
      case CrmFailure.Unavailable unavailable -> tryAgain(part, failure);
      case CrmFailure.OutcomeUnknown unknown -> tryAgain(part, failure);
      case CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind kind, String message) ->
          waitsForConnection(part.locationId(), kind)
              ? waitForConnection(part, message)
              : giveUp(part, failure);
      case CrmFailure.Forbidden forbidden -> giveUp(part, failure);
      case CrmFailure.NotFound notFound -> giveUp(part, failure);
      case CrmFailure.AlreadyExists exists -> giveUp(part, failure);
      case CrmFailure.RefusedOrDone refused -> giveUp(part, failure);
      case CrmFailure.Rejected rejected -> giveUp(part, failure);
    };
  }

  private Optional<Pause> waitForBudget(SetupPart part, Duration wait, String message) {
    progress.waiting(part.locationId(), part.step(), message);
    return pause(wait);
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

  private Optional<Pause> waitForConnection(SetupPart part, String message) {
    progress.waiting(part.locationId(), part.step(), message);
    return pause(CONNECTION_WAIT);
  }

  private Optional<Pause> tryAgain(SetupPart part, CrmFailure failure) {
    int failures = failuresInARow.merge(part, 1, Integer::sum);
    if (failures > PATIENCE) {
      return giveUp(part, failure);
    }
    progress.waiting(part.locationId(), part.step(), failure.message());
    return pause(FIRST_WAIT.multipliedBy(1L << (failures - 1)));
  }

  /**
   * A fault of ours is patient too, so that it cannot call the CRM without end; then it is told.
   */
  private Optional<Pause> faulted(SetupPart part, RuntimeException fault) {
    String what =
        fault.getClass().getSimpleName() + " in this step; the server's log has the cause";
    Optional<Pause> pause = tryAgain(part, new CrmFailure.Unavailable(what));
    if (pause.isEmpty()) {
      throw fault;
    }
    return pause;
  }

  /** A step that fails is written down and does not stop the others. */
  private Optional<Pause> giveUp(SetupPart part, CrmFailure failure) {
    failuresInARow.remove(part);
    progress.failed(part.locationId(), part.step(), failure.message());
    return Optional.empty();
  }

  private Optional<Pause> pause(Duration wait) {
    Instant at = instance.time().instant().plus(wait);
    return Optional.of(new Pause.Until(at));
  }
}
