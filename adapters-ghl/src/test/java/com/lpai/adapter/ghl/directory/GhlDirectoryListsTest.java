package com.lpai.adapter.ghl.directory;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomField.Model;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.NewCustomField;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.Pipeline.Stage;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GhlDirectoryListsTest {
  private static final CallPriority USER = CallPriority.USER;
  private static final NewCustomField QUOTE_NUMBER =
      new NewCustomField(Model.OPPORTUNITY, "Quote Number", "TEXT", 3);

  @Test
  void stagesComeInTheOrderOfTheirPositions() {
    String body =
        """
        {"pipelines":[
          {"id":"p1","name":"Sales","locationId":"locationOfTests","stages":[
            {"id":"7915dedc-8f18","name":"Won","position":2,"showInFunnel":true},
            {"id":"e93ba61a-53b3","name":"New","position":0},
            {"id":"c1","name":"Quoted","position":1},
            {"name":"without an id","position":3}, null, "text"]},
          {"id":"p2","name":"Unordered","stages":[{"id":"b","name":"B"},{"id":"a","name":"A"}]},
          {"id":"p3","name":"Empty","stages":null},
          {"id":"of another","locationId":"elsewhere"}, {"name":"no id"}, 7]}
        """;

    List<Pipeline> pipelines = answered(body, it -> it.pipelines().list(LOCATION, USER));

    assertThat(pipelines)
        .containsExactly(
            new Pipeline(
                new GhlPipelineId("p1"),
                "Sales",
                List.of(
                    new Stage("e93ba61a-53b3", "New", 0),
                    new Stage("c1", "Quoted", 1),
                    new Stage("7915dedc-8f18", "Won", 2))),
            new Pipeline(
                new GhlPipelineId("p2"),
                "Unordered",
                List.of(new Stage("b", "B", 0), new Stage("a", "A", 1))),
            new Pipeline(new GhlPipelineId("p3"), "Empty", List.of()));
  }

  /** Trap 58: equal answers are equal calendars, so that only a change is written. */
  @Test
  void calendarsAreReadWithWhatTheyTell() {
    String body =
        """
        {"calendars":[
          {"id":"c1","locationId":"locationOfTests","name":"Consulting","description":"long",
           "groupId":"g1","calendarType":"round_robin","isActive":false,"slotDuration":30,
           "slotDurationUnit":"mins","eventColor":"#039be5","openHours":[{"daysOfTheWeek":[1]}],
           "teamMembers":[{"userId":"u1","priority":0.5},{"userId":"u2"},{"priority":1},"u3"]},
          {"id":"c2","name":"Bare"},
          {"id":"c3","name":"Odd","isActive":"yes","slotDuration":0.5,"teamMembers":{}}]}
        """;

    List<Calendar> calendars = answered(body, it -> it.calendars().list(LOCATION, USER));

    assertThat(calendars)
        .containsExactly(
            new Calendar(
                new GhlCalendarId("c1"),
                "Consulting",
                "long",
                "g1",
                "round_robin",
                false,
                30,
                "mins",
                "#039be5",
                List.of("u1", "u2")),
            bareCalendar("c2", "Bare"),
            bareCalendar("c3", "Odd"));
  }

  private static Calendar bareCalendar(String id, String name) {
    return new Calendar(new GhlCalendarId(id), name, "", "", "", true, 0, "", "", List.of());
  }

  /** Trap 71: the model is in the query, and only its fields are in the answer. */
  @Test
  void customFieldsAreThoseOfTheModelThatWasAskedFor() {
    String body =
        """
        {"customFields":[
          {"id":"f1","name":"Quote Number","fieldKey":"opportunity.quote_number",
           "dataType":"TEXT","position":50,"model":"opportunity","picklistOptions":[]},
          {"id":"f2","name":"Choices","fieldKey":"opportunity.choices","dataType":"RADIO",
           "position":0.5,"picklistOptions":["a","",7,"b"]},
          {"id":"f3","name":"Boxes","dataType":"TEXTBOX_LIST",
           "picklistOptions":[{"id":"x","label":"First","prefillValue":""},{"id":"y"}]},
          {"id":"f4","name":"Pin code","fieldKey":"contact.pincode","model":"contact"}]}
        """;
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      List<CustomField> fields =
          done(adapter.customFields().list(LOCATION, Model.OPPORTUNITY, USER));

      assertThat(fields)
          .containsExactly(
              opportunityField("f1", "Quote Number", "opportunity.quote_number", "TEXT", 50),
              opportunityField("f2", "Choices", "opportunity.choices", "RADIO", 0, "a", "b"),
              opportunityField("f3", "Boxes", "", "TEXTBOX_LIST", 0, "First"));
      assertThat(ghl.lastRequest().target())
          .isEqualTo("/locations/locationOfTests/customFields?model=opportunity");
    }
  }

  private static CustomField opportunityField(
      String id, String name, String key, String type, int position, String... options) {
    return new CustomField(
        new GhlCustomFieldId(id), Model.OPPORTUNITY, name, key, type, position, List.of(options));
  }

  /** Trap 71: neither a key nor the location is in the body; the key is what the answer says. */
  @Test
  void aCustomFieldIsCreatedByItsNameAndReadBackWithItsKey() {
    String body =
        """
        {"customField":{"id":"f9","name":"Quote Number","fieldKey":"opportunity.quote_number_1",
         "dataType":"TEXT","position":3,"model":"opportunity","locationId":"locationOfTests"}}
        """;
    try (FakeGhl ghl = FakeGhl.answering(201, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CustomField created = done(adapter.customFields().create(LOCATION, QUOTE_NUMBER, USER));

      assertThat(created)
          .isEqualTo(
              opportunityField("f9", "Quote Number", "opportunity.quote_number_1", "TEXT", 3));
      assertThat(ghl.lastRequest().method()).isEqualTo("POST");
      assertThat(ghl.lastRequest().target()).isEqualTo("/locations/locationOfTests/customFields");
      assertThat(ghl.lastRequest().body())
          .isEqualTo(
              "{\"name\":\"Quote Number\",\"dataType\":\"TEXT\",\"position\":3,"
                  + "\"model\":\"opportunity\"}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | {"message":"boom"}                        | OutcomeUnknown
          201 | {"customField":{"name":"no id"}}          | OutcomeUnknown
          422 | {"message":["dataType must be a string"]} | RefusedOrDone
          400 | {"message":"no"}                          | Rejected
          401 | {"message":"The token is not authorized for this scope."} | Unauthorized
          """)
  void aCreateThatDidNotSucceedSaysWhatMayHaveHappened(int status, String body, String meaning) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CrmFailure failure = failure(adapter.customFields().create(LOCATION, QUOTE_NUMBER, USER));

      assertThat(failure.getClass().getSimpleName()).isEqualTo(meaning);
    }
  }

  @Test
  void customValuesKeepTheirMergeTag() {
    String body =
        """
        {"customValues":[
          {"id":"v1","name":"Phone","fieldKey":"{{ custom_values.phone }}","value":"+1 415"},
          {"id":"v2","name":"Empty","fieldKey":"{{ custom_values.empty }}","value":null}]}
        """;

    List<CustomValue> values = answered(body, it -> it.customValues().list(LOCATION, USER));

    assertThat(values)
        .containsExactly(
            new CustomValue(
                new GhlCustomValueId("v1"), "Phone", "{{ custom_values.phone }}", "+1 415"),
            new CustomValue(new GhlCustomValueId("v2"), "Empty", "{{ custom_values.empty }}", ""));
  }

  @Test
  void anAnswerWithoutTheListIsNoEmptyList() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"pipelines\":{},\"calendars\":null}");
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      List<CrmResult<?>> results =
          List.of(
              adapter.pipelines().list(LOCATION, USER),
              adapter.calendars().list(LOCATION, USER),
              adapter.customFields().list(LOCATION, Model.CONTACT, USER),
              adapter.customValues().list(LOCATION, USER));

      assertThat(results)
          .allSatisfy(
              result -> assertThat(failure(result)).isInstanceOf(CrmFailure.Unavailable.class));
    }
  }

  /** The setup's step says which scope is missing (trap 13). */
  @Test
  void eachListNamesTheScopeThatItLacks() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                401, "{\"message\":\"The token is not authorized for this scope.\"}");
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      assertThat(failure(adapter.pipelines().list(LOCATION, USER)).message())
          .contains("opportunities.readonly");
      assertThat(failure(adapter.calendars().list(LOCATION, USER)).message())
          .contains("calendars.readonly");
      assertThat(failure(adapter.customFields().list(LOCATION, Model.CONTACT, USER)).message())
          .contains("locations/customFields.readonly");
      assertThat(failure(adapter.customValues().list(LOCATION, USER)).message())
          .contains("locations/customValues.readonly");
    }
  }

  private static <T> T answered(String body, Function<GhlAdapter, CrmResult<T>> call) {
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return done(call.apply(adapter));
    }
  }
}
