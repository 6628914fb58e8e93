package com.lpai.application.setup;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/** Running setups; called by workers, on any instance. */
public interface RunSetupUseCase {

  /** Why a run came to its end for now. */
  sealed interface Pause {
    /** Every step is over, or waits for its next attempt, whose time is stored with it. */
    record Over() implements Pause {}

    /** It goes on at this time: the call budget is used up, or there is no usable connection. */
    record Until(Instant at) implements Pause {}

    /** Another worker has it. */
    record HeldElsewhere() implements Pause {}
  }

  /**
   * Locations whose setup is requested, was left by a stopped instance or is to be tried again now,
   * and locations that are connected and were never set up.
   */
  List<LocationId> unfinished();

  /** Goes on with a location's setup, from its checkpoints, until it is over or must wait. */
  Pause run(LocationId locationId);
}
