package com.lpai.adapter.mongo.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.GhlCalendarId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarFormTest {
  /** Who queries the collection by it must find both kinds. */
  @Test
  void aCalendarThatIsNotActiveSaysSo() {
    Calendar resting =
        new Calendar(new GhlCalendarId("c1"), "Resting", "", "", "", false, 0, "", "", List.of());

    assertThat(new CalendarForm().toDocument(resting)).containsEntry("isActive", false);
  }
}
