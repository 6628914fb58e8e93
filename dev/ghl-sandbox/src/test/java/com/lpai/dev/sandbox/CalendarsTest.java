package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.AppReceiver.Webhook;
import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarsTest extends Sandboxed {
  /** A Monday, nine o'clock in Chicago. */
  private static final String MONDAY = "2026-11-23T09:00:00-06:00";

  private String contactId = "";
  private JsonObject calendar = JsonValue.EMPTY_JSON_OBJECT;

  @BeforeEach
  void makeContact() {
    contactId = aContact("{\"locationId\":\"location1\",\"firstName\":\"Ann\"}");
    calendar = calendars("").getFirst();
  }

  private Client person() {
    return user().withVersion("2021-04-15");
  }

  private List<JsonObject> calendars(String more) {
    return person()
        .get("/calendars/?locationId=location1" + more)
        .json()
        .getJsonArray("calendars")
        .getValuesAs(JsonObject.class);
  }

  private String calendarId() {
    return calendar.getString("id");
  }

  private Reply book(String start, String more) {
    return person()
        .post(
            "/calendars/events/appointments",
            """
            {"locationId":"location1","calendarId":"%s","contactId":"%s","startTime":"%s"%s}"""
                .formatted(calendarId(), contactId, start, more));
  }

  private String anAppointment(String more) {
    return book(MONDAY, more).json().getString("id");
  }

  private JsonObject read(String id) {
    return person().get("/calendars/events/appointments/" + id).json().getJsonObject("event");
  }

  private Reply events(String location, String from, String to, String more) {
    return anonymous
        .withToken(sandbox.userToken(location))
        .withVersion("2021-04-15")
        .get(
            "/calendars/events?locationId=%s&startTime=%d&endTime=%d%s"
                .formatted(
                    location,
                    Instant.parse(from).toEpochMilli(),
                    Instant.parse(to).toEpochMilli(),
                    more));
  }

  private List<String> eventIds(String more) {
    return ids(events(LOCATION, "2026-11-01T00:00:00Z", "2027-03-01T00:00:00Z", more));
  }

  private static List<String> ids(Reply reply) {
    return reply.json().getJsonArray("events").getValuesAs(JsonObject.class).stream()
        .map(it -> it.getString("id"))
        .toList();
  }

  @Nested
  class Writes {
    @Test
    void theAnswerIsFlatWithoutTheTimesOfTheRecord() {
      Reply made = book(MONDAY, "");

      assertThat(made.status()).isEqualTo(200);
      assertThat(made.json().getString("startTime")).isEqualTo(MONDAY);
      assertThat(made.json().getString("endTime")).isEqualTo("2026-11-23T10:00:00-06:00");
      assertThat(made.json().getString("appointmentStatus")).isEqualTo("confirmed");
      assertThat(made.json()).doesNotContainKeys("dateAdded", "dateUpdated", "event");
    }

    @Test
    void theAnswerOfAReadIsWrapped() {
      JsonObject event = read(anAppointment(",\"title\":\"Roof\",\"description\":\"d\""));

      assertThat(event.getString("title")).isEqualTo("Roof");
      assertThat(event.getString("dateAdded")).isEqualTo("2026-11-22T12:00:03.000Z");
      assertThat(event.getString("assignedUserId"))
          .isEqualTo(calendar.getJsonArray("teamMembers").getJsonObject(0).getString("userId"));
    }

    @Test
    void onlyWhatIsSentChangesAndAMovedOneIsAsLongAsBefore() {
      String id = anAppointment(",\"title\":\"Roof\",\"address\":\"1 Main St\"");
      String path = "/calendars/events/appointments/" + id;

      Reply moved =
          person().put(path, "{\"startTime\":\"2026-11-24T15:30:00-06:00\",\"address\":\"\"}");
      Reply named = person().put(path, "{\"appointmentStatus\":\"showed\"}");

      assertThat(moved.status()).isEqualTo(200);
      assertThat(moved.json()).doesNotContainKeys("dateUpdated", "address");
      assertThat(named.json().getString("endTime")).isEqualTo("2026-11-24T16:30:00-06:00");
      assertThat(read(id).getString("title")).isEqualTo("Roof");
      assertThat(read(id).getString("appointmentStatus")).isEqualTo("showed");
    }

    @Test
    void aTimeThatIsNotFreeIsRefusedUnlessThatIsIgnored() {
      anAppointment("");

      Reply taken = book("2026-11-23T09:30:00-06:00", "");
      Reply night = book("2026-11-23T22:00:00-06:00", "");
      Reply past = book("2026-11-16T09:00:00-06:00", "");
      Reply forced = book(MONDAY, ",\"ignoreFreeSlotValidation\":true");

      assertThat(List.of(taken.status(), night.status(), past.status())).containsOnly(400);
      assertThat(taken.messages()).first().asString().contains("no longer available");
      assertThat(forced.status()).isEqualTo(200);
    }

    @Test
    void deletingTakesABodyAndAnswers201() {
      String id = anAppointment("");
      String path = "/calendars/events/" + id;

      assertThat(person().delete(path).status()).isEqualTo(400);
      assertThat(person().json("DELETE", path, "{\"x\":1}").status()).isEqualTo(422);
      Reply gone = person().json("DELETE", path, "{}");

      assertThat(gone.status()).isEqualTo(201);
      assertThat(gone.json().getBoolean("succeeded")).isTrue();
      assertThat(person().get("/calendars/events/appointments/" + id).status()).isEqualTo(404);
      assertThat(person().json("DELETE", "/calendars/events/appointments/" + id, "{}").status())
          .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"appointmentStatus\":\"scheduled\" | 422 | appointmentStatus must be one of",
          "\"dateAdded\":\"x\" | 422 | property dateAdded should not exist",
          "\"endTime\":\"2026-11-23 10:00\" | 422 | endTime must be a valid ISO 8601 date",
          "\"endTime\":\"2026-11-23T08:00:00-06:00\" | 400 | endTime must be after",
          "\"assignedUserId\":\"stranger\" | 400 | not part of the calendar team",
          "\"rrule\":\"often\" | 400 | rrule is invalid"
        })
    void aWrongBookingIsRefused(String more, int status, String message) {
      Reply reply = book(MONDAY, "," + more);

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.messages()).first().asString().contains(message);
    }

    @Test
    void contactAndLocationCannotBeChanged() {
      Reply reply =
          person()
              .put(
                  "/calendars/events/appointments/" + anAppointment(""),
                  "{\"contactId\":\"x\",\"locationId\":\"y\"}");

      assertThat(reply.messages())
          .contains("property contactId should not exist", "property locationId should not exist");
    }
  }

  @Nested
  class Series {
    private String aSeries() {
      return anAppointment(",\"rrule\":\"RRULE:FREQ=WEEKLY;COUNT=4\"");
    }

    @Test
    void eachEventHasAnIdOfItsOwn() {
      String id = aSeries();

      List<String> ids = eventIds("&calendarId=" + calendarId());

      assertThat(ids).hasSize(4).startsWith(id).doesNotHaveDuplicates();
      assertThat(ids).allSatisfy(it -> assertThat(it).doesNotContain("_"));
      assertThat(read(ids.getLast()).getString("masterEventId")).isEqualTo(id);
      assertThat(read(ids.getLast()).getString("startTime")).isEqualTo("2026-12-14T09:00:00-06:00");
    }

    @Test
    void theIdsMayBeComposite() {
      sandbox.control("PUT", "/sandbox/settings", "{\"recurringIdsAreComposite\":true}");
      String id = aSeries();

      assertThat(eventIds("&calendarId=" + calendarId()).get(1))
          .isEqualTo(id + "_1796050800000_3600");
    }

    @Test
    void theFirstStandsForAllAndAnotherForItself() {
      String id = aSeries();
      List<String> ids = eventIds("&calendarId=" + calendarId());

      person().put("/calendars/events/appointments/" + id, "{\"title\":\"All\"}");
      person().put("/calendars/events/appointments/" + ids.get(2), "{\"title\":\"One\"}");

      assertThat(ids.stream().map(it -> read(it).getString("title")))
          .containsExactly("All", "All", "One", "All");
      person().json("DELETE", "/calendars/events/" + ids.get(3), "{}");
      assertThat(eventIds("&calendarId=" + calendarId())).hasSize(3);
      person().json("DELETE", "/calendars/events/" + id, "{}");
      assertThat(eventIds("&calendarId=" + calendarId())).isEmpty();
    }
  }

  @Nested
  class Windows {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "&calendarId=a&userId=b",
          "&calendarId=a&groupId=b",
          "&calendarId=a&userId=b&groupId=c"
        })
    void exactlyOneOwnerIsNamed(String more) {
      Reply reply = events(LOCATION, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", more);

      assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"startTime=1", "endTime=1", "startTime=1&endTime=x", ""})
    void timesAreMilliseconds(String times) {
      assertThat(
              person().get("/calendars/events?locationId=location1&calendarId=a&" + times).status())
          .isEqualTo(422);
    }

    @Test
    void calendarByCalendarAndWindowByWindowEachEventIsThereOnce() {
      sandbox.createLocation(
          Seeding.of("busy")
              .withContacts(30, 3)
              .with(Kind.CALENDARS, 6)
              .with(Kind.APPOINTMENTS, 500));
      List<String> calendars = exported("calendars");
      List<String> seen = new ArrayList<>();
      for (String id : calendars) {
        for (String[] window :
            new String[][] {
              {"2025-11-01T00:00:00Z", "2026-10-31T23:59:59.999Z"},
              {"2026-11-01T00:00:00Z", "2028-01-31T23:59:59.999Z"}
            }) {
          seen.addAll(ids(events("busy", window[0], window[1], "&calendarId=" + id)));
        }
      }

      assertThat(seen).hasSize(500).containsExactlyInAnyOrderElementsOf(exported("appointments"));
    }

    private List<String> exported(String kind) {
      return sandbox
          .control("GET", "/sandbox/locations/busy/records/" + kind, "")
          .getJsonArray("items")
          .getValuesAs(JsonObject.class)
          .stream()
          .map(it -> it.getString("id"))
          .toList();
    }

    @Test
    void usersAndGroupsHaveEventsToo() {
      String id = anAppointment("");
      String userId = read(id).getString("assignedUserId");

      assertThat(eventIds("&userId=" + userId)).containsExactly(id);
      assertThat(eventIds("&groupId=" + calendar.getString("groupId"))).containsExactly(id);
      assertThat(eventIds("&groupId=other")).isEmpty();
    }

    @Test
    void anEventThatReachesIntoAWindowMayBelongToIt() {
      String id = anAppointment("");
      String more = "&calendarId=" + calendarId();
      String from = "2026-11-23T15:30:00Z";
      String to = "2026-11-24T00:00:00Z";

      assertThat(ids(events(LOCATION, from, to, more))).isEmpty();
      sandbox.control("PUT", "/sandbox/settings", "{\"eventsOverlapWindow\":true}");
      assertThat(ids(events(LOCATION, from, to, more))).containsExactly(id);
    }

    @Test
    void timesMayLackTheirOffset() {
      sandbox.control("PUT", "/sandbox/settings", "{\"eventTimes\":\"none\"}");

      assertThat(read(anAppointment("")).getString("startTime")).isEqualTo("2026-11-23 09:00:00");
    }

    @Test
    void aContactsAppointmentsNeverHaveOne() {
      anAppointment("");

      JsonObject event =
          user()
              .get("/contacts/" + contactId + "/appointments")
              .json()
              .getJsonArray("events")
              .getJsonObject(0);

      assertThat(event.getString("startTime")).isEqualTo("2026-11-23 09:00:00");
      assertThat(event.getString("dateAdded")).isEqualTo("2026-11-22 06:00:03");
    }
  }

  @Nested
  class Slots {
    private Reply free(String calendarOfSlots, String from, String to, String more) {
      return person()
          .get(
              "/calendars/%s/free-slots?startDate=%d&endDate=%d%s"
                  .formatted(
                      calendarOfSlots,
                      Instant.parse(from).toEpochMilli(),
                      Instant.parse(to).toEpochMilli(),
                      more));
    }

    @Test
    void areInTheOpenHoursWhereNothingElseIs() {
      anAppointment("");

      JsonObject days =
          free(calendarId(), "2026-11-22T00:00:00Z", "2026-11-24T06:00:00Z", "").json();

      assertThat(days.keySet()).isEqualTo(Set.of("2026-11-23", "traceId"));
      assertThat(days.getJsonObject("2026-11-23").getJsonArray("slots").toString())
          .startsWith("[\"2026-11-23T08:00:00-06:00\",\"2026-11-23T10:00:00-06:00\"")
          .endsWith("\"2026-11-23T16:00:00-06:00\"]");
    }

    @Test
    void areWrittenInTheTimeZoneAskedFor() {
      JsonObject days =
          free(
                  calendarId(),
                  "2026-11-23T00:00:00Z",
                  "2026-11-24T00:00:00Z",
                  "&timezone=Asia%2FTokyo")
              .json();

      assertThat(days.getJsonObject("2026-11-23").getJsonArray("slots").getString(0))
          .isEqualTo("2026-11-23T23:00:00+09:00");
    }

    @Test
    void areToldForAMonthAtMost() {
      assertThat(free(calendarId(), "2026-11-01T00:00:00Z", "2026-12-03T00:00:00Z", "").status())
          .isEqualTo(400);
      assertThat(free("none", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "").status())
          .isEqualTo(404);
      assertThat(
              free(calendarId(), "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "&timezone=Mars")
                  .status())
          .isEqualTo(422);
      assertThat(person().get("/calendars/" + calendarId() + "/free-slots").status())
          .isEqualTo(422);
    }

    @Test
    void canBeBlockedForACalendarOrAUser() {
      String path = "/calendars/events/block-slots";
      String times =
          "\"locationId\":\"location1\",\"startTime\":\""
              + MONDAY
              + "\",\"endTime\":\"2026-11-23T12:00:00-06:00\"";

      Reply made = person().post(path, "{\"calendarId\":\"" + calendarId() + "\"," + times + "}");
      Reply both =
          person()
              .post(
                  path,
                  "{\"calendarId\":\"%s\",\"assignedUserId\":\"u\",%s}"
                      .formatted(calendarId(), times));

      assertThat(made.status()).isEqualTo(201);
      assertThat(both.status()).isEqualTo(400);
      assertThat(book("2026-11-23T10:00:00-06:00", "").status()).isEqualTo(400);
      String id = made.json().getString("id");
      Reply moved =
          person()
              .put(
                  path + "/" + id,
                  """
                  {"locationId":"location1","calendarId":"%s",
                   "endTime":"2026-11-23T10:00:00-06:00"}"""
                      .formatted(calendarId()));
      assertThat(moved.json().getString("startTime")).isEqualTo(MONDAY);
      assertThat(book("2026-11-23T10:00:00-06:00", "").status()).isEqualTo(200);
      Reply list =
          person()
              .get(
                  "/calendars/blocked-slots?locationId=location1&startTime=0"
                      + "&endTime=1900000000000&calendarId="
                      + calendarId());
      assertThat(ids(list)).containsExactly(id);
      assertThat(eventIds("&calendarId=" + calendarId())).doesNotContain(id);
      assertThat(person().json("DELETE", "/calendars/events/" + id, "{}").status()).isEqualTo(201);
    }
  }

  @Nested
  class Events {
    @Test
    void areNested() {
      assertThat(sandbox.newAuthorizationCode(LOCATION)).isNotEmpty();
      await().atMost(5, SECONDS).until(() -> !app.webhooks().isEmpty());
      app.forget();

      String id = anAppointment("");
      person().put("/calendars/events/appointments/" + id, "{\"title\":\"New\"}");
      person().json("DELETE", "/calendars/events/" + id, "{}");
      await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 3);

      assertThat(app.types())
          .containsExactlyInAnyOrder("AppointmentCreate", "AppointmentUpdate", "AppointmentDelete");
      assertThat(app.webhooks().stream().map(Webhook::json))
          .allSatisfy(
              event -> {
                assertThat(event.getString("locationId")).isEqualTo(LOCATION);
                JsonObject appointment = event.getJsonObject("appointment");
                assertThat(appointment.getString("id")).isEqualTo(id);
                assertThat(appointment.getString("startTime")).isEqualTo(MONDAY);
                assertThat(appointment.getString("dateUpdated"))
                    .isEqualTo("2026-11-22T06:00:03-06:00");
              });
    }
  }

  @Test
  void calendarsHaveTheirTeamAndMayBeDrafts() {
    sandbox.control(
        "PUT",
        "/sandbox/locations/location1/records/calendars/" + calendarId(),
        "{\"isActive\":false}");

    assertThat(calendars("")).hasSize(2);
    assertThat(calendars("&showDrafted=false")).hasSize(1);
    assertThat(calendars("&groupId=" + calendar.getString("groupId"))).hasSize(1);
    JsonObject one = person().get("/calendars/" + calendarId()).json().getJsonObject("calendar");
    assertThat(one.getBoolean("isActive")).isFalse();
    assertThat(one.getJsonArray("teamMembers")).hasSize(2);
    assertThat(person().get("/calendars/").status()).isEqualTo(422);
    assertThat(user().get("/calendars/?locationId=location1").status()).isEqualTo(400);
  }
}
