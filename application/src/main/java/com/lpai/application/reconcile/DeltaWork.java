package com.lpai.application.reconcile;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.reconcile.Delta;
import com.lpai.domain.reconcile.Watermark;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.MirrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads what changed since the watermarks, with an overlap, one page a piece. A watermark moves
 * only after its last page was stored; a crash anywhere repeats a page.
 */
final class DeltaWork {
  private final List<KindWork<?, ?, ?>> kinds;
  private final Checkpoints checkpoints;
  private final ReconcileSettings settings;
  private final Instance instance;

  DeltaWork(
      List<KindWork<?, ?, ?>> kinds,
      Checkpoints checkpoints,
      ReconcileSettings settings,
      Instance instance) {
    this.kinds = kinds;
    this.checkpoints = checkpoints;
    this.settings = settings;
    this.instance = instance;
  }

  /** The next piece; empty when another worker took over in between. */
  Optional<Delta> next(Location location, Delta delta, BooleanSupplier stillOurs) {
    if (!delta.isUnderWay()) {
      Delta begun = begun(location, delta);
      return Optional.of(begun.isUnderWay() ? begun : finished(begun));
    }
    for (KindWork<?, ?, ?> kind : kinds) {
      if (delta.watermark(kind.kind()).isUnderWay()) {
        Optional<Delta> after = page(location, delta, kind, stillOurs);
        return after.map(it -> it.isUnderWay() ? it : finished(it));
      }
    }
    return Optional.of(finished(delta));
  }

  private static SetupStep copiedBy(MirrorKind kind) {
    return switch (kind) {
      case CONTACTS -> SetupStep.CONTACTS;
      case PROJECTS -> SetupStep.OPPORTUNITIES;
      case APPOINTMENTS -> SetupStep.APPOINTMENTS;
    };
  }

  /** Kinds that were never copied whole are left to the setup. */
  private Delta begun(Location location, Delta delta) {
    Instant now = instance.time().instant();
    Delta begun = delta.begun();
    for (MirrorKind kind : MirrorKind.values()) {
      Instant copied =
          checkpoints
              .find(location.id(), copiedBy(kind))
              .map(Checkpoint::completeUpTo)
              .orElse(Instant.EPOCH);
      Watermark mark = delta.watermark(kind).atLeast(copied);
      if (mark.isKnown()) {
        begun = begun.with(kind, mark.begun(mark.upTo().minus(settings.overlap()), now));
      }
    }
    return begun;
  }

  private Optional<Delta> page(
      Location location, Delta delta, KindWork<?, ?, ?> work, BooleanSupplier stillOurs) {
    MirrorKind kind = work.kind();
    Watermark mark = delta.watermark(kind);
    return switch (work.absorb(
        location, mark.cursor(), mark.since(), mark.upTo(), delta.attempts(), stillOurs)) {
      case KindWork.Absorbed.CutShort cutShort -> Optional.empty();
      case KindWork.Absorbed.TooMuch(String less) ->
          Optional.of(delta.with(kind, mark.advanced(less)));
      case KindWork.Absorbed.Stored(String next, long listed, long repaired, String trouble) -> {
        Delta counted = delta.counted(listed, repaired);
        Delta told = trouble.isEmpty() ? counted : counted.told(trouble);
        yield Optional.of(told.with(kind, next.isEmpty() ? mark.completed() : mark.advanced(next)));
      }
      case KindWork.Absorbed.Failed(CrmFailure failure) ->
          Optional.of(failed(delta, kind, mark, failure));
    };
  }

  private Delta failed(Delta delta, MirrorKind kind, Watermark mark, CrmFailure failure) {
    Instant now = instance.time().instant();
    return switch (Pieces.after(failure, delta.attempts(), now, instance.jitter().getAsDouble())) {
      case Pieces.Verdict.Wait(Instant until, boolean counts) ->
          delta.postponed(
              until, counts ? delta.attempts() + 1 : delta.attempts(), failure.message());
      case Pieces.Verdict.GiveUp giveUp ->
          delta
              .with(kind, mark.abandoned())
              .told("The changes of " + kind.key() + " were not read: " + failure.message());
    };
  }

  /** Often where something changes, and less and less often where nothing does. */
  private Delta finished(Delta delta) {
    Duration pause =
        delta.listed() > 0 ? settings.active() : shorter(delta.interval().multipliedBy(2));
    Instant now = instance.time().instant();
    return delta.finished(pause, now.plus(Spread.of(pause, instance)), now);
  }

  private Duration shorter(Duration doubled) {
    return doubled.compareTo(settings.quiet()) < 0 ? doubled : settings.quiet();
  }
}
