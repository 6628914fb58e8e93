package com.lpai.application.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.InMemoryDirectory;
import com.lpai.domain.location.Location;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarsReadingTest {
  private static final Location LOCATION =
      Location.installed(new LocationId("here"), new CompanyId("company"), Instant.EPOCH);

  private final List<Calendar> crm = new ArrayList<>();
  private final InMemoryDirectory<Calendar> store = new InMemoryDirectory<>();
  private final List<Integer> storedWhenTold = new ArrayList<>();
  private final CalendarsReading reading =
      new CalendarsReading(
          (location, priority) -> CrmResult.done(List.copyOf(crm)),
          store,
          location -> storedWhenTold.add(store.list(location).size()));

  /** A process that dies between the two finds the calendar new once more. */
  @Test
  void aNewCalendarIsToldBeforeItIsStored() {
    crm.add(calendar("cal1"));
    read();
    crm.add(calendar("cal2"));
    read();

    assertThat(storedWhenTold).containsExactly(0, 1);
    assertThat(store.list(LOCATION.id())).hasSize(2);
  }

  @Test
  void oneThatIsKnownOrGoneIsNotToldAgain() {
    crm.add(calendar("cal1"));
    crm.add(calendar("cal2"));
    read();
    crm.removeLast();
    read();

    assertThat(storedWhenTold).hasSize(1);
    assertThat(store.list(LOCATION.id())).hasSize(1);
  }

  private void read() {
    assertThat(reading.read(LOCATION, () -> true))
        .isInstanceOf(DirectoryReading.Outcome.Complete.class);
  }

  private static Calendar calendar(String id) {
    return new Calendar(new GhlCalendarId(id), id, "", "", "", true, 30, "mins", "", List.of());
  }
}
