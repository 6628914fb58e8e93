package com.lpai.application.setup;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A step that copies page by page. The next pages are fetched while the last ones are stored, so
 * that storing costs no calls; the checkpoint says up to where all pages are stored. A crash
 * fetches a few pages again, which changes nothing. Memory holds those few pages.
 *
 * <p>It is gone through twice: once for everything (or what changed since the last time), and at
 * the setup's end for what changed while the first pass was under way (trap 48).
 */
abstract class PagedStep implements StepRunner {
  private static final int PAGES_UNDER_WAY = 4;
  private static final Duration TELL_EVERY = Duration.ofMillis(500);

  private final SetupStep step;
  private final Copying copying;

  PagedStep(SetupStep step, Copying copying) {
    this.step = step;
    this.copying = copying;
  }

  /** What came of asking for one page. */
  sealed interface PageRead {
    /**
     * It is to be stored.
     *
     * @param records how many are on it
     * @param total how many the CRM says there are; -1 when it does not tell
     * @param nextCursor empty after the last page
     * @param store stores it
     */
    record Fetched(long records, long total, String nextCursor, Supplier<PageStored> store)
        implements PageRead {}

    /** The CRM did not give it. */
    record Failed(CrmFailure failure) implements PageRead {}
  }

  /** What came of storing one page. */
  sealed interface PageStored {
    /** All of it is here. */
    record Whole() implements PageStored {}

    /** It is stored in part and must be fetched again; another worker took over. */
    record CutShort() implements PageStored {}

    /** A part that had to be read on its own was not given. */
    record Failed(CrmFailure failure) implements PageStored {}
  }

  /**
   * Reads the page at this cursor.
   *
   * @param cursor empty for the first page
   * @param since only what changed at or after this time, where the CRM can tell
   */
  abstract PageRead read(Location location, String cursor, Instant since, Course course);

  /** Everything is here; what is left to be done with it before the step is over. */
  void complete(Location location, Course course) {}

  final Copying copying() {
    return copying;
  }

  @Override
  public final Piece next(Location location, Course course) {
    StepResult result = location.setup().result(step);
    Checkpoint.Pass pass =
        result.state() == StepResult.State.COPIED ? Checkpoint.Pass.CHANGES : Checkpoint.Pass.COPY;
    Checkpoint from =
        copying
            .checkpoints()
            .find(location.id(), step)
            .orElse(Checkpoint.NONE)
            .in(location.setup().run(), pass);
    return new Line(location, course, from).run();
  }

  private Instant since(Location location, Checkpoint from) {
    Instant begin =
        switch (from.pass()) {
          case CHANGES -> location.setup().result(step).startedAt();
          case COPY -> location.setup().fullSync() ? Instant.EPOCH : from.completeUpTo();
        };
    return begin.equals(Instant.EPOCH) ? begin : begin.minus(copying.settings().overlap());
  }

  /** A page on its way into the database. */
  private record UnderWay(PageRead.Fetched page, CompletableFuture<PageStored> stored) {
    private void await() {
      stored.handle((outcome, trouble) -> true).join();
    }

    private PageStored outcome() {
      try {
        return stored.join();
      } catch (CompletionException wrapped) {
        throw unwrapped(wrapped);
      }
    }

    private static RuntimeException unwrapped(CompletionException wrapped) {
      return switch (wrapped.getCause()) {
        case RuntimeException fault -> fault;
        case Error error -> throw error;
        case null, default -> wrapped;
      };
    }
  }

  /** The pages of one copy: fetched in their order, and settled in it. */
  private final class Line {
    private final Location location;
    private final Course course;
    private final Instant since;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private Checkpoint at;
    private long done;
    private long total = -1;
    private boolean isOver;
    private Instant toldAt = Instant.EPOCH;

    private Line(Location location, Course course, Checkpoint from) {
      this.location = location;
      this.course = course;
      this.since = since(location, from);
      this.at = from;
      this.done = from.done();
    }

    private Piece run() {
      String cursor = at.cursor();
      try {
        while (course.isOurs()) {
          switch (read(location, cursor, since, course)) {
            case PageRead.Failed(CrmFailure failure) -> {
              if (!copying.turns().came(failure)) {
                return settled(0).orElseGet(() -> new Piece.Failed(failure));
              }
            }
            case PageRead.Fetched page -> {
              underWay.add(new UnderWay(page, storing(page)));
              boolean isLast = page.nextCursor().isEmpty();
              Optional<Piece> end = settled(isLast ? 0 : PAGES_UNDER_WAY - 1);
              if (end.isPresent() || isLast) {
                return end.orElseGet(Piece.Finished::new);
              }
              cursor = page.nextCursor();
            }
          }
        }
        return settled(0).orElseGet(Piece.More::new);
      } finally {
        // Nothing of ours goes on after our hold was given back.
        underWay.forEach(UnderWay::await);
      }
    }

    private CompletableFuture<PageStored> storing(PageRead.Fetched page) {
      return CompletableFuture.supplyAsync(page.store(), copying.stores());
    }

    /**
     * Settles what is stored, and waits while more than this many pages are under way.
     *
     * @return why the copy cannot go on; empty when it can
     */
    private Optional<Piece> settled(int most) {
      boolean isFurther = false;
      while (underWay.size() > most || isNextStored()) {
        UnderWay next = underWay.removeFirst();
        Optional<Piece> trouble = trouble(next.outcome());
        if (trouble.isPresent()) {
          return isFurther ? noted().or(() -> trouble) : trouble;
        }
        passed(next.page());
        isFurther = true;
      }
      return isFurther ? noted() : Optional.empty();
    }

    private boolean isNextStored() {
      return !underWay.isEmpty() && underWay.getFirst().stored().isDone();
    }

    private void passed(PageRead.Fetched page) {
      course.advanced();
      done += page.records();
      total = page.total();
      isOver = page.nextCursor().isEmpty();
      // It stays at the last page: a crash before anybody hears of it fetches that one again.
      at = isOver ? at : at.advanced(page.nextCursor(), done, copying.instance().time().instant());
    }

    private Optional<Piece> noted() {
      Instant now = copying.instance().time().instant();
      if (isOver || !now.isBefore(toldAt.plus(TELL_EVERY))) {
        toldAt = now;
        if (!isTold()) {
          return Optional.of(new Piece.More());
        }
      }
      if (!isOver) {
        copying.checkpoints().put(location.id(), step, at);
      } else if (at.pass() == Checkpoint.Pass.CHANGES) {
        complete(location, course);
        Instant upTo = location.setup().result(step).startedAt();
        copying.checkpoints().put(location.id(), step, at.completed(upTo, now));
      }
      return Optional.empty();
    }

    /** False when this copy is no longer wanted. */
    private boolean isTold() {
      return at.pass() == Checkpoint.Pass.CHANGES
          || copying.progress().counted(location, step, done, total);
    }
  }

  private static Optional<Piece> trouble(PageStored outcome) {
    return switch (outcome) {
      case PageStored.Whole whole -> Optional.empty();
      case PageStored.CutShort cutShort -> Optional.of(new Piece.More());
      case PageStored.Failed(CrmFailure failure) -> Optional.of(new Piece.Failed(failure));
    };
  }
}
