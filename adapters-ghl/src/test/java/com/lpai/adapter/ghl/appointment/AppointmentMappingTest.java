package com.lpai.adapter.ghl.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.FieldWrites;
import com.lpai.adapter.ghl.record.RandomValues;
import com.lpai.dev.sandbox.openapi.Complaint;
import com.lpai.dev.sandbox.openapi.RecordedRequest;
import com.lpai.dev.sandbox.openapi.Requests;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentNormalizer;
import com.lpai.domain.appointment.AppointmentStatus;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldNormalizer;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppointmentMappingTest {
  private static final LocationId LOCATION = new LocationId("here");
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  /** Without daylight saving: each local time there is one point in time. */
  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

  private static final FieldName STATUS = AppointmentField.STATUS.fieldName();
  private static final FieldName START = AppointmentField.START.fieldName();

  /** Trap 44: what is sent and read back is the same, field by field, in 2,000 random ones. */
  @Test
  void whatIsSentIsWhatIsReadBack() {
    long seed = 20_261_127;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      FieldChanges values = someValues(random);

      JsonObject sent = AppointmentPayload.create(LOCATION, values);
      CrmRecord<GhlAppointmentId> read =
          AppointmentReader.read(asRead(sent, random), KOLKATA).orElseThrow();

      assertThat(new AppointmentNormalizer().normalise(read).fields().only(values::mentions))
          .as("seed %d, appointment %d", seed, i)
          .isEqualTo(values);
      assertThat(read.fields().only(name -> !values.mentions(name)).values().values())
          .containsOnly(FieldValue.cleared());
    }
  }

  private static FieldChanges someValues(SplittableRandom random) {
    List<AppointmentStatus> statuses =
        Arrays.stream(AppointmentStatus.values()).filter(AppointmentStatus::isWritable).toList();
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (AppointmentField field : AppointmentField.values()) {
      if (field.access() != FieldAccess.READ_ONLY && random.nextBoolean()) {
        values.put(field.fieldName(), RandomValues.value(field.type(), random));
      }
    }
    values.computeIfPresent(
        STATUS,
        (name, any) -> FieldValue.text(statuses.get(random.nextInt(statuses.size())).word()));
    return FieldWrites.given(
        new FieldNormalizer(AppointmentField.TABLE).normalise(FieldChanges.of(values), ""));
  }

  /** As GoHighLevel answers it: with an id, and times in any of their forms. */
  private static JsonObject asRead(JsonObject sent, SplittableRandom random) {
    JsonObjectBuilder read = Json.createObjectBuilder(sent).add("id", "eventOne");
    for (String time : List.of("startTime", "endTime")) {
      if (sent.containsKey(time)) {
        read.add(time, time(Instant.parse(sent.getString(time)), random));
      }
    }
    return json(read.build().toString());
  }

  private static String time(Instant at, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> at.toString();
      case 1 -> at.atOffset(ZoneOffset.ofHours(-5)).toString();
      case 2 -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(at.atZone(KOLKATA));
      default -> DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(at.atZone(KOLKATA));
    };
  }

  @Test
  void aReadSaysOfEveryFieldWhetherItHasAValue() {
    CrmRecord<GhlAppointmentId> read =
        AppointmentReader.read(
                json(
                    """
                    {"id":"master_1695657600000_3600","title":"Visit","appointmentStatus":"new",
                     "startTime":"2023-09-25T16:00:00+05:30","groupId":null,"contactId":null,
                     "dateUpdated":"2023-09-25 16:00:00"}
                    """),
                CHICAGO)
            .orElseThrow();

    assertThat(read.id()).isEqualTo(new GhlAppointmentId("master_1695657600000_3600"));
    for (AppointmentField field : AppointmentField.values()) {
      assertThat(read.fields().mentions(field.fieldName())).as(field.key()).isTrue();
    }
    assertThat(read.fields().only(name -> !read.fields().get(name).orElseThrow().isCleared()))
        .isEqualTo(
            FieldChanges.of(
                Map.of(
                    AppointmentField.TITLE.fieldName(),
                    FieldValue.text("Visit"),
                    STATUS,
                    FieldValue.text("new"),
                    START,
                    new FieldValue.Moment(Instant.parse("2023-09-25T10:30:00Z")))));
    assertThat(read.changedAt()).isEqualTo(Instant.parse("2023-09-25T21:00:00Z"));
  }

  /** An answer that leaves it out does not say that the appointment is with nobody. */
  @Test
  void aContactThatAReadLeavesOutIsNotMentioned() {
    CrmRecord<GhlAppointmentId> read =
        AppointmentReader.read(json("{\"id\":\"e\",\"title\":\"Visit\"}"), CHICAGO).orElseThrow();

    assertThat(read.fields().mentions(AppointmentField.GHL_CONTACT_ID.fieldName())).isFalse();
  }

  /** Trap 60: a time without an offset is the location's, summer and winter. */
  @ParameterizedTest
  @CsvSource({
    "2021-07-16 11:00:00, 2021-07-16T16:00:00Z",
    "2021-01-16 11:00:00, 2021-01-16T17:00:00Z",
    "2021-07-16T11:00:00, 2021-07-16T16:00:00Z",
    "2021-07-16T11:00, 2021-07-16T16:00:00Z",
    "2021-07-16T11:00:00.250Z, 2021-07-16T11:00:00.250Z",
    "2021-07-16T11:00:00+05:30, 2021-07-16T05:30:00Z",
    "2021-07-16T11:00:00+0530, 2021-07-16T05:30:00Z",
    "2021-11-07 01:30:00, 2021-11-07T06:30:00Z",
    "2021-03-14 02:30:00, 2021-03-14T08:30:00Z",
    "2021-07-16, ''",
    "11:00, ''",
    "1821-07-16T11:00:00Z, ''",
  })
  void timesAreReadInEveryFormThatIsOne(String given, String time) {
    CrmRecord<GhlAppointmentId> read =
        AppointmentReader.read(
                Json.createObjectBuilder().add("id", "e").add("startTime", given).build(), CHICAGO)
            .orElseThrow();

    assertThat(read.fields().get(START).map(FieldValue.Moment.class::cast))
        .isEqualTo(
            time.isEmpty()
                ? Optional.empty()
                : Optional.of(new FieldValue.Moment(Instant.parse(time))));
  }

  @Test
  void aTimeInMillisecondsIsOneToo() {
    CrmRecord<GhlAppointmentId> read =
        AppointmentReader.read(json("{\"id\":\"e\",\"startTime\":1680373800000}"), CHICAGO)
            .orElseThrow();

    assertThat(read.fields().get(START))
        .contains(new FieldValue.Moment(Instant.ofEpochMilli(1_680_373_800_000L)));
  }

  /** Trap 70. */
  @ParameterizedTest
  @EnumSource(AppointmentStatus.class)
  void aStatusIsSentInTheCrmsWord(AppointmentStatus status) {
    JsonObject body =
        AppointmentPayload.update(FieldChanges.of(STATUS, FieldValue.text(status.word())));

    assertThat(body).hasToString("{\"appointmentStatus\":\"" + status.crmWord() + "\"}");
  }

  @Test
  void aStatusThatNobodyKnowsStaysAsItIs() {
    CrmRecord<GhlAppointmentId> read =
        AppointmentReader.read(json("{\"id\":\"e\",\"appointmentStatus\":\"booked\"}"), CHICAGO)
            .orElseThrow();

    assertThat(read.fields().get(STATUS)).contains(FieldValue.text("booked"));
  }

  /** Trap 61: one field changed, exactly that field sent. */
  @ParameterizedTest
  @EnumSource(AppointmentField.class)
  void anUpdateOfOneFieldSendsThatField(AppointmentField field) {
    FieldValue value = RandomValues.value(field.type(), new SplittableRandom(7));

    JsonObject body = AppointmentPayload.update(FieldChanges.of(field.fieldName(), value));

    Set<String> isTaken =
        field.access() == FieldAccess.WRITABLE ? Set.of(field.crmKey()) : Set.of();
    assertThat(body.keySet().stream().filter(key -> !key.equals("ignoreFreeSlotValidation")))
        .containsExactlyInAnyOrderElementsOf(isTaken);
    assertThat(body.containsKey("ignoreFreeSlotValidation"))
        .isEqualTo(
            Set.of(AppointmentField.START, AppointmentField.END, AppointmentField.CALENDAR_ID)
                .contains(field));
  }

  /** Trap 74: every body as its operation's schema has it. */
  @Test
  void everyBodyIsAsDocumented() {
    Requests documented = Requests.documented(SharedFolder.required(), "calendars");
    SplittableRandom random = new SplittableRandom(3);
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (AppointmentField field : AppointmentField.values()) {
      values.put(field.fieldName(), RandomValues.value(field.type(), random));
    }
    values.put(STATUS, FieldValue.text(AppointmentStatus.SCHEDULED.word()));
    FieldChanges all = FieldChanges.of(values);
    FieldChanges cleared =
        FieldChanges.of(
            Map.of(
                AppointmentField.ADDRESS.fieldName(),
                FieldValue.cleared(),
                AppointmentField.DESCRIPTION.fieldName(),
                FieldValue.cleared()));

    assertThat(
            List.of(
                documented.complaints(
                    request(
                        "POST",
                        "/calendars/events/appointments",
                        AppointmentPayload.create(LOCATION, all))),
                documented.complaints(
                    request(
                        "PUT", "/calendars/events/appointments/e", AppointmentPayload.update(all))),
                documented.complaints(
                    request(
                        "PUT",
                        "/calendars/events/appointments/e",
                        AppointmentPayload.update(cleared)))))
        .allSatisfy(complaints -> assertThat(complaints).extracting(Complaint::toString).isEmpty());
  }

  private static RecordedRequest request(String method, String path, JsonObject body) {
    return new RecordedRequest(
        method,
        path,
        Map.of(
            "Content-Type",
            "application/json",
            "Version",
            "2021-04-15",
            "Authorization",
            "Bearer token"),
        body.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":7}", "{\"id\":\"has blank\"}"})
  void anAppointmentWithoutAnIdIsNone(String text) {
    assertThat(AppointmentReader.read(json(text), CHICAGO)).isEmpty();
  }

  private static JsonObject json(String text) {
    return JsonReads.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
