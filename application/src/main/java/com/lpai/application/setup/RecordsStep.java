package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Copies records that the CRM lists in pages: contacts, opportunities.
 *
 * <p>The CRM does not list what was deleted. When it counts fewer in the end than are here, all
 * pages are read once more, and what was on none of them is asked for one by one.
 *
 * @param <G> the CRM's id of such a record
 */
final class RecordsStep<G> extends PagedStep {
  /** Cursors of a search for what is gone: {@code all:SINCE:cursor}, then {@code gone:SINCE:id}. */
  private static final String ALL = "all:";

  private static final String GONE = "gone:";
  private static final int ASKED_AT_ONCE = 20;

  /** Where the CRM's searches end to list by page number, a count may end, too. */
  private static final long DOUBTFUL_TOTAL = 10_000;

  private final CrmRecords<G> crm;
  private final Intake<G> intake;
  private final SingleReads<G> single;
  private final FetchAhead<G> ahead;
  private final int pageSize;
  private final Instance instance;

  RecordsStep(
      SetupStep step,
      CrmRecords<G> crm,
      Intake<G> intake,
      Checkpoints checkpoints,
      SetupProgress progress,
      FetchAhead<G> ahead,
      SetupSettings settings,
      Instance instance) {
    super(step, checkpoints, progress, settings.overlap(), instance);
    this.ahead = ahead;
    this.crm = crm;
    this.intake = intake;
    single = new SingleReads<>(intake, instance);
    this.pageSize = settings.pageSize();
    this.instance = instance;
  }

  @Override
  PageRead read(Location location, PagePlace place, BooleanSupplier stillOurs) {
    LocationId id = location.id();
    if (place.cursor().startsWith(ALL)) {
      return readAgain(location, Search.of(place.cursor()), stillOurs);
    }
    if (place.cursor().startsWith(GONE)) {
      return askForThoseNotRead(id, Search.of(place.cursor()), stillOurs);
    }
    PageRead read = page(location, place, stillOurs);
    return read instanceof PageRead.Stored page
            && page.nextCursor().isEmpty()
            && place.isOfChanges()
        ? orSearch(id, page)
        : read;
  }

  @Override
  public void leave() {
    ahead.leave();
  }

  /** Takes a page in while the next one is fetched. */
  private PageRead page(Location location, PagePlace place, BooleanSupplier stillOurs) {
    LocationId id = location.id();
    FetchAhead.Fetch<G> fetch = ahead.page(location, place);
    return switch (fetch.answer()) {
      case CrmResult.Failed<SentPage<CrmRecord<G>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<SentPage<CrmRecord<G>>>(SentPage<CrmRecord<G>> sent) -> {
        if (stillOurs.getAsBoolean()) {
          ahead.begin(location, fetch, sent);
        }
        PageRead read =
            taken(location, sent.page(), fetch.said(), fetch.readAt(), false, stillOurs);
        if (read instanceof PageRead.Failed) {
          // It tells nothing new of what was read on its own since, and would never get through.
          ahead.forgo(id);
        }
        yield read;
      }
    };
  }

  /**
   * Takes a page in.
   *
   * @param said what is on it, in normal form
   * @param noting that each of its records was read
   */
  private PageRead taken(
      Location location,
      CrmPage<CrmRecord<G>> page,
      List<CrmRecord<G>> said,
      Instant readAt,
      boolean noting,
      BooleanSupplier stillOurs) {
    Intake.PageOutcome<G> outcome = intake.absorbPage(location, said, readAt, Origin.SETUP);
    if (noting) {
      intake.noteRead(location.id(), page.items().stream().map(CrmRecord::id).toList(), readAt);
    }
    // What was deleted meanwhile is no failure of the copy.
    return readOneByOne(location.id(), outcome.doubtful(), gone -> {}, stillOurs)
        .orElseGet(() -> new PageRead.Stored(page.items().size(), page.total(), page.nextCursor()));
  }

  private Optional<PageRead> readOneByOne(
      LocationId locationId, List<G> ids, Consumer<G> whenGone, BooleanSupplier stillOurs) {
    return single.read(
        locationId,
        ids,
        each -> crm.find(locationId, each, CallPriority.BACKFILL),
        whenGone,
        stillOurs);
  }

  // ---- what is gone

  /**
   * Where a search for what is gone is.
   *
   * @param since when it began
   * @param place the cursor of a page, or the id asked for last
   */
  private record Search(Instant since, String place) {
    static Search of(String cursor) {
      String[] parts = cursor.split(":", 3);
      return new Search(Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2]);
    }

    String at(String phase, String next) {
      return phase + since.toEpochMilli() + ":" + next;
    }
  }

  /** The last page, or the beginning of a search when the CRM has fewer records than are here. */
  private PageRead orSearch(LocationId id, PageRead.Stored last) {
    return switch (crm.page(id, "", 1, Instant.EPOCH, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<G>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<CrmRecord<G>>>(CrmPage<CrmRecord<G>> first) -> {
        boolean isTold = first.total() >= 0 && first.total() != DOUBTFUL_TOTAL;
        yield isTold && intake.countLinked(id) > first.total()
            ? new PageRead.Stored(
                last.records(), last.total(), new Search(instance.time().instant(), "").at(ALL, ""))
            : last;
      }
    };
  }

  private PageRead readAgain(Location location, Search search, BooleanSupplier stillOurs) {
    PageRead read = noted(location, search.place(), stillOurs);
    return read instanceof PageRead.Stored(long records, long total, String next)
        ? new PageRead.Stored(
            records, total, next.isEmpty() ? search.at(GONE, "") : search.at(ALL, next))
        : read;
  }

  /** Such a search is rare: nothing is fetched ahead. */
  private PageRead noted(Location location, String cursor, BooleanSupplier stillOurs) {
    Instant readAt = instance.time().instant();
    return switch (crm.page(
        location.id(), cursor, pageSize, Instant.EPOCH, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<G>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<CrmRecord<G>>>(CrmPage<CrmRecord<G>> page) ->
          taken(location, page, intake.normalised(location, page.items()), readAt, true, stillOurs);
    };
  }

  private PageRead askForThoseNotRead(LocationId id, Search search, BooleanSupplier stillOurs) {
    List<G> missing = intake.notReadSince(id, search.place(), search.since(), ASKED_AT_ONCE);
    Consumer<G> deleted = gone -> intake.deleted(id, gone, Instant.EPOCH);
    return readOneByOne(id, missing, deleted, stillOurs)
        .orElseGet(
            () ->
                new PageRead.Stored(
                    0,
                    -1,
                    missing.size() < ASKED_AT_ONCE
                        ? ""
                        : search.at(GONE, missing.getLast().toString())));
  }
}
