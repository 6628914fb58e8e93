package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/**
 * Where the page that a copy is about to store is kept while the next one is fetched: after a crash
 * only that next one is fetched again. One for each location and step, for an hour at most.
 */
public interface FetchedPages {
  /**
   * Keeps a page in the place of the one before.
   *
   * @return false when it was not kept: one that was read later is there, and this comes from a
   *     worker that was overtaken; or it is too large
   */
  boolean keep(LocationId locationId, SetupStep step, FetchedPage page);

  /** The page that is kept, if it is the one of this place. */
  Optional<FetchedPage> find(LocationId locationId, SetupStep step, PagePlace place);

  /** Removes what is kept, if anything is. */
  void remove(LocationId locationId, SetupStep step);
}
