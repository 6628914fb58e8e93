package com.lpai.adapter.ghl.appointment;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every appointment of a location, calendar by calendar and window by window, in the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryAppointmentTest {
  private static final int COUNT = 10_100;
  private static final ZoneId ZONE = ZoneId.of("America/Chicago");
  private static final Instant FIRST = Instant.parse("2025-11-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2028-01-01T00:00:00Z");

  private SandboxFixture fixture;
  private CrmAppointments appointments;

  @BeforeAll
  void start() {
    fixture =
        SandboxFixture.startLarge(
            it -> it.withContacts(50, 7).with(Kind.CALENDARS, 3).with(Kind.APPOINTMENTS, COUNT));
    appointments = fixture.adapter.appointments();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  /**
   * Traps 47 and 60: whether times have an offset, and whether windows list what only reaches into
   * them, each appointment is read once and at its time.
   */
  @ParameterizedTest
  @CsvSource({"offset, false", "none, true"})
  void windowsReachEveryAppointmentOnceAsItIs(String times, boolean overlapping) {
    fixture.behave("{\"eventTimes\":\"offset\"}");
    Map<String, FieldChanges> expected = new TreeMap<>();
    fixture
        .records(Kind.APPOINTMENTS)
        .forEach(it -> expected.put(it.getString("id"), expected(it)));
    fixture.behave(
        "{\"eventTimes\":\"%s\",\"eventsOverlapWindow\":%s}".formatted(times, overlapping));

    List<CrmRecord<GhlAppointmentId>> read = everything();

    Map<String, FieldChanges> actual = new TreeMap<>();
    read.forEach(it -> actual.put(it.id().value(), it.fields()));
    assertThat(read).hasSize(COUNT);
    assertThat(actual).isEqualTo(expected);
    assertThat(read).allSatisfy(it -> assertThat(it.changedAt()).isAfter(Instant.EPOCH));
  }

  private List<CrmRecord<GhlAppointmentId>> everything() {
    List<CrmRecord<GhlAppointmentId>> read = new ArrayList<>();
    for (Calendar calendar :
        done(fixture.adapter.calendars().list(LOCATION, CallPriority.BACKFILL))) {
      for (Instant from = FIRST; from.isBefore(LAST); from = from.plus(Duration.ofDays(61))) {
        read.addAll(
            done(
                appointments.inWindow(
                    LOCATION,
                    calendar.id(),
                    from,
                    from.plus(Duration.ofDays(61)),
                    ZONE,
                    CallPriority.BACKFILL)));
      }
    }
    return read;
  }

  private static FieldChanges expected(JsonObject there) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (AppointmentField field : AppointmentField.values()) {
      if (field == AppointmentField.GHL_CONTACT_ID && !there.containsKey(field.crmKey())) {
        continue; // An absent contact is not mentioned.
      }
      String text = there.getString(field.crmKey(), "");
      values.put(
          field.fieldName(),
          field.type() == FieldType.MOMENT
              ? new FieldValue.Moment(OffsetDateTime.parse(text).toInstant())
              : FieldValue.text(text));
    }
    return FieldChanges.of(values);
  }

  @Test
  void oneAppointmentSaysTheSameAsTheList() {
    CrmRecord<GhlAppointmentId> listed = everything().getLast();

    assertThat(done(appointments.find(LOCATION, listed.id(), ZONE, CallPriority.FOLLOW_UP)))
        .isEqualTo(listed);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 400})
  void aMissingAppointmentIsNotFound(int status) {
    fixture.behave("{\"notFoundStatus\":" + status + "}");

    assertThat(
            failure(
                appointments.find(
                    LOCATION, new GhlAppointmentId("nowhere"), ZONE, CallPriority.FOLLOW_UP)))
        .isInstanceOf(CrmFailure.NotFound.class);
  }
}
