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
import java.util.function.Function;

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
    return request(locationId, setup -> EnumSet.allOf(SetupStep.class), fullSync);
  }

  @Override
  public Requested retry(LocationId locationId, SetupStep step) {
    return request(locationId, setup -> setup.withThoseWaitingFor(step), true);
  }

  private Requested request(
      LocationId locationId, Function<Setup, Set<SetupStep>> steps, boolean fullSync) {
    if (!isConnected(locationId)) {
      return new Requested.NotInstalled();
    }
    while (true) {
      Optional<Location> found = locations.find(locationId);
      if (found.isEmpty()) {
        return new Requested.NotInstalled();
      }
      Setup present = found.get().setup();
      if (present.isUnderWay()) {
        signals.setupRequested();
        return new Requested.AlreadyRunning(present);
      }
      Setup requested =
          present.requested(steps.apply(present), fullSync, instance.time().instant());
      if (locations.save(locationId, found.get().withSetup(requested)).isPresent()) {
        signals.setupRequested();
        return new Requested.Started(requested);
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
  public Optional<Setup> progress(LocationId locationId) {
    return locations.find(locationId).map(Location::setup);
  }
}
