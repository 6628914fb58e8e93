package com.lpai.adapter.web.api;

import static com.lpai.domain.appointment.AppointmentFixture.anAppointment;
import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentFixture;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectFixture;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects, appointments and conversations: what was copied can be read. */
class ReadOnlyRecordsApiTest {
  private static WebFixture web;

  private final LocationId location = web.installed();

  @BeforeAll
  static void start() {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private Answer get(LocationId location, String path) {
    return web.call("GET", "locations/" + location + "/" + path, "");
  }

  private Answer get(String path) {
    return get(location, path);
  }

  private List<String> ids(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(item -> item.getString("id"))
        .toList();
  }

  /** The ids on all pages of two. */
  private List<String> idsByPages(String path) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Answer answer = get(path + "?limit=2" + cursor);
      answer.json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
          .map(item -> item.getString("id"))
          .forEach(ids::add);
      cursor =
          answer.json().get("nextCursor") instanceof JsonString next
              ? "&cursor=" + URLEncoder.encode(next.getString(), StandardCharsets.UTF_8)
              : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  private Project stored(Project project) {
    web.projects.save(project.locationId(), project);
    return project;
  }

  private Appointment stored(Appointment appointment) {
    web.appointments.save(appointment.locationId(), appointment);
    return appointment;
  }

  private Project project(String title, String status) {
    return stored(
        aProject()
            .in(location)
            .with(ProjectField.TITLE, title)
            .with(ProjectField.STATUS, status)
            .build());
  }

  private Appointment appointment(Duration later, String status) {
    return stored(
        anAppointment()
            .in(location)
            .startingAt(START.plus(later))
            .with(AppointmentField.STATUS, status)
            .build());
  }

  // ---- projects

  @Test
  void aProjectIsShownWithEverythingThatBothSidesKeep() {
    Project project =
        stored(
            aProject()
                .in(location)
                .linkedTo(new GhlOpportunityId("opp1"))
                .about(new ContactId("ours"))
                .with(ProjectField.TITLE, "New boiler")
                .with(ProjectField.STATUS, "open")
                .with(
                    ProjectField.MONETARY_VALUE.fieldName(),
                    new FieldValue.Amount(new BigDecimal("1250.50")))
                .with(FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, "f1"), FieldValue.text("M"))
                .with(FieldName.element(ProjectField.FOLLOWERS, "u1"), new FieldValue.Flag(true))
                .build());

    Answer answer = get("projects/" + project.id());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isNotEmpty();
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\""
                + project.id()
                + "\",\"ghlOpportunityId\":\"opp1\",\"contactId\":\"ours\",\"title\":\"New"
                + " boiler\",\"status\":\"open\",\"monetaryValue\":1250.5,\"followers\":[\"u1\"],"
                + "\"crmCustomFields\":[{\"id\":\"f1\",\"value\":\"M\"}],"
                + "\"sync\":{\"state\":\"synced\"},\"createdBySync\":false,\"createdAt\":\""
                + START
                + "\",\"updatedAt\":\""
                + START
                + "\"}");
  }

  @Test
  void projectsAreFilteredAndPaged() {
    String boiler = project("Boiler", "open").id().value();
    String bath = project("Bath", "won").id().value();
    String roof = project("Roof", "open").id().value();

    assertThat(ids("projects")).containsExactlyInAnyOrder(boiler, bath, roof);
    assertThat(idsByPages("projects")).containsExactlyElementsOf(ids("projects"));
    assertThat(ids("projects?status=won")).containsExactly(bath);
    assertThat(ids("projects?search=bo")).containsExactly(boiler);
    assertThat(ids("projects?syncState=failed,blocked")).isEmpty();
  }

  /** All have the same text, each in another place. */
  @Test
  void eachFilterOfProjectsLooksAtItsOwnField() {
    String pipeline = in(aProject().with(ProjectField.PIPELINE_ID, "open"));
    String stage = in(aProject().with(ProjectField.PIPELINE_STAGE_ID, "open"));
    String contact = in(aProject().about(new ContactId("open")));
    String status = in(aProject().with(ProjectField.STATUS, "open"));
    String title = in(aProject().with(ProjectField.TITLE, "open"));

    assertThat(ids("projects?pipelineId=open")).containsExactly(pipeline);
    assertThat(ids("projects?stageId=open")).containsExactly(stage);
    assertThat(ids("projects?contactId=open")).containsExactly(contact);
    assertThat(ids("projects?status=open")).containsExactly(status);
    assertThat(ids("projects?search=open")).containsExactly(title);
  }

  private String in(ProjectFixture project) {
    return stored(project.in(location).build()).id().value();
  }

  // ---- appointments

  @Test
  void appointmentsAreListedByTheirBeginningWithinARange() {
    String later = appointment(Duration.ofHours(5), "confirmed").id().value();
    String first = appointment(Duration.ZERO, "scheduled").id().value();
    String second = appointment(Duration.ofHours(1), "confirmed").id().value();
    Instant hour = START.plus(Duration.ofHours(1));

    assertThat(ids("appointments")).containsExactly(first, second, later);
    assertThat(idsByPages("appointments")).containsExactly(first, second, later);
    assertThat(ids("appointments?from=" + START + "&to=" + hour)).containsExactly(first);
    assertThat(ids("appointments?from=" + hour)).containsExactly(second, later);
    assertThat(ids("appointments?status=scheduled")).containsExactly(first);
    assertThat(ids("appointments?syncState=synced")).contains(first, second, later);
    assertThat(ids("appointments?syncState=failed,blocked")).isEmpty();
  }

  /** All have the same text, each in another place. */
  @Test
  void eachFilterOfAppointmentsLooksAtItsOwnField() {
    String calendar = in(anAppointment().with(AppointmentField.CALENDAR_ID, "active"));
    String user = in(anAppointment().with(AppointmentField.USER_ID, "active"));
    String contact = in(anAppointment().about(new ContactId("active")));
    String status = in(anAppointment().with(AppointmentField.STATUS, "active"));

    assertThat(ids("appointments?calendarId=active")).containsExactly(calendar);
    assertThat(ids("appointments?userId=active")).containsExactly(user);
    assertThat(ids("appointments?contactId=active")).containsExactly(contact);
    assertThat(ids("appointments?status=active")).containsExactly(status);
  }

  private String in(AppointmentFixture appointment) {
    return stored(appointment.in(location).startingAt(START).build()).id().value();
  }

  @Test
  void aTimeMayHaveAnyZoneAndAPlusThatNobodyEncoded() {
    String id = appointment(Duration.ZERO, "scheduled").id().value();

    assertThat(ids("appointments?from=2026-03-01T11:00:00+01:00&to=2026-03-01T11:01:00%2B01:00"))
        .containsExactly(id);
  }

  @Test
  void anAppointmentIsShownWithItsTimes() {
    Appointment appointment = appointment(Duration.ZERO, "scheduled");

    JsonObject json = get("appointments/" + appointment.id()).json();

    assertThat(json.getString("start")).isEqualTo(START.toString());
    assertThat(json.getString("status")).isEqualTo("scheduled");
    assertThat(json.getJsonObject("sync").getString("state")).isEqualTo("synced");
  }

  // ---- conversations

  private void conversation(String id, Instant lastMessageAt) {
    web.conversations.saveAll(
        location,
        List.of(
            new Conversation(
                new GhlConversationId(id),
                "contact1",
                "TYPE_PHONE",
                Optional.of(2L),
                Optional.of(true),
                Optional.of(""),
                Optional.of(lastMessageAt),
                "TYPE_SMS",
                Optional.of("See you"))));
  }

  private static Message message(String id, String conversation, Instant addedAt) {
    return new Message(
        new GhlMessageId(id),
        new GhlConversationId(conversation),
        "contact1",
        "TYPE_SMS",
        "inbound",
        "delivered",
        "Hello",
        "text/plain",
        List.of("https://files.example/a.jpg"),
        "",
        "",
        addedAt);
  }

  @Test
  void conversationsAreListedTheLatestFirst() {
    conversation("t1", START);
    conversation("t2", START.plusSeconds(9));
    conversation("t3", START.plusSeconds(5));

    assertThat(idsByPages("conversations")).containsExactly("t2", "t3", "t1");
    assertThat(get("conversations?limit=1").json().getJsonArray("items").get(0))
        .hasToString(
            "{\"id\":\"t2\",\"unreadCount\":2,\"starred\":true,\"ghlContactId\":\"contact1\","
                + "\"type\":\"TYPE_PHONE\",\"lastMessageAt\":\""
                + START.plusSeconds(9)
                + "\",\"lastMessageType\":\"TYPE_SMS\",\"lastMessageBody\":\"See you\"}");
  }

  @Test
  void messagesOfAConversationAreListedTheLatestFirst() {
    conversation("t1", START);
    web.messages.saveAll(
        location,
        List.of(
            message("m1", "t1", START),
            message("m2", "t1", START.plusSeconds(2)),
            message("m3", "t1", START.plusSeconds(1)),
            message("m4", "t2", START)));

    assertThat(idsByPages("conversations/t1/messages")).containsExactly("m2", "m3", "m1");
    assertThat(get("conversations/t1/messages?limit=1").json().getJsonArray("items").get(0))
        .hasToString(
            "{\"id\":\"m2\",\"conversationId\":\"t1\",\"addedAt\":\""
                + START.plusSeconds(2)
                + "\",\"attachments\":[\"https://files.example/a.jpg\"],"
                + "\"ghlContactId\":\"contact1\",\"type\":\"TYPE_SMS\",\"direction\":\"inbound\","
                + "\"status\":\"delivered\",\"body\":\"Hello\",\"contentType\":\"text/plain\"}");
  }

  // ---- what is not there, and what is not understood

  @Test
  void nothingOfAnotherLocationIsFoundByItsId() {
    Project project = project("Boiler", "open");
    Appointment appointment = appointment(Duration.ZERO, "scheduled");
    conversation("t1", START);

    for (String path :
        List.of(
            "projects/" + project.id(),
            "appointments/" + appointment.id(),
            "conversations/t1/messages")) {
      assertThat(get(path).status()).as(path).isEqualTo(200);
      Answer answer = get(web.otherLocation, path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.problem()).isEqualTo("not-found");
    }
    for (String list : List.of("projects", "appointments", "conversations")) {
      assertThat(get(web.otherLocation, list).json().getJsonArray("items")).as(list).isEmpty();
    }
  }

  @Test
  void whatWasDeletedIsNotThere() {
    Project project = stored(aProject().in(location).deletedInCrm(START).build());
    Appointment appointment = stored(anAppointment().in(location).deletedHere(START).build());

    assertThat(get("projects/" + project.id()).status()).isEqualTo(404);
    assertThat(get("appointments/" + appointment.id()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"projects/%20", "appointments/a%0Ab", "conversations/%20/messages"})
  void whatCannotBeAnIdIsNotFound(String path) {
    assertThat(get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "projects?limit=201, limit",
    "projects?status=lots, status",
    "projects?from=2026-03-01T09:00:00Z, from",
    "projects?cursor=%00, cursor",
    "appointments?from=yesterday, from",
    "appointments?to=+999999999-12-31T00:00:00Z, to",
    "appointments?to=2026-03-01T09:00:00, to",
    "appointments?status=new, status",
    "conversations?limit=0, limit",
    "conversations?search=x, search",
    "conversations?cursor=nobodys, cursor",
    "conversations/t1/messages?limit=x, limit",
    "conversations/t1/messages?cursor=nobodys, cursor",
  })
  void aQueryThatIsNotUnderstoodIsRefusedByItsParameter(String path, String parameter) {
    conversation("t1", START);

    Answer answer = get(path);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(parameter);
  }
}
