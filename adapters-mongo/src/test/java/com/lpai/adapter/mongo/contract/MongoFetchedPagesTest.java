package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.setup.FetchedPages;
import com.lpai.domain.setup.FetchedPagesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoFetchedPagesTest implements FetchedPagesContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public FetchedPages pages() {
    return DATABASE.adapter().fetchedPages();
  }
}
