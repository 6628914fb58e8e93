package com.lpai.adapter.ghl.appointment;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.sync.CrmRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GhlAppointmentsTest {
  private static final GhlCalendarId CALENDAR = new GhlCalendarId("calendar1");
  private static final GhlAppointmentId ID = new GhlAppointmentId("e1");
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final Instant FROM = Instant.parse("2026-07-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-08-01T00:00:00Z");

  /**
   * Trap 47: milliseconds, and exactly one of calendar, user and group. What begins in the window
   * and ends within a day after it is listed, too, should GoHighLevel list only what is inside.
   */
  @Test
  void aWindowOfOneCalendarIsAskedForInMillisecondsAndADayLonger() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"events\":[]}");
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      assertThat(done(inWindow(adapter))).isEmpty();

      assertThat(ghl.lastRequest().target())
          .isEqualTo(
              "/calendars/events?locationId=locationOfTests&calendarId=calendar1"
                  + "&startTime=1782864000000&endTime=1785628799999");
      assertThat(ghl.lastRequest().header("Version")).isEqualTo("2021-04-15");
    }
  }

  @Test
  void onlyWhatBeginsInTheWindowIsOfIt() {
    String body =
        """
        {"events":[
          {"id":"first","startTime":"2026-07-01T00:00:00Z"},
          {"id":"local","startTime":"2026-06-30 19:00:00"},
          {"id":"last","startTime":"2026-07-31T23:59:59.999Z","locationId":"locationOfTests"},
          {"id":"reaching","startTime":"2026-06-30T23:59:59Z"},
          {"id":"before","startTime":"2026-06-30 18:59:59"},
          {"id":"after","startTime":"2026-08-01T00:00:00Z"},
          {"id":"untold"}, {"id":"unread","startTime":"soon"},
          {"id":"of another","startTime":"2026-07-02T00:00:00Z","locationId":"elsewhere"},
          {"id":"other","startTime":"2026-07-02T00:00:00Z","locationId":"elsewhere"}, null]}
        """;
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      List<CrmRecord<GhlAppointmentId>> events = done(inWindow(adapter));

      assertThat(events)
          .extracting(event -> event.id().value())
          .containsExactly("first", "local", "last", "untold", "unread");
    }
  }

  /** A read is wrapped, a write is answered flat (ghl-facts.md 3.3). */
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"event\":{\"id\":\"e1\",\"title\":\"x\"}}", "{\"id\":\"e1\",\"title\":\"x\"}"})
  void oneAppointmentIsReadWrappedAndFlat(String body) {
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CrmRecord<GhlAppointmentId> read =
          done(adapter.appointments().find(LOCATION, ID, CHICAGO, CallPriority.FOLLOW_UP));

      assertThat(read.id()).isEqualTo(ID);
      assertThat(ghl.lastRequest().target()).isEqualTo("/calendars/events/appointments/e1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"event":{"id":"e1","locationId":"elsewhere"}} | Unavailable
          200 | {"id":"e1","locationId":"elsewhere"}           | Unavailable
          200 | {"events":{}}                                  | Unavailable
          404 | {"message":"Not Found"}                        | NotFound
          401 | {"message":"The token is not authorized for this scope."} | Unauthorized
          """)
  void aReadThatDidNotSucceedSaysWhy(int status, String body, String meaning) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      assertThat(
              failure(adapter.appointments().find(LOCATION, ID, CHICAGO, CallPriority.FOLLOW_UP))
                  .getClass()
                  .getSimpleName())
          .isEqualTo(meaning);
      if (status == 200) {
        assertThat(failure(inWindow(adapter))).isInstanceOf(CrmFailure.Unavailable.class);
      }
    }
  }

  private static CrmResult<List<CrmRecord<GhlAppointmentId>>> inWindow(GhlAdapter adapter) {
    return adapter
        .appointments()
        .inWindow(LOCATION, CALENDAR, FROM, TO, CHICAGO, CallPriority.BACKFILL);
  }
}
