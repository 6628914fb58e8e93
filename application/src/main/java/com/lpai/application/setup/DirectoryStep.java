package com.lpai.application.setup;

import com.lpai.application.directory.DirectoryReading;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import java.time.Instant;

/** Copies one list of the location's directory, whole; it is refreshed from then on. */
final class DirectoryStep implements StepRunner {
  private final SetupStep step;
  private final DirectoryReading reading;
  private final Checkpoints checkpoints;
  private final SetupProgress progress;
  private final Instance instance;

  DirectoryStep(
      SetupStep step,
      DirectoryReading reading,
      Checkpoints checkpoints,
      SetupProgress progress,
      Instance instance) {
    this.step = step;
    this.reading = reading;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.instance = instance;
  }

  @Override
  public Piece next(Location location, Course course) {
    Instant begun = instance.time().instant();
    return switch (reading.read(location, course::isOurs)) {
      case CrmResult.Failed<Integer>(CrmFailure failure) -> new Piece.Failed(failure);
      case CrmResult.Done<Integer>(Integer entries) -> {
        progress.counted(location, step, entries, entries);
        Checkpoint before =
            checkpoints
                .find(location.id(), step)
                .orElse(Checkpoint.NONE)
                .in(location.setup().run(), Checkpoint.Pass.COPY);
        checkpoints.put(location.id(), step, before.completed(begun, instance.time().instant()));
        yield new Piece.Finished();
      }
    };
  }
}
