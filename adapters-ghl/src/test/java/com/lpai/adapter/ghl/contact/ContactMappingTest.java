package com.lpai.adapter.ghl.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.RandomValues;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactMappingTest {
  private static final LocationId LOCATION = new LocationId("here");

  /** Trap 44: what is sent and read back is the same, field by field, in 2,000 random contacts. */
  @Test
  void whatIsSentIsWhatIsReadBack() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      FieldChanges values = someValues(random);

      JsonObject sent = ContactPayload.create(LOCATION, values);
      CrmRecord<GhlContactId> read =
          ContactReader.read(asRead(sent), ContactForm.PARTIAL).orElseThrow();

      assertThat(read.fields()).as("seed %d, contact %d", seed, i).isEqualTo(values);
    }
  }

  private static FieldChanges someValues(SplittableRandom random) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (ContactField field : ContactField.values()) {
      if (field.access() != FieldAccess.READ_ONLY && random.nextBoolean()) {
        values.put(field.fieldName(), RandomValues.value(field.type(), random));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      values.put(
          FieldName.element(ContactField.TAGS, "t" + RandomValues.text(random)),
          new FieldValue.Flag(true));
      values.put(
          FieldName.element(ContactField.CUSTOM_FIELDS, "f" + random.nextInt(100)),
          someCustomValue(random));
    }
    if (random.nextBoolean()) {
      values.put(
          FieldName.element(ContactField.DND_SETTINGS, "SMS"),
          new FieldValue.Structure("{\"message\":\"no\",\"status\":\"permanent\"}"));
    }
    return FieldChanges.of(values);
  }

  private static FieldValue someCustomValue(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> FieldValue.text(RandomValues.text(random));
      case 1 -> RandomValues.value(FieldType.AMOUNT, random);
      case 2 -> new FieldValue.Texts(List.of(RandomValues.text(random), RandomValues.text(random)));
      default -> RandomValues.value(FieldType.STRUCTURE, random);
    };
  }

  /** As GoHighLevel answers it: with an id, and custom fields under another name. */
  private static JsonObject asRead(JsonObject sent) {
    JsonObjectBuilder read = Json.createObjectBuilder(sent).add("id", "contactOne");
    if (sent.containsKey("customFields")) {
      var fields = Json.createArrayBuilder();
      for (JsonObject item : sent.getJsonArray("customFields").getValuesAs(JsonObject.class)) {
        fields.add(
            Json.createObjectBuilder()
                .add("id", item.get("id"))
                .add("value", item.get("field_value")));
      }
      read.add("customFields", fields);
    }
    return json(read.build().toString());
  }

  @Test
  void aWholeReadSaysOfEveryFieldWhetherItHasAValue() {
    CrmRecord<GhlContactId> read =
        ContactReader.read(json("{\"id\":\"c\",\"firstName\":\"Jo\"}"), ContactForm.DETAIL)
            .orElseThrow();

    for (ContactField field : ContactField.values()) {
      assertThat(read.fields().mentions(field.fieldName())).isEqualTo(field != ContactField.GENDER);
    }
    assertThat(read.fields().get(name("lastName"))).contains(FieldValue.cleared());
  }

  @Test
  void anEventSaysNothingOfWhatItLeavesOut() {
    CrmRecord<GhlContactId> said =
        ContactReader.event(json("{\"id\":\"c\",\"city\":null,\"email\":\"\",\"dnd\":false}"))
            .orElseThrow();

    assertThat(said.fields().values())
        .containsOnly(
            Map.entry(name("city"), FieldValue.cleared()),
            Map.entry(name("email"), FieldValue.cleared()),
            Map.entry(name("dnd"), new FieldValue.Flag(false)));
    assertThat(said.completeGroups()).isEmpty();
    assertThat(said.changedAt()).isEqualTo(Instant.EPOCH);
  }

  /** Of what a kind of event shows, an element that it leaves out may be gone. */
  @Test
  void anEventShowsGroupsWithoutSayingThatTheyAreComplete() {
    assertThat(shown("{\"type\":\"ContactUpdate\",\"id\":\"c\",\"tags\":[\"a\"]}"))
        .as("the tags are complete")
        .containsExactly("customFields");
    assertThat(shown("{\"type\":\"ContactTagUpdate\",\"id\":\"c\",\"customFields\":[]}"))
        .containsExactlyInAnyOrder("customFields", "tags");
    assertThat(shown("{\"type\":\"ContactDndUpdate\",\"id\":\"c\"}"))
        .containsExactlyInAnyOrder("customFields", "dndSettings", "tags");
  }

  private static Set<String> shown(String event) {
    return ContactReader.event(json(event)).orElseThrow().shownGroups();
  }

  @Test
  void theTypeOfAnEventIsNotTheContacts() {
    CrmRecord<GhlContactId> said =
        ContactReader.event(json("{\"type\":\"ContactUpdate\",\"id\":\"c\",\"city\":\"Bern\"}"))
            .orElseThrow();

    assertThat(said.fields().values()).containsOnlyKeys(name("city"));
  }

  @Test
  void aSearchItemHasItsOwnNames() {
    CrmRecord<GhlContactId> item =
        ContactReader.read(
                json(
                    """
                    {"id":"c","address":"1 Main St","firstNameLowerCase":"jo","postalCode":78701,
                     "tags":["a","a","b"],"dateUpdated":"2026-01-02T03:04:05.678Z",
                     "customFields":[{"id":"f","fieldValue":"x"},{"id":"g","field_value":2.50}]}
                    """),
                ContactForm.SEARCH_ITEM)
            .orElseThrow();

    assertThat(item.fields().get(name("address1"))).contains(FieldValue.text("1 Main St"));
    assertThat(item.fields().mentions(name("firstName")))
        .as("in lower case only: it has one, nobody says how it is written")
        .isFalse();
    assertThat(item.inLowerCase()).containsExactly(Map.entry(name("firstName"), "jo"));
    assertThat(item.fields().get(name("lastName"))).contains(FieldValue.cleared());
    assertThat(item.fields().mentions(name("timezone"))).isFalse();
    assertThat(item.fields().get(name("postalCode"))).contains(FieldValue.text("78701"));
    assertThat(item.fields().get(FieldName.element("customFields", "f")))
        .contains(FieldValue.text("x"));
    assertThat(item.fields().get(FieldName.element("customFields", "g")))
        .contains(new FieldValue.Amount(new BigDecimal("2.5")));
    assertThat(item.completeGroups()).containsExactly("tags");
    assertThat(item.shownGroups()).containsExactly("customFields");
    assertThat(item.changedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  /** Trap 59: in the guide whatever an answer held went into the database, {@code _id} included. */
  @Test
  void whatNobodyAskedForIsLeftOut() {
    String asked = "{\"id\":\"c\",\"firstName\":\"Jo\"";
    CrmRecord<GhlContactId> plain =
        ContactReader.read(json(asked + "}"), ContactForm.DETAIL).orElseThrow();

    CrmRecord<GhlContactId> more =
        ContactReader.read(
                json(
                    asked
                        + """
                        ,"_id":"65f0","locationId":"another","createdAt":"2020-01-01","version":9,
                         "live":false,"sync":{"state":"failed"},"deletedInGhl":true,"$set":{"a":1},
                         "fullName":"undefined Jo","contactName":"undefined Jo"}
                        """),
                ContactForm.DETAIL)
            .orElseThrow();

    assertThat(more).isEqualTo(plain);
  }

  /** Trap 60. */
  @ParameterizedTest
  @CsvSource({
    "1990-09-25, 1990-09-25",
    "1990-09-25T00:00:00.000Z, 1990-09-25",
    "1990-09-25 10:00:00, 1990-09-25",
    "1990-13-25, ''",
    "25.09.1990, ''",
    "1990-09-25x, ''",
    "19, ''",
  })
  void daysAreReadInEveryFormThatIsOne(String given, String day) {
    CrmRecord<GhlContactId> said =
        ContactReader.event(
                Json.createObjectBuilder().add("id", "c").add("dateOfBirth", given).build())
            .orElseThrow();

    assertThat(said.fields().get(name("dateOfBirth")).map(FieldValue.Day.class::cast))
        .isEqualTo(
            day.isEmpty()
                ? Optional.empty()
                : Optional.of(new FieldValue.Day(LocalDate.parse(day))));
  }

  @Test
  void valuesOfAWrongTypeAreAsIfTheyWereNotMentioned() {
    CrmRecord<GhlContactId> said =
        ContactReader.read(
                json(
                    """
                    {"id":"c","firstName":{"$oid":"x"},"email":["a"],"dnd":7,"dateOfBirth":1e9,
                     "phone":1e999999999,"attributionSource":"text","tags":{"a":1},
                     "customFields":"none","dndSettings":[1]}
                    """),
                ContactForm.DETAIL)
            .orElseThrow();

    for (String field : List.of("firstName", "email", "dnd", "dateOfBirth", "phone")) {
      assertThat(said.fields().mentions(name(field))).as(field).isFalse();
    }
    assertThat(said.completeGroups()).isEmpty();
  }

  @Test
  void oddElementsAreLeftOut() {
    String veryLong = "x".repeat(1_000);
    CrmRecord<GhlContactId> said =
        ContactReader.event(
                json(
                    """
                    {"id":"c","tags":["ok"," ",7,null,"%s"],
                     "customFields":[{"id":"f","value":1e999999999},{"id":"","value":1},{"id":"n"},
                      {"id":7,"value":1},3,{"id":"empty","value":[]},{"id":"yes","value":true}],
                     "dndSettings":{"SMS":{"status":"active","b":1,"a":2},"Email":"off"}}
                    """
                        .formatted(veryLong)))
            .orElseThrow();

    assertThat(said.fields().values())
        .containsOnly(
            Map.entry(FieldName.of("tags/ok"), new FieldValue.Flag(true)),
            Map.entry(FieldName.of("customFields/f"), FieldValue.text("1E+999999999")),
            Map.entry(FieldName.of("customFields/empty"), FieldValue.cleared()),
            Map.entry(FieldName.of("customFields/yes"), new FieldValue.Flag(true)),
            Map.entry(
                FieldName.of("dndSettings/SMS"),
                new FieldValue.Structure("{\"a\":2,\"b\":1,\"status\":\"active\"}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":7}", "{\"id\":\"\"}", "{\"id\":\"has blank\"}"})
  void aContactWithoutAnIdIsNone(String text) {
    assertThat(ContactReader.event(json(text))).isEmpty();
  }

  @Test
  void aChannelIsSentWithWhatTheSchemaKnows() {
    JsonObject body =
        ContactPayload.update(
            FieldChanges.of(
                FieldName.of("dndSettings/SMS"),
                new FieldValue.Structure("{\"code\":null,\"more\":1,\"status\":\"active\"}")));

    assertThat(body.get("dndSettings")).hasToString("{\"SMS\":{\"status\":\"active\"}}");
  }

  @Test
  void clearingIsSentAsEachSchemaAllows() {
    Map<FieldName, FieldValue> cleared = new TreeMap<>();
    List.of("firstName", "postalCode", "country", "dnd", "customFields/f")
        .forEach(field -> cleared.put(name(field), FieldValue.cleared()));

    JsonObject body = ContactPayload.update(FieldChanges.of(cleared));

    assertThat(body.get("firstName")).isEqualTo(JsonValue.NULL);
    assertThat(body.get("dnd")).isEqualTo(JsonValue.FALSE);
    assertThat(body.getString("postalCode")).isEmpty();
    assertThat(body.getString("country")).isEmpty();
    assertThat(body.get("customFields")).hasToString("[{\"id\":\"f\",\"field_value\":\"\"}]");
  }

  private static FieldName name(String name) {
    return FieldName.of(name);
  }

  private static JsonObject json(String text) {
    return JsonReads.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
