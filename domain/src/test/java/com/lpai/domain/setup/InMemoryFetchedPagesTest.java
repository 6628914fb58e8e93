package com.lpai.domain.setup;

class InMemoryFetchedPagesTest implements FetchedPagesContract {
  private final InMemoryFetchedPages pages = new InMemoryFetchedPages();

  @Override
  public FetchedPages pages() {
    return pages;
  }
}
