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
import java.util.function.Function;
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

  /**
   * So many are here.
   *
   * @return false when the step is no longer a part of this run: it is to be left alone
   */
  boolean counted(Location known, SetupStep step, long done, long total) {
    boolean[] wanted = {false};
    changeStored(
        known.id(),
        found -> {
          wanted[0] =
              found
                  .map(Location::setup)
                  .filter(setup -> setup.run() == known.setup().run())
                  .filter(setup -> setup.result(step).state() == StepResult.State.RUNNING)
                  .isPresent();
          return found
              .filter(location -> wanted[0])
              .map(location -> with(location, step, (r, now) -> r.progressed(done, total)));
        });
    return wanted[0];
  }

  void copied(LocationId id, SetupStep step) {
    change(id, step, StepResult::copied);
  }

  void skipped(LocationId id, SetupStep step, String reason) {
    change(id, step, (result, now) -> result.skipped(reason, now));
  }

  void waiting(LocationId id, SetupStep step, String why) {
    change(id, step, (result, now) -> result.waitingFor(why));
  }

  void finished(LocationId id, SetupStep step) {
    change(id, step, StepResult::finished);
  }

  void failed(LocationId id, SetupStep step, String error) {
    change(id, step, (result, now) -> result.failed(error, now));
  }

  void details(LocationId id, LocationDetails details) {
    change(id, location -> location.withDetails(details));
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
    changeStored(
        id,
        found ->
            Optional.of(
                change.apply(
                    found.orElseThrow(
                        () -> new IllegalStateException("location " + id + " is gone")))));
  }

  private void changeStored(
      LocationId id, Function<Optional<Location>, Optional<Location>> change) {
    Versioned.change(
        () -> locations.find(id),
        found -> change.apply(found).filter(after -> !Optional.of(after).equals(found)),
        after -> locations.save(id, after));
  }
}
