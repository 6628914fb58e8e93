package com.lpai.application.setup;

import com.lpai.application.directory.DirectoryReading;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import java.time.Instant;
import java.util.function.BooleanSupplier;

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
  public Piece next(Location location, BooleanSupplier stillOurs) {
    Instant begun = instance.time().instant();
    return switch (reading.read(location, stillOurs)) {
      case DirectoryReading.Outcome.Failed(CrmFailure failure) -> new Piece.Failed(failure);
      case DirectoryReading.Outcome.TakenOver takenOver -> new Piece.More();
      case DirectoryReading.Outcome.Complete(int entries) -> {
        copied(location, entries, begun);
        yield new Piece.Finished();
      }
      case DirectoryReading.Outcome.Lacking(int entries, CrmFailure failure) -> {
        copied(location, entries, begun);
        yield new Piece.Failed(failure);
      }
    };
  }

  /** From now on it is refreshed, though the CRM may lack something of ours. */
  private void copied(Location location, int entries, Instant begun) {
    progress.counted(location, step, entries, entries);
    note(location, begun);
  }

  /** A refresh that was put off for our sake may note that at the same moment. */
  private void note(Location location, Instant begun) {
    Checkpoint found;
    Checkpoint complete;
    do {
      found = checkpoints.find(location.id(), step).orElse(Checkpoint.NONE);
      complete =
          found
              .in(location.setup().run(), Checkpoint.Pass.COPY)
              .completed(begun, instance.time().instant());
    } while (!checkpoints.replace(location.id(), step, found, complete));
  }
}
