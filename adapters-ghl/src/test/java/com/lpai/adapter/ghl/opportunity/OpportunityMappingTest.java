package com.lpai.adapter.ghl.opportunity;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.FieldWrites;
import com.lpai.adapter.ghl.record.RandomValues;
import com.lpai.dev.sandbox.openapi.Complaint;
import com.lpai.dev.sandbox.openapi.RecordedRequest;
import com.lpai.dev.sandbox.openapi.Requests;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectCustomField;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.project.ProjectStatus;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldNormalizer;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpportunityMappingTest {
  private static final LocationId LOCATION = new LocationId("here");
  private static final FieldName CUSTOM = FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, "f");

  /** The location's custom fields that are fields of ours. */
  private static final Map<String, GhlCustomFieldId> OURS =
      Arrays.stream(ProjectCustomField.values())
          .collect(
              Collectors.toMap(
                  ProjectCustomField::key, custom -> new GhlCustomFieldId("our_" + custom.key())));

  /** Trap 44: what is sent and read back is the same, field by field, in 2,000 random ones. */
  @Test
  void whatIsSentIsWhatIsReadBack() {
    long seed = 20_261_127;
    SplittableRandom random = new SplittableRandom(seed);
    Set<FieldName> seen = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      FieldChanges values = someValues(random);

      FieldChanges theirs = ProjectNormalizer.inCrmsFields(values, OURS);
      JsonObject sent = OpportunityPayload.create(LOCATION, theirs);
      CrmRecord<GhlOpportunityId> read =
          OpportunityReader.read(asRead(sent, theirs, random)).orElseThrow();
      FieldChanges ours = new ProjectNormalizer().normalise(read, OURS).fields();

      assertThat(ours.only(values::mentions))
          .as("seed %d, opportunity %d", seed, i)
          .isEqualTo(values);
      assertThat(ours.only(name -> !values.mentions(name)).values().values())
          .containsOnly(FieldValue.cleared());
      seen.addAll(values.values().keySet());
    }
    assertThat(seen)
        .as("each of ours that is a custom field there was sent")
        .contains(
            ProjectField.PROJECT_TITLE.fieldName(),
            ProjectField.QUOTE_NUMBER.fieldName(),
            ProjectField.SIGNED_DATE.fieldName());
  }

  /** Spec 5: what is a field of ours and a custom field there comes back cleared, too. */
  @Test
  void ourCustomFieldsAreClearedThereAndComeBackWithoutAValue() {
    TreeMap<FieldName, FieldValue> cleared = new TreeMap<>();
    for (ProjectCustomField custom : ProjectCustomField.values()) {
      cleared.put(custom.field().fieldName(), FieldValue.cleared());
    }

    FieldChanges theirs = ProjectNormalizer.inCrmsFields(FieldChanges.of(cleared), OURS);
    JsonObject sent = OpportunityPayload.update(theirs);

    assertThat(sent)
        .hasToString(
            "{\"customFields\":[{\"id\":\"our_project_title\",\"field_value\":\"\"},"
                + "{\"id\":\"our_quote_number\",\"field_value\":\"\"},"
                + "{\"id\":\"our_signed_date\",\"field_value\":\"\"}]}");
    CrmRecord<GhlOpportunityId> read =
        OpportunityReader.read(Json.createObjectBuilder(sent).add("id", "o").build()).orElseThrow();
    assertThat(new ProjectNormalizer().normalise(read, OURS).fields().only(cleared::containsKey))
        .isEqualTo(FieldChanges.of(cleared));
  }

  @Test
  void aReadTellsWhenItWasMade() {
    JsonObject opportunity =
        Json.createObjectBuilder().add("id", "o").add("createdAt", "2026-11-20T10:00:00Z").build();

    assertThat(OpportunityReader.read(opportunity).orElseThrow().addedAt())
        .isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
  }

  private static FieldChanges someValues(SplittableRandom random) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (ProjectField field : ProjectField.values()) {
      boolean isSent =
          field.access() != FieldAccess.READ_ONLY && field != ProjectField.LOST_REASON_ID;
      if (isSent && random.nextBoolean()) {
        values.put(field.fieldName(), RandomValues.value(field.type(), random));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      values.put(
          FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, "f" + random.nextInt(100)),
          someCustomValue(random));
    }
    return FieldWrites.given(
        new FieldNormalizer(ProjectField.TABLE).normalise(FieldChanges.of(values), ""));
  }

  private static FieldValue someCustomValue(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> FieldValue.text("t" + RandomValues.text(random));
      case 1 -> RandomValues.value(FieldType.AMOUNT, random);
      case 2 -> new FieldValue.Texts(List.of(RandomValues.text(random), RandomValues.text(random)));
      case 3 -> FieldValue.text(LocalDate.ofEpochDay(random.nextInt(15_000, 30_000)).toString());
      default -> RandomValues.value(FieldType.STRUCTURE, random);
    };
  }

  /** As GoHighLevel answers it: with an id, and custom values under any of their names. */
  private static JsonObject asRead(JsonObject sent, FieldChanges values, SplittableRandom random) {
    JsonObjectBuilder read = Json.createObjectBuilder(sent).add("id", "opportunityOne");
    if (sent.containsKey("customFields")) {
      JsonArrayBuilder fields = Json.createArrayBuilder();
      for (JsonObject item : sent.getJsonArray("customFields").getValuesAs(JsonObject.class)) {
        FieldName name = FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, item.getString("id"));
        fields.add(answered(item, values.get(name).orElseThrow(), random));
      }
      read.remove("customFields");
      read.add(random.nextBoolean() ? "customFields" : "custom_fields", fields);
    }
    return json(read.build().toString());
  }

  private static JsonObjectBuilder answered(
      JsonObject item, FieldValue value, SplittableRandom random) {
    JsonValue sent = item.get("field_value");
    JsonObjectBuilder answer = Json.createObjectBuilder().add("id", item.get("id"));
    boolean typed = random.nextBoolean();
    return switch (value) {
      case FieldValue.Amount(BigDecimal amount) ->
          answer.add(typed ? "fieldValueNumber" : "fieldValue", amount);
      case FieldValue.Texts texts -> answer.add(typed ? "fieldValueArray" : "fieldValue", sent);
      case FieldValue.Text(String text) when text.matches("\\d{4}-\\d\\d-\\d\\d") ->
          asDate(answer, LocalDate.parse(text), random);
      case FieldValue.Day(LocalDate day) -> asDate(answer, day, random);
      default ->
          answer.add(typed && sent instanceof JsonString ? "fieldValueString" : "fieldValue", sent);
    };
  }

  private static JsonObjectBuilder asDate(
      JsonObjectBuilder answer, LocalDate day, SplittableRandom random) {
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    return switch (random.nextInt(3)) {
      case 0 -> answer.add("fieldValue", day.toString());
      case 1 -> answer.add("fieldValueDate", midnight.toEpochMilli());
      default -> answer.add("fieldValueDate", midnight.toString());
    };
  }

  @Test
  void aReadSaysOfEveryFieldWhetherItHasAValue() {
    CrmRecord<GhlOpportunityId> read =
        OpportunityReader.read(
                json(
                    """
                    {"id":"o","name":"Roof","monetaryValue":0,"assignedTo":null,"source":"",
                     "updatedAt":"2021-08-03T04:55:17.355Z","contact":{"id":"c1","name":"Jo"},
                     "lastStageChangeAt":"2021-08-03T04:55:17.355Z"}
                    """))
            .orElseThrow();

    for (ProjectField field : ProjectField.values()) {
      assertThat(read.fields().mentions(field.fieldName()))
          .as(field.key())
          .isEqualTo(!field.crmKey().isEmpty());
    }
    assertThat(read.fields().only(name -> !read.fields().get(name).orElseThrow().isCleared()))
        .isEqualTo(
            FieldChanges.of(
                Map.of(
                    ProjectField.TITLE.fieldName(),
                    FieldValue.text("Roof"),
                    ProjectField.MONETARY_VALUE.fieldName(),
                    new FieldValue.Amount(BigDecimal.ZERO),
                    ProjectField.GHL_CONTACT_ID.fieldName(),
                    FieldValue.text("c1"),
                    ProjectField.LAST_STAGE_CHANGE_AT.fieldName(),
                    new FieldValue.Moment(Instant.parse("2021-08-03T04:55:17.355Z")))));
    assertThat(read.changedAt()).isEqualTo(Instant.parse("2021-08-03T04:55:17.355Z"));
    assertThat(read.completeGroups()).as("nothing was listed").isEmpty();
  }

  @Test
  void groupsAreCompleteWhereTheyAreListed() {
    CrmRecord<GhlOpportunityId> read =
        OpportunityReader.read(
                json(
                    """
                    {"id":"o","followers":["u1","u1","u2"," ",7,null],"customFields":[]}
                    """))
            .orElseThrow();

    assertThat(read.completeGroups())
        .containsExactlyInAnyOrder(ProjectField.CRM_CUSTOM_FIELDS, ProjectField.FOLLOWERS);
    assertThat(read.fields().values().keySet().stream().filter(it -> it.group().isPresent()))
        .containsExactly(FieldName.of("followers/u1"), FieldName.of("followers/u2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500                | 500
          12.50              | 12.5
          "1200.5"           | 1200.5
          " -3 "             | -3
          ""                 |
          null               |
          """)
  void anAmountIsReadAsNumberAndAsText(String given, String amount) {
    FieldValue expected =
        amount == null ? FieldValue.cleared() : new FieldValue.Amount(new BigDecimal(amount));

    assertThat(
            OpportunityReader.read(json("{\"id\":\"o\",\"monetaryValue\":" + given + "}"))
                .orElseThrow()
                .fields()
                .get(ProjectField.MONETARY_VALUE.fieldName()))
        .contains(expected);
  }

  /** Trap 72; #87: the same value under each of its names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"f\",\"fieldValue\":\"x\"}",
        "{\"id\":\"f\",\"type\":\"string\",\"fieldValueString\":\"x\"}",
        "{\"id\":\"f\",\"fieldValue\":null,\"fieldValueString\":\"x\"}",
        "{\"id\":\"f\",\"fieldValueAnythingNew\":\"x\"}",
        "{\"id\":\"f\",\"value\":\"x\"}",
        "{\"id\":\"f\",\"field_value\":\"x\"}",
      })
  void aCustomValueIsReadUnderEachOfItsNames(String item) {
    assertThat(customValue(item)).isEqualTo(FieldValue.text("x"));
  }

  /** Trap 73. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":"f","fieldValueDate":1788134400000}              | 2026-08-31
          {"id":"f","fieldValueDate":"2026-08-31"}               | 2026-08-31
          {"id":"f","fieldValueDate":"2026-08-31T00:00:00.000Z"} | 2026-08-31
          {"id":"f","fieldValueDate":"soon"}                     | soon
          """)
  void aDayIsTheSameTextHoweverItIsTold(String item, String text) {
    assertThat(customValue(item)).isEqualTo(FieldValue.text(text));
  }

  private static FieldValue customValue(String item) {
    return OpportunityReader.read(json("{\"id\":\"o\",\"customFields\":[" + item + "]}"))
        .orElseThrow()
        .fields()
        .get(CUSTOM)
        .orElseThrow();
  }

  @Test
  void oddValuesAreAsIfTheyWereNotMentioned() {
    CrmRecord<GhlOpportunityId> read =
        OpportunityReader.read(
                json(
                    """
                    {"id":"o","name":{"a":1},"monetaryValue":"1e999999999","status":["open"],
                     "lastStatusChangeAt":"yesterday","followers":"all",
                     "customFields":[{"value":1},{"id":"none"},{"id":"nothing","fieldValue":null},7]}
                    """))
            .orElseThrow();

    for (ProjectField field :
        List.of(
            ProjectField.TITLE,
            ProjectField.MONETARY_VALUE,
            ProjectField.STATUS,
            ProjectField.LAST_STATUS_CHANGE_AT)) {
      assertThat(read.fields().mentions(field.fieldName())).as(field.key()).isFalse();
    }
    assertThat(read.fields().values().keySet()).noneMatch(it -> it.group().isPresent());
    assertThat(read.completeGroups()).containsExactly(ProjectField.CRM_CUSTOM_FIELDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":7}", "{\"id\":\"has blank\"}"})
  void anOpportunityWithoutAnIdIsNone(String text) {
    assertThat(OpportunityReader.read(json(text))).isEmpty();
  }

  /** Trap 61: one field changed, exactly that field sent. */
  @ParameterizedTest
  @EnumSource(ProjectField.class)
  void anUpdateOfOneFieldSendsThatField(ProjectField field) {
    FieldValue value = RandomValues.value(field.type(), new SplittableRandom(7));

    JsonObject body = OpportunityPayload.update(FieldChanges.of(field.fieldName(), value));

    boolean isTaken =
        field.access() == FieldAccess.WRITABLE
            && !field.crmKey().isEmpty()
            && field != ProjectField.LOST_REASON_ID;
    assertThat(body.keySet()).isEqualTo(isTaken ? Set.of(field.crmKey()) : Set.of());
  }

  /** Trap 63. */
  @Test
  void whatIsClearedIsSentAsSuchAndNeverAsNull() {
    FieldChanges cleared =
        FieldChanges.of(
            Map.of(
                ProjectField.ASSIGNED_TO.fieldName(),
                FieldValue.cleared(),
                ProjectField.MONETARY_VALUE.fieldName(),
                FieldValue.cleared(),
                CUSTOM,
                FieldValue.cleared()));

    assertThat(OpportunityPayload.update(cleared))
        .hasToString(
            "{\"monetaryValue\":0,\"assignedTo\":\"\","
                + "\"customFields\":[{\"id\":\"f\",\"field_value\":\"\"}]}");
    assertThat(OpportunityPayload.create(LOCATION, cleared))
        .hasToString("{\"locationId\":\"here\"}");
  }

  @Test
  void theReasonOfALossGoesWithTheStatus() {
    FieldChanges lost =
        FieldChanges.of(
            Map.of(
                ProjectField.STATUS.fieldName(),
                FieldValue.text(ProjectStatus.LOST.word()),
                ProjectField.LOST_REASON_ID.fieldName(),
                FieldValue.text("reason1"),
                ProjectField.TITLE.fieldName(),
                FieldValue.text("not of this request")));

    assertThat(OpportunityPayload.status(lost))
        .hasToString("{\"status\":\"lost\",\"lostReasonId\":\"reason1\"}");
  }

  /** Trap 74: every body as its operation's schema has it. */
  @Test
  void everyBodyIsAsDocumented() {
    Requests documented = Requests.documented(SharedFolder.required(), "opportunities");
    FieldChanges values = everyValue();

    assertThat(
            List.of(
                documented.complaints(
                    request(
                        "POST", "/opportunities/", OpportunityPayload.create(LOCATION, values))),
                documented.complaints(
                    request("PUT", "/opportunities/o", OpportunityPayload.update(values))),
                documented.complaints(
                    request("PUT", "/opportunities/o/status", OpportunityPayload.status(values)))))
        .allSatisfy(complaints -> assertThat(complaints).extracting(Complaint::toString).isEmpty());
  }

  private static FieldChanges everyValue() {
    SplittableRandom random = new SplittableRandom(3);
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (ProjectField field : ProjectField.values()) {
      values.put(field.fieldName(), RandomValues.value(field.type(), random));
    }
    values.put(ProjectField.STATUS.fieldName(), FieldValue.text(ProjectStatus.WON.word()));
    values.put(CUSTOM, new FieldValue.Amount(new BigDecimal("12.50")));
    values.put(
        FieldName.element(ProjectField.CRM_CUSTOM_FIELDS, "g"),
        new FieldValue.Texts(List.of("a", "b")));
    return FieldChanges.of(values);
  }

  private static RecordedRequest request(String method, String path, JsonObject body) {
    return new RecordedRequest(
        method,
        path,
        Map.of(
            "Content-Type",
            "application/json",
            "Version",
            "2021-07-28",
            "Authorization",
            "Bearer token"),
        body.toString());
  }

  private static JsonObject json(String text) {
    return JsonReads.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
