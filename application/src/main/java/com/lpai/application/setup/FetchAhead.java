package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.FetchedPage;
import com.lpai.domain.setup.FetchedPages;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Fetches a page, and brings it into normal form, while the one before it is stored. That one is
 * kept first, so that a crash anywhere leaves at most the page that was on its way to be fetched
 * again; a last page, which none is fetched after, need not be kept. One for each worker and step:
 * it holds two pages at most.
 *
 * @param <G> the CRM's id of such a record
 */
final class FetchAhead<G> {
  /** What is on an older page changed too often since. */
  private static final Duration USABLE = Duration.ofMinutes(15);

  private final SetupStep step;
  private final CrmRecords<G> crm;
  private final Intake<G> intake;
  private final FetchedPages pages;
  private final int pageSize;
  private final Executor threads;
  private final Instance instance;
  private Optional<Ahead> ahead = Optional.empty();

  /**
   * One for a worker.
   *
   * @param threads where pages are fetched; what they do not come to, the worker does itself
   */
  FetchAhead(
      SetupStep step,
      CrmRecords<G> crm,
      Intake<G> intake,
      FetchedPages pages,
      int pageSize,
      Executor threads,
      Instance instance) {
    this.step = step;
    this.crm = crm;
    this.intake = intake;
    this.pages = pages;
    this.pageSize = pageSize;
    this.threads = threads;
    this.instance = instance;
  }

  /**
   * What became of the call for a page.
   *
   * @param readAt when the call began
   * @param said what is on the page, in normal form
   */
  record Fetch<G>(
      PagePlace place,
      Instant readAt,
      boolean isKept,
      CrmResult<SentPage<CrmRecord<G>>> answer,
      List<CrmRecord<G>> said) {}

  /** The page of this place, or why it was not given: fetched ahead, kept, or fetched now. */
  Fetch<G> page(Location location, PagePlace place) {
    return begun(place).or(() -> kept(location, place)).orElseGet(() -> fetch(location, place));
  }

  /** Begins to fetch the page after this one, if there is one. */
  void begin(Location location, Fetch<G> fetch, SentPage<CrmRecord<G>> sent) {
    PagePlace place = fetch.place();
    if (!sent.page().isLast()) {
      Ahead next = new Ahead(location, fetch, sent);
      ahead = Optional.of(next);
      threads.execute(next.task);
    } else if (!place.cursor().isEmpty()) {
      pages.remove(location.id(), step);
    }
  }

  /** The page that is being stored must be fetched again, and the next one with it. */
  void forgo(LocationId locationId) {
    if (ahead.isPresent()) {
      ahead.get().forgo();
      ahead = Optional.empty();
      pages.remove(locationId, step);
    }
  }

  /** Waits for nothing: what a thread still fetches, nobody will look at. */
  void leave() {
    ahead.ifPresent(next -> next.isWanted = false);
    ahead = Optional.empty();
  }

  // ---- where a page comes from

  private Optional<Fetch<G>> begun(PagePlace place) {
    Optional<Ahead> next = ahead.filter(each -> each.place.equals(place));
    if (next.isEmpty()) {
      leave();
    }
    ahead = Optional.empty();
    return next.flatMap(Ahead::outcome).filter(fetch -> isUsable(fetch.readAt()));
  }

  private Optional<Fetch<G>> kept(Location location, PagePlace place) {
    return pages
        .find(location.id(), step, place)
        .filter(page -> isUsable(page.readAt()))
        .flatMap(page -> read(location, page));
  }

  private Optional<Fetch<G>> read(Location location, FetchedPage page) {
    PageText text = page.text();
    Optional<CrmPage<CrmRecord<G>>> read =
        crm.read(location.id(), page.place().cursor(), pageSize, text);
    return read.map(
        it ->
            new Fetch<>(
                page.place(),
                page.readAt(),
                true,
                CrmResult.done(new SentPage<>(text, it)),
                intake.normalised(location, it.items())));
  }

  private Fetch<G> fetch(Location location, PagePlace place) {
    Instant readAt = instance.time().instant();
    CrmResult<SentPage<CrmRecord<G>>> answer =
        crm.fetch(location.id(), place.cursor(), pageSize, place.since(), CallPriority.BACKFILL);
    List<CrmRecord<G>> said =
        answer instanceof CrmResult.Done<SentPage<CrmRecord<G>>>(SentPage<CrmRecord<G>> sent)
            ? intake.normalised(location, sent.page().items())
            : List.of();
    return new Fetch<>(place, readAt, false, answer, said);
  }

  private boolean isUsable(Instant readAt) {
    return instance.time().instant().isBefore(readAt.plus(USABLE));
  }

  // ---- ahead

  /** A page that is fetched ahead, once the one before it is kept. */
  private final class Ahead {
    private final Location location;
    private final PagePlace place;
    private final FutureTask<Optional<Fetch<G>>> task;
    private volatile boolean isWanted = true;

    Ahead(Location location, Fetch<G> before, SentPage<CrmRecord<G>> sent) {
      this.location = location;
      place = before.place().at(sent.page().nextCursor());
      task = new FutureTask<>(() -> fetched(before, sent.text()));
    }

    private Optional<Fetch<G>> fetched(Fetch<G> before, PageText text) {
      return keeps(before, text) && isWanted
          ? Optional.of(fetch(location, place))
          : Optional.empty();
    }

    private synchronized boolean keeps(Fetch<G> before, PageText text) {
      return before.isKept()
          || (isWanted
              && pages.keep(
                  location.id(), step, new FetchedPage(before.place(), before.readAt(), text)));
    }

    /** When this returns, nothing is kept any more that was not kept before. */
    synchronized void forgo() {
      isWanted = false;
    }

    /** Empty when nothing was fetched; a fault of ours comes out here. */
    Optional<Fetch<G>> outcome() {
      // No thread may have come to it.
      task.run();
      try {
        return task.get();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return Optional.of(
            new Fetch<>(
                place,
                instance.time().instant(),
                false,
                CrmResult.failed(new CrmFailure.Unavailable("The server is stopping.")),
                List.of()));
      } catch (ExecutionException failed) {
        switch (failed.getCause()) {
          case RuntimeException fault -> throw fault;
          case Error error -> throw error;
          case null, default -> throw new IllegalStateException(failed);
        }
      }
    }
  }
}
