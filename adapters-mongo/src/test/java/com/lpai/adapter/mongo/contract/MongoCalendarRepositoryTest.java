package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CalendarRepositoryContract;
import com.lpai.domain.directory.DirectoryRepository;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoCalendarRepositoryTest implements CalendarRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public DirectoryRepository<Calendar> entries() {
    return DATABASE.adapter().calendars();
  }
}
