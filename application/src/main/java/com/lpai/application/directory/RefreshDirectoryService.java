package com.lpai.application.directory;

import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Hold;
import com.lpai.application.work.Instance;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupLease;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads again what no event tells of: the CRM has no webhooks for pipelines, calendars and custom
 * fields (ghl-facts.md 3.2). A location's setup reads them too, so both hold the same lease.
 */
final class RefreshDirectoryService implements Chores {
  private static final int LOCATIONS_AT_ONCE = 20;

  private final DirectoryReadings readings;
  private final LocationRepository locations;
  private final Checkpoints checkpoints;
  private final Leases leases;
  private final Duration every;
  private final Duration againAfter;
  private final Instance instance;

  RefreshDirectoryService(
      DirectoryReadings readings,
      LocationRepository locations,
      Checkpoints checkpoints,
      Leases leases,
      Duration every,
      Duration againAfter,
      Instance instance) {
    this.readings = readings;
    this.locations = locations;
    this.checkpoints = checkpoints;
    this.leases = leases;
    this.every = every;
    this.againAfter = againAfter;
    this.instance = instance;
  }

  @Override
  public List<Chore> due() {
    Instant now = instance.time().instant();
    List<Chore> due = new ArrayList<>();
    readings
        .byStep()
        .forEach(
            (step, reading) ->
                outdated(step, now)
                    .forEach(
                        id ->
                            due.add(
                                new Chore(SetupLease.name(id), () -> refresh(id, step, reading)))));
    return due;
  }

  private List<LocationId> outdated(SetupStep step, Instant now) {
    return checkpoints.outdated(step, now.minus(every), now.minus(againAfter), LOCATIONS_AT_ONCE);
  }

  private void refresh(LocationId id, SetupStep step, DirectoryReading reading) {
    Instant now = instance.time().instant();
    if (idle(id).isEmpty()) {
      // Its setup reads the same. It is put off, so that the locations behind it have their turn.
      note(id, step, false, now);
      return;
    }
    Optional<Hold> taken = Hold.on(SetupLease.name(id), leases, SetupLease.DURATION, instance);
    if (taken.isEmpty()) {
      return;
    }
    try (Hold hold = taken.get()) {
      Optional<Location> location = idle(id);
      if (location.isPresent()) {
        switch (read(location.get(), step, reading, hold)) {
          case DirectoryReading.Outcome.Complete complete -> note(id, step, true, now);
          case DirectoryReading.Outcome.Lacking lacking -> note(id, step, true, now);
          case DirectoryReading.Outcome.Failed failed -> note(id, step, false, now);
          case DirectoryReading.Outcome.TakenOver takenOver -> {
            // Whoever has it now writes down what came of it.
          }
        }
      }
    }
  }

  private Optional<Location> idle(LocationId id) {
    return locations.find(id).filter(location -> !location.setup().isAtWork());
  }

  /** A fault of ours comes again; it must not do so each second. */
  private DirectoryReading.Outcome read(
      Location location, SetupStep step, DirectoryReading reading, Hold hold) {
    try {
      return reading.read(location, hold::isProlonged);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException fault) {
      note(location.id(), step, false, instance.time().instant());
      throw fault;
    }
  }

  /** What failed is tried again after a while; meanwhile what we have stays as it is. */
  private void note(LocationId id, SetupStep step, boolean done, Instant begun) {
    Optional<Checkpoint> found;
    Checkpoint noted;
    do {
      found = checkpoints.find(id, step);
      if (found.isEmpty()) {
        // The location was erased.
        return;
      }
      Instant upTo = done ? begun : found.get().completeUpTo();
      noted = found.get().completed(upTo, instance.time().instant());
    } while (!checkpoints.replace(id, step, found.get(), noted));
  }
}
