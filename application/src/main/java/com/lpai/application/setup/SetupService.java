package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

final class SetupService implements SetupUseCase {
  private final LocationRepository locations;
  private final ConnectionRepository connections;
  private final WorkSignals signals;
  private final Instance instance;

  SetupService(
      LocationRepository locations,
      ConnectionRepository connections,
      WorkSignals signals,
      Instance instance) {
    this.locations = locations;
    this.connections = connections;
    this.signals = signals;
    this.instance = instance;
  }

  @Override
  public Requested request(LocationId locationId, boolean fullSync) {
    return change(locationId, setup -> newRun(setup, EnumSet.allOf(SetupStep.class), fullSync));
  }

  @Override
  public Requested retry(LocationId locationId, SetupStep step) {
    return change(
        locationId,
        setup ->
            setup.result(step).isToBeTriedAgain()
                ? setup.hastened(step)
                : newRun(setup, setup.withThoseWaitingFor(step), true));
  }

  /** The same one while it is at work: one setup of a location at a time. */
  private Setup newRun(Setup present, Set<SetupStep> steps, boolean fullSync) {
    return present.isAtWork()
        ? present
        : present.requested(steps, fullSync, instance.time().instant());
  }

  private Requested change(LocationId locationId, UnaryOperator<Setup> change) {
    if (!isConnected(locationId)) {
      return new Requested.NotInstalled();
    }
    while (true) {
      Optional<Location> found = locations.find(locationId);
      if (found.isEmpty()) {
        return new Requested.NotInstalled();
      }
      Setup before = found.get().setup();
      Setup after = change.apply(before);
      if (after.equals(before)
          || locations.save(locationId, found.get().withSetup(after)).isPresent()) {
        signals.setupRequested();
        return after.run() == before.run()
            ? new Requested.AlreadyRunning(after)
            : new Requested.Started(after);
      }
    }
  }

  @Override
  public void include(LocationId locationId, SetupStep step) {
    Versioned.change(
            () -> locations.find(locationId),
            found ->
                found
                    .map(
                        location ->
                            location.withSetup(
                                location.setup().including(step, instance.time().instant())))
                    .filter(after -> !found.get().equals(after)),
            after -> locations.save(locationId, after))
        .ifPresent(changed -> signals.setupRequested());
  }

  private boolean isConnected(LocationId locationId) {
    return connections
        .find(locationId)
        .filter(connection -> connection.state().isInstalled())
        .isPresent();
  }

  @Override
  public boolean isOwed(LocationId locationId) {
    return locations.find(locationId).filter(Location::isSetupOwed).isPresent();
  }

  @Override
  public Optional<StoredSetup> stored(LocationId locationId) {
    return locations
        .find(locationId)
        .map(
            location ->
                new StoredSetup(location.setup(), location.installedAt(), location.version()));
  }
}
