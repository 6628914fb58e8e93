package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryApiTest {
  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
    web.directoryStores
        .users()
        .replaceAll(
            web.location,
            List.of(
                new User(new GhlUserId("u2"), "Bob", "", ""),
                new User(new GhlUserId("u1"), "Ann", "ann@example.com", "admin")));
    web.directoryStores
        .calendars()
        .replaceAll(
            web.location,
            List.of(
                new Calendar(
                    new GhlCalendarId("c1"),
                    "Phone calls",
                    "",
                    "",
                    "event",
                    true,
                    30,
                    "mins",
                    "#039be5",
                    List.of("u1")),
                new Calendar(
                    new GhlCalendarId("c2"), "Visits", "", "", "", false, 0, "", "", List.of())));
    web.directoryStores
        .pipelines()
        .replaceAll(
            web.location,
            List.of(
                new Pipeline(
                    new GhlPipelineId("p1"),
                    "Sales",
                    List.of(
                        new Pipeline.Stage("s1", "New", 0), new Pipeline.Stage("s2", "Won", 1)))));
    web.directoryStores
        .customFields()
        .replaceAll(
            web.location,
            List.of(
                new CustomField(
                    new GhlCustomFieldId("f1"),
                    CustomField.Model.OPPORTUNITY,
                    "Size",
                    "opportunity.size",
                    "SINGLE_OPTIONS",
                    4,
                    List.of("S", "M"))));
    web.directoryStores
        .customValues()
        .replaceAll(
            web.location,
            List.of(
                new CustomValue(
                    new GhlCustomValueId("v1"), "Greeting", "{{ custom_values.x }}", "Hi")));
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static Answer get(String what) {
    return web.call("GET", "locations/" + web.location + "/" + what, "");
  }

  private static void answers(String what, String json) {
    assertThat(get(what).body()).isEqualTo(json.replaceAll("\\n *", "") + "");
  }

  @Test
  void usersByName() {
    answers(
        "users",
        """
        {"items":[
          {"id":"u1","name":"Ann","email":"ann@example.com","role":"admin"},
          {"id":"u2","name":"Bob"}
        ],"nextCursor":null}\
        """);
  }

  @Test
  void calendarsWithTheirIcons() {
    answers(
        "calendars",
        """
        {"items":[
          {"id":"c1","name":"Phone calls","icon":"phone","isActive":true,"teamMembers":["u1"],
          "type":"event","slotDuration":30,"slotDurationUnit":"mins","color":"#039be5"},
          {"id":"c2","name":"Visits","icon":"map-pin","isActive":false,"teamMembers":[]}
        ],"nextCursor":null}\
        """);
  }

  @Test
  void pipelinesWithTheirStages() {
    answers(
        "pipelines",
        """
        {"items":[
          {"id":"p1","name":"Sales","stages":[
            {"id":"s1","name":"New","position":0},{"id":"s2","name":"Won","position":1}]}
        ],"nextCursor":null}\
        """);
  }

  @Test
  void customFieldsOfBothModels() {
    answers(
        "custom-fields",
        """
        {"items":[
          {"id":"f1","model":"opportunity","name":"Size","dataType":"SINGLE_OPTIONS","position":4,
          "options":["S","M"],"fieldKey":"opportunity.size"}
        ],"nextCursor":null}\
        """);
  }

  @Test
  void customValues() {
    answers(
        "custom-values",
        """
        {"items":[
          {"id":"v1","name":"Greeting","value":"Hi","fieldKey":"{{ custom_values.x }}"}
        ],"nextCursor":null}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"users", "calendars", "pipelines", "custom-fields", "custom-values"})
  void anotherLocationHasItsOwn(String what) {
    Answer answer = web.call("GET", "locations/" + web.otherLocation + "/" + what, "");

    assertThat(answer.body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "calendars", "pipelines", "custom-fields", "custom-values"})
  void aWholeListTakesNoParameters(String what) {
    isRefused(get(what + "?model=contact"), "model");
    isRefused(get(what + "?limit=1"), "limit");
    isRefused(web.call("GET", "locations?name=x", ""), "name");
  }

  private static void isRefused(Answer answer, String parameter) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(parameter);
  }

  @Test
  void everyKindIsCounted() {
    Answer answer = get("sync-health");

    assertThat(answer.json().keySet())
        .containsExactly("contacts", "projects", "appointments", "outgoingMessages", "copied");
    assertThat(answer.json().getJsonObject("copied"))
        .hasToString(
            "{\"conversations\":0,\"messages\":0,\"calendars\":2,\"users\":2,\"pipelines\":1,"
                + "\"customFields\":1,\"customValues\":1}");
  }
}
