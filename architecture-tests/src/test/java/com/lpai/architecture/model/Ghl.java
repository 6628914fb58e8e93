package com.lpai.architecture.model;

import com.lpai.dev.sandbox.http.Answer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One location of GoHighLevel as a person there has it: all records, and every change of them. */
abstract class Ghl {
  /** An appointment of the model ends so long after its start. */
  static final Duration HOUR = Duration.ofHours(1);

  static final ZoneId ZONE = ZoneId.of("America/Chicago");

  private final String location;

  /** Of a location whose time zone is {@link #ZONE}. */
  Ghl(String location) {
    this.location = location;
  }

  /** What a GET of the sandbox's control API answers. */
  abstract JsonObject control(String target);

  /** What GoHighLevel answers a person, with that person's token. */
  abstract Answer.Reply answer(String method, String path, String version, JsonObject body);

  /** All records of a kind by id, as the API shows them. */
  Map<String, JsonObject> records(String plural) {
    Map<String, JsonObject> all = new TreeMap<>();
    control("/sandbox/locations/" + location + "/records/" + plural + "?limit=10000")
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .forEach(item -> all.put(item.getString("id"), item));
    return all;
  }

  Map<String, JsonObject> records(ModelKind kind) {
    return records(kind.plural());
  }

  // ---- what a record shows

  /**
   * The value that GoHighLevel shows of a field.
   *
   * @param ours our name of the field
   */
  String value(ModelField field, String ours, JsonObject record) {
    String element = ours.substring(ours.indexOf('/') + 1);
    return switch (field) {
      case FIRST_NAME, CITY, EMAIL -> text(record, field.ours());
      case DND -> String.valueOf(record.getBoolean("dnd", false));
      case VIP, OLD ->
          record.getJsonArray("tags").getValuesAs(JsonString.class).stream()
                  .anyMatch(tag -> tag.getString().equals(element))
              ? "true"
              : "";
      case SIZE -> customField(record, element);
      case TITLE -> text(record, "name");
      case STATUS, STAGE -> text(record, field.ours());
      case VALUE -> text(record, "monetaryValue");
      case QUOTE -> customField(record, customFieldId("opportunity.quote_number"));
      case SUBJECT, PLACE -> text(record, field.ours());
      case STATE ->
          text(record, "appointmentStatus").equals("new")
              ? "scheduled"
              : text(record, "appointmentStatus");
      case START -> moment(text(record, "startTime")).toString();
    };
  }

  /** When an appointment ends. */
  static Instant end(JsonObject appointment) {
    return moment(text(appointment, "endTime"));
  }

  static Instant moment(String told) {
    return told.contains("T")
        ? OffsetDateTime.parse(told).toInstant()
        : LocalDateTime.parse(told.replace(' ', 'T')).atZone(ZONE).toInstant();
  }

  private static String customField(JsonObject record, String id) {
    return record.getJsonArray("customFields").getValuesAs(JsonObject.class).stream()
        .filter(field -> field.getString("id").equals(id))
        .flatMap(
            field ->
                Stream.of("value", "fieldValue", "fieldValueString")
                    .map(name -> text(field, name))
                    .filter(value -> !value.isEmpty()))
        .findFirst()
        .orElse("");
  }

