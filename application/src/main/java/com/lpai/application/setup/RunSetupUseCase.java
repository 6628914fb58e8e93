package com.lpai.application.setup;

import com.lpai.domain.setup.SetupPart;
import java.time.Instant;
import java.util.List;

/** Running setups; called by workers, on any instance. */
public interface RunSetupUseCase {

  /** Why a run came to its end for now. */
  sealed interface Pause {
    /** Nothing is left to do here for now; something else may have become possible. */
    record Over() implements Pause {}

    /** It goes on at this time: the call budget is used up, or the CRM is away. */
    record Until(Instant at) implements Pause {}

    /** Another worker has it. */
    record HeldElsewhere() implements Pause {}
  }

  /**
   * What can be worked on, side by side and on any instance: of locations whose setup is requested
   * or was left by a stopped instance, and of locations that are connected and were never set up.
   */
  List<SetupPart> unfinished();

  /** Goes on with a part, from its checkpoint, until it is over or must wait. */
  Pause run(SetupPart part);
}
