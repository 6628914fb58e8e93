package com.lpai.domain.setup;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.NextWrite;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Fetched pages in memory. */
public final class InMemoryFetchedPages implements FetchedPages {
  private record Key(LocationId locationId, SetupStep step) {}

  private final Map<Key, FetchedPage> pages = new ConcurrentHashMap<>();

  public final NextWrite beforeNextKeep = new NextWrite();
  public final NextWrite afterNextKeep = new NextWrite();

  @Override
  public boolean keep(LocationId locationId, SetupStep step, FetchedPage page) {
    beforeNextKeep.happens();
    FetchedPage kept =
        pages.merge(
            new Key(locationId, step),
            page,
            (there, added) -> there.readAt().isAfter(added.readAt()) ? there : added);
    afterNextKeep.happens();
    return kept.equals(page);
  }

  @Override
  public Optional<FetchedPage> find(LocationId locationId, SetupStep step, PagePlace place) {
    return Optional.ofNullable(pages.get(new Key(locationId, step)))
        .filter(page -> page.place().equals(place));
  }

  @Override
  public void remove(LocationId locationId, SetupStep step) {
    pages.remove(new Key(locationId, step));
  }

  /** How many are kept, of all locations and steps. */
  public int size() {
    return pages.size();
  }
}