  private static String text(JsonObject object, String name) {
    return switch (object.getOrDefault(name, JsonValue.NULL)) {
      case JsonString string -> string.getString();
      case JsonNumber number -> plain(number.bigDecimalValue());
      default -> "";
    };
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Empty when there is none of this key. */
  String customFieldId(String key) {
    return records("customFields").values().stream()
        .filter(field -> field.getString("fieldKey").equals(key))
        .map(field -> field.getString("id"))
        .findFirst()
        .orElse("");
  }

  /** A custom field of contacts that holds texts. */
  String textFieldOfContacts() {
    return records("customFields").values().stream()
        .filter(field -> field.getString("fieldKey").startsWith("contact."))
        .filter(field -> List.of("TEXT", "LARGE_TEXT").contains(field.getString("dataType")))
        .map(field -> field.getString("id"))
        .findFirst()
        .orElseThrow();
  }

  // ---- what a person does

  /** The new record's id; empty when GoHighLevel refuses it. */
  Optional<String> create(ModelKind kind, JsonObjectBuilder body) {
    String path = kind == ModelKind.APPOINTMENT ? "/calendars/events/appointments" : kind.path();
    return call("POST", path, body.add("locationId", location).build())
        .map(
            answer ->
                switch (kind) {
                  case CONTACT -> answer.getJsonObject("contact");
                  case PROJECT -> answer.getJsonObject("opportunity");
                  case APPOINTMENT -> answer;
                })
        .map(record -> record.getString("id"));
  }

  /** False when GoHighLevel refuses it. */
  boolean edit(ModelField field, String ours, String id, String value) {
    String element = ours.substring(ours.indexOf('/') + 1);
    String path = field.kind().path() + id;
    return switch (field) {
      case FIRST_NAME, CITY, EMAIL -> put(path, Json.createObjectBuilder().add(ours, value));
      case DND -> put(path, Json.createObjectBuilder().add("dnd", value.equals("true")));
      case VIP, OLD ->
          call(
                  value.isEmpty() ? "DELETE" : "POST",
                  path + "/tags",
                  Json.createObjectBuilder()
                      .add("tags", Json.createArrayBuilder().add(element))
                      .build())
              .isPresent();
      case SIZE ->
          put(
              path,
              Json.createObjectBuilder()
                  .add("customFields", customField(element, "field_value", value)));
      case TITLE -> put(path, Json.createObjectBuilder().add("name", value));
      case STATUS, STAGE -> put(path, Json.createObjectBuilder().add(ours, value));
      case VALUE ->
          put(path, Json.createObjectBuilder().add("monetaryValue", new BigDecimal(value)));
      case QUOTE ->
          put(
              path,
              Json.createObjectBuilder()
                  .add(
                      "customFields",
                      customField(
                          customFieldId("opportunity.quote_number"), "field_value", value)));
      case SUBJECT, PLACE -> put(path, Json.createObjectBuilder().add(ours, value));
      case STATE ->
          put(
              path,
              Json.createObjectBuilder()
                  .add("appointmentStatus", value.equals("scheduled") ? "new" : value));
      case START -> put(path, times(Instant.parse(value)));
    };
  }

  /** When an appointment is, whatever else is then. */
  static JsonObjectBuilder times(Instant start) {
    return Json.createObjectBuilder()
        .add("startTime", start.toString())
        .add("endTime", start.plus(HOUR).toString())
        .add("ignoreFreeSlotValidation", true);
  }

  private static JsonArray customField(String id, String name, String value) {
    return Json.createArrayBuilder()
        .add(Json.createObjectBuilder().add("id", id).add(name, value))
        .build();
  }

  boolean delete(ModelKind kind, String id) {
    String path = kind == ModelKind.APPOINTMENT ? "/calendars/events/" + id : kind.path() + id;
    return call("DELETE", path, JsonValue.EMPTY_JSON_OBJECT).isPresent();
  }

  private boolean put(String path, JsonObjectBuilder body) {
    return call("PUT", path, body.build()).isPresent();
  }

  private Optional<JsonObject> call(String method, String path, JsonObject body) {
    String version = path.startsWith("/calendars/") ? "2021-04-15" : "2021-07-28";
    Answer.Reply reply = answer(method, path, version, body);
    if (reply.status() >= 500 || reply.status() == 401 || reply.status() == 422) {
      throw new AssertionError(
          "a person's %s %s was answered %d %s"
              .formatted(
                  method, path, reply.status(), new String(reply.body(), StandardCharsets.UTF_8)));
    }
    if (reply.status() >= 300) {
      return Optional.empty();
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(reply.body()))) {
      return Optional.of(reader.readObject());
    }
  }
}
