package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the checkpoints of a location's copies are kept, one for each step. */
public interface Checkpoints {
  Optional<Checkpoint> find(LocationId locationId, SetupStep step);

  /**
   * Stores a checkpoint in the place of the one that was found, if that is still there: a worker
   * that was overtaken while it waited does not take its successor back.
   *
   * @param found what {@link #find} answered, {@link Checkpoint#NONE} for nothing
   * @return false when another one was stored since, or it was removed
   */
  boolean replace(LocationId locationId, SetupStep step, Checkpoint found, Checkpoint next);

  /**
   * Locations whose copy of this step is old and was not tried lately, the oldest first. A step
   * that was never complete is none of them.
   *
   * @param completeBefore complete up to a time before this one
   * @param triedBefore written last before this time
   */
  List<LocationId> outdated(SetupStep step, Instant completeBefore, Instant triedBefore, int limit);
}
