package com.lpai.application.setup;

import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** Asking for the first copy of a location, and looking at it (spec 4). */
public interface SetupUseCase {

  /** What became of a request. */
  sealed interface Requested {
    /** A new setup will run. */
    record Started(Setup setup) implements Requested {}

    /** One is under way already; it is the answer. */
    record AlreadyRunning(Setup setup) implements Requested {}

    /** The location has not installed the app. */
    record NotInstalled() implements Requested {}
  }

  /**
   * Requests a setup of all steps. One whose remaining steps only wait to be tried again makes room
   * for it.
   *
   * @param fullSync everything again, or only what changed since the last time where the CRM can
   *     tell
   */
  Requested request(LocationId locationId, boolean fullSync);

  /**
   * Requests one step again, and with it those that were skipped for want of it. One that waits for
   * its next attempt goes on at once where it stopped.
   */
  Requested retry(LocationId locationId, SetupStep step);

  /** Sees to it that this step is done from its beginning after this, whatever is under way. */
  void include(LocationId locationId, SetupStep step);

  /**
   * True when nobody has asked for a setup since the app was last installed there; false for an
   * unknown location.
   */
  boolean isOwed(LocationId locationId);

  /** The latest setup; empty when the location is unknown. */
  default Optional<Setup> progress(LocationId locationId) {
    return stored(locationId).map(StoredSetup::setup);
  }

  /** The latest setup as it is stored, by one small read; empty when the location is unknown. */
  Optional<StoredSetup> stored(LocationId locationId);
}
