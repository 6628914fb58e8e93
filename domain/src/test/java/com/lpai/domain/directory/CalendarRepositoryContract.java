package com.lpai.domain.directory;

import java.util.List;

/** Keeping calendars; see {@link DirectoryRepositoryContract}. */
public interface CalendarRepositoryContract extends DirectoryRepositoryContract<Calendar> {
  @Override
  default Calendar entry(String id, String name) {
    return new Calendar(
        new GhlCalendarId(id),
        name,
        "For new customers",
        "group",
        "round_robin",
        true,
        30,
        "mins",
        "#039be5",
        List.of("u1", "u2"));
  }

  @Override
  default Calendar bareEntry(String id, String name) {
    return new Calendar(new GhlCalendarId(id), name, "", "", "", false, 0, "", "", List.of());
  }
}
