package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes down how far a setup is, so that everybody can see it and nobody repeats it. What a worker
 * tells of a location as it knew it counts for nothing once another run of its setup has begun.
 */
final class SetupProgress {
  private final LocationRepository locations;
  private final Instance instance;

  SetupProgress(LocationRepository locations, Instance instance) {
    this.locations = locations;
    this.instance = instance;
  }

  void started(LocationId id, SetupStep step) {
    change(
        id,
        location ->
            isRunning(location, step)
                ? location
                : location.withSetup(location.setup().began(step, now())));
  }

  /** Stored as it was read, in the best case: one round trip for each page. */
  void counted(Location known, SetupStep step, long done, long total) {
    UnaryOperator<StepResult> change = result -> result.progressed(done, total);
    if (locations.save(known.id(), with(known, step, change)).isEmpty()) {
      // Somebody else may have ended the step meanwhile.
      changeIn(
          known, location -> isRunning(location, step) ? with(location, step, change) : location);
    }
  }

  /** Answers the location as it is then. */
  Location leftOut(Location known, SetupStep step, String what) {
    return changeIn(
            known,
            location ->
                with(location, step, result -> result.withGaps(result.gaps().leavingOut(what))))
        .orElse(known);
  }

  void copied(Location known, SetupStep step) {
    changeSetup(known, setup -> setup.copied(step, now()));
  }

  void skipped(LocationId id, SetupStep step, String reason) {
    change(id, step, result -> result.skipped(reason, now()));
  }

  void waiting(LocationId id, SetupStep step, String why) {
    change(id, step, result -> result.waitingFor(why));
  }

  void triedAgain(LocationId id, SetupStep step, String why, Instant at) {
    change(id, step, result -> result.triedAgain(why, at));
  }

  void recovered(LocationId id, SetupStep step) {
    change(id, step, StepResult::recovered);
  }

  void finished(Location known, SetupStep step) {
    changeSetup(known, setup -> setup.finished(step, now()));
  }

  void failed(LocationId id, SetupStep step, String error) {
    change(id, step, result -> result.failed(error, now()));
  }

  void details(Location known, LocationDetails details) {
    changeIn(known, location -> location.withDetails(details));
  }

  private Instant now() {
    return instance.time().instant();
  }

  private static boolean isRunning(Location location, SetupStep step) {
    return location.setup().result(step).state() == StepResult.State.RUNNING;
  }

  private static Location with(
      Location location, SetupStep step, UnaryOperator<StepResult> change) {
    Setup setup = location.setup();
    return location.withSetup(setup.with(step, change.apply(setup.result(step))));
  }

  private void changeSetup(Location known, UnaryOperator<Setup> change) {
    changeIn(known, location -> location.withSetup(change.apply(location.setup())));
  }

  /** The location as it is stored now, where that is news. */
  private Optional<Location> changeIn(Location known, UnaryOperator<Location> change) {
    return change(
        known.id(),
        location ->
            location.setup().run() == known.setup().run() ? change.apply(location) : location);
  }

  private void change(LocationId id, SetupStep step, UnaryOperator<StepResult> change) {
    change(id, location -> with(location, step, change));
  }

  private Optional<Location> change(LocationId id, UnaryOperator<Location> change) {
    return Versioned.change(
        () -> locations.find(id),
        found -> {
          Location before =
              found.orElseThrow(() -> new IllegalStateException("location " + id + " is gone"));
          return Optional.of(change.apply(before)).filter(after -> !after.equals(before));
        },
        after -> locations.save(id, after));
  }
}
