package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Writes down how far a setup is, so that everybody can see it and nobody repeats it. */
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
        step,
        (result, now) -> result.state() == StepResult.State.RUNNING ? result : result.started(now));
  }

  /** Stored as it was read, in the best case: one round trip for each page. */
  void counted(Location known, SetupStep step, long done, long total) {
    Location after = with(known, step, (result, now) -> result.progressed(done, total));
    if (locations.save(known.id(), after).isEmpty()) {
      changeRunning(known, step, (result, now) -> result.progressed(done, total));
    }
  }

  void copied(Location known, SetupStep step) {
    changeRunning(known, step, StepResult::copied);
  }

  void skipped(LocationId id, SetupStep step, String reason) {
    change(id, step, (result, now) -> result.skipped(reason, now));
  }

  void waiting(LocationId id, SetupStep step, String why) {
    change(id, step, (result, now) -> result.waitingFor(why));
  }

  void finished(Location known, SetupStep step) {
    changeIn(known, location -> with(location, step, StepResult::finished));
  }

  void failed(LocationId id, SetupStep step, String error) {
    change(id, step, (result, now) -> result.failed(error, now));
  }

  void details(Location known, LocationDetails details) {
    changeIn(known, location -> location.withDetails(details));
  }

  /** What a worker tells late counts for nothing: its run, or the step in it, is over. */
  private void changeRunning(
      Location known, SetupStep step, BiFunction<StepResult, Instant, StepResult> change) {
    changeIn(
        known,
        location ->
            location.setup().result(step).state() == StepResult.State.RUNNING
                ? with(location, step, change)
                : location);
  }

  private void changeIn(Location known, UnaryOperator<Location> change) {
    change(
        known.id(),
        location ->
            location.setup().run() == known.setup().run() ? change.apply(location) : location);
  }

  private void change(
      LocationId id, SetupStep step, BiFunction<StepResult, Instant, StepResult> change) {
    change(id, location -> with(location, step, change));
  }

  private Location with(
      Location location, SetupStep step, BiFunction<StepResult, Instant, StepResult> change) {
    StepResult changed = change.apply(location.setup().result(step), instance.time().instant());
    return location.withSetup(location.setup().with(step, changed));
  }

  private void change(LocationId id, UnaryOperator<Location> change) {
    Versioned.change(
        () -> locations.find(id),
        found -> {
          Location before =
              found.orElseThrow(() -> new IllegalStateException("location " + id + " is gone"));
          return Optional.of(change.apply(before)).filter(after -> !after.equals(before));
        },
        after -> locations.save(id, after));
  }
}
