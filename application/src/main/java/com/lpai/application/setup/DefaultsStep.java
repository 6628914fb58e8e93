package com.lpai.application.setup;

import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.DefaultsRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import java.util.function.BooleanSupplier;

/** Puts in place what a location starts with, and never changes what it has. */
final class DefaultsStep implements StepRunner {
  private final Defaults defaults;
  private final DefaultsRepository store;
  private final SetupProgress progress;

  DefaultsStep(Defaults defaults, DefaultsRepository store, SetupProgress progress) {
    this.defaults = defaults;
    this.store = store;
    this.progress = progress;
  }

  @Override
  public Piece next(Location location, BooleanSupplier stillOurs) {
    store.putWhereAbsent(location.id(), defaults);
    progress.counted(location, SetupStep.DEFAULTS, defaults.size(), defaults.size());
    return new Piece.Finished();
  }
}
