package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A step that copies page by page, one page a piece. The checkpoint is written after the page, so a
 * crash between the two fetches one page again, which changes nothing. Memory holds one page, or
 * two where a step fetches ahead.
 *
 * <p>It is gone through twice: once for everything (or what changed since the last time), and at
 * the setup's end for what changed or went while the first pass was under way (trap 48).
 */
abstract class PagedStep implements StepRunner {
  private final SetupStep step;
  private final Checkpoints checkpoints;
  private final SetupProgress progress;
  private final Duration overlap;
  private final Instance instance;

  PagedStep(
      SetupStep step,
      Checkpoints checkpoints,
      SetupProgress progress,
      Duration overlap,
      Instance instance) {
    this.step = step;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.overlap = overlap;
    this.instance = instance;
  }

  /** What came of one page. */
  sealed interface PageRead {
    /**
     * It is stored.
     *
     * @param records how many were on it
     * @param total how many the CRM says there are; -1 when it does not tell
     * @param nextCursor empty after the last page
     */
    record Stored(long records, long total, String nextCursor) implements PageRead {}

    /**
     * The CRM will not give this part of the list; what comes after it does not suffer.
     *
     * @param what was left out and why, for a person
     * @param nextCursor empty when nothing comes after it
     */
    record LeftOut(String what, String nextCursor) implements PageRead {}

    /** It is stored in part and must be fetched again; another worker took over. */
    record CutShort() implements PageRead {}

    /** The CRM did not give it. */
    record Failed(CrmFailure failure) implements PageRead {}

    /** The CRM did not give it, and may have been asked for too much; the cursor asks for less. */
    record TooMuch(CrmFailure failure, String cursor) implements PageRead {}
  }

  /** Reads and stores one page. */
  abstract PageRead read(Location location, PagePlace place, BooleanSupplier stillOurs);

  @Override
  public final Piece next(Location location, BooleanSupplier stillOurs) {
    StepResult result = location.setup().result(step);
    Checkpoint.Pass pass =
        result.state() == StepResult.State.COPIED ? Checkpoint.Pass.CHANGES : Checkpoint.Pass.COPY;
    Checkpoint found = checkpoints.find(location.id(), step).orElse(Checkpoint.NONE);
    Checkpoint from = found.in(location.setup().run(), pass);
    PagePlace place = new PagePlace(from.run(), pass, from.cursor(), since(location, from));
    return switch (read(location, place, stillOurs)) {
      case PageRead.Failed(CrmFailure failure) -> new Piece.Failed(failure);
      case PageRead.TooMuch(CrmFailure failure, String cursor) -> {
        Instant now = instance.time().instant();
        checkpoints.replace(location.id(), step, found, from.advanced(cursor, from.done(), now));
        yield new Piece.Failed(failure);
      }
      case PageRead.CutShort cutShort -> new Piece.More();
      case PageRead.Stored page -> stored(location, found, from, page);
      case PageRead.LeftOut(String what, String nextCursor) ->
          stored(
              progress.leftOut(location, step, what),
              found,
              from,
              new PageRead.Stored(0, -1, nextCursor));
    };
  }

  private Instant since(Location location, Checkpoint from) {
    Instant begin =
        switch (from.pass()) {
          case CHANGES -> location.setup().result(step).startedAt();
          case COPY -> location.setup().fullSync() ? Instant.EPOCH : from.completeUpTo();
        };
    return begin.equals(Instant.EPOCH) ? begin : begin.minus(overlap);
  }

  /**
   * Notes that a page is stored.
   *
   * @param found the checkpoint as it was found
   * @param from where the page began
   */
  private Piece stored(Location location, Checkpoint found, Checkpoint from, PageRead.Stored page) {
    Instant now = instance.time().instant();
    long done = from.done() + page.records();
    boolean isLast = page.nextCursor().isEmpty();
    if (isLast && from.pass() == Checkpoint.Pass.COPY) {
      progress.counted(location, step, done, page.total());
      return new Piece.Finished();
    }
    Checkpoint next =
        isLast
            ? from.completed(completeUpTo(location, from, now), now)
            : from.advanced(page.nextCursor(), done, now);
    if (!checkpoints.replace(location.id(), step, found, next)) {
      // Another worker took over meanwhile, and goes on from a checkpoint of its own.
      return new Piece.More();
    }
    if (from.pass() == Checkpoint.Pass.COPY) {
      progress.counted(location, step, done, page.total());
    }
    return isLast ? new Piece.Finished() : new Piece.More();
  }

  /** A copy that is known to have gaps makes nobody ask for less than everything the next time. */
  private Instant completeUpTo(Location location, Checkpoint from, Instant now) {
    StepResult finished = location.setup().finished(step, now).result(step);
    return finished.isWhole() ? finished.startedAt() : from.completeUpTo();
  }
}
