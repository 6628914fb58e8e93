package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** Where the checkpoints of a location's copies are kept, one for each step. */
public interface Checkpoints {
  Optional<Checkpoint> find(LocationId locationId, SetupStep step);

  void put(LocationId locationId, SetupStep step, Checkpoint checkpoint);
}
