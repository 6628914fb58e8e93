package com.lpai.domain.reconcile;

import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where it is kept what proofs saw and what differs. */
public interface Differences {

  /**
   * Keeps which records a page of the CRM showed; the same page again takes its place.
   *
   * @param page the number of the page within the run and kind
   */
  void keepSeen(LocationId locationId, long run, MirrorKind kind, long page, SeenIds ids);

  /** All records that the pages of a run showed. */
  SeenIds seen(LocationId locationId, long run, MirrorKind kind);

  /** Keeps these, each in the place of the one of its id in the run. */
  void put(LocationId locationId, long run, List<Difference> differences);

  void remove(LocationId locationId, long run, Collection<String> ids);

  Optional<Difference> find(LocationId locationId, long run, String id);

  /**
   * Those of these stages, by their ids.
   *
   * @param kinds of which; empty for all
   * @param cursor {@code nextCursor} of the page before; empty for the first
   */
  Page<Difference> list(
      LocationId locationId,
      long run,
      Set<MirrorKind> kinds,
      Set<Difference.Stage> stages,
      String cursor,
      int limit);

  long count(LocationId locationId, long run, MirrorKind kind, Set<Difference.Stage> stages);

  /** Forgets what pages of a run showed, and everything of the runs before it. */
  void tidy(LocationId locationId, long run);
}
