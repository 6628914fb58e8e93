package com.lpai.architecture.system;

import com.mongodb.client.model.Filters;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Everything a location has in the sandbox beside everything that the database holds of it, field
 * by field. It reads both as a stranger would: the sandbox's own export, and the documents.
 */
@SuppressWarnings("JavaUtilDate") // the driver's
public final class CopyComparison {
  private static final int PAGE = 1_000;

  /** How a value of GoHighLevel is told here. */
  private enum Form {
    AS_IT_IS,
    LOWER_CASE,
    DAY,
    MOMENT,
    MILLIS,
    /** Nought and no are no value. */
    SPARSE,
    APPOINTMENT_STATUS
  }

  private record Field(String theirs, String ours, Form form) {
    static Field same(String name) {
      return new Field(name, name, Form.AS_IT_IS);
    }
  }

  /**
   * One kind of record.
   *
   * @param lists what both hold in a form of its own, taken apart by {@code theirLists} and {@code
   *     ourLists}
   * @param unshared what GoHighLevel has and is not copied
   */
  private record Kind(
      String name,
      String collection,
      String idField,
      List<Field> fields,
      Set<String> lists,
      Set<String> unshared) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "contacts",
              "contacts",
              "ghlContactId",
              fields(
                  "firstName lastName phone companyName address1 city state postalCode country"
                      + " website timezone source assignedTo dnd type email:email:LOWER_CASE"
                      + " dateOfBirth:dateOfBirth:DAY"),
              Set.of("tags", "customFields", "dndSettings"),
              words(
                  "id locationId name dateAdded dateUpdated emailLowerCase firstNameLowerCase"
                      + " lastNameLowerCase fullNameLowerCase")),
          new Kind(
              "opportunities",
              "projects",
              "ghlOpportunityId",
              fields(
                  "name:title status monetaryValue pipelineId pipelineStageId assignedTo"
                      + " contactId:ghlContactId lostReasonId source"
                      + " lastStatusChangeAt:lastStatusChangeAt:MOMENT"
                      + " lastStageChangeAt:lastStageChangeAt:MOMENT"),
              Set.of("followers", "customFields"),
              words("id locationId createdAt updatedAt indexVersion contact")),
          new Kind(
              "appointments",
              "appointments",
              "ghlAppointmentId",
              fields(
                  "title calendarId contactId:ghlContactId assignedUserId:userId address"
                      + " description notes groupId masterEventId rrule"
                      + " startTime:start:MOMENT endTime:end:MOMENT"
                      + " appointmentStatus:status:APPOINTMENT_STATUS"),
              Set.of(),
              words(
                  "id locationId users isRecurring dateAdded dateUpdated assignedResources"
                      + " createdBy")),
          new Kind(
              "pipelines",
              "pipelines",
              "ghlPipelineId",
              fields("name"),
              Set.of("stages"),
              words("id locationId showInFunnel showInPieChart")),
          new Kind(
              "calendars",
              "calendars",
              "ghlCalendarId",
              fields(
                  "name description groupId calendarType isActive:isActive:SPARSE slotDuration"
                      + " slotDurationUnit"
                      + " eventColor"),
              Set.of("teamMembers"),
              words(
                  "id locationId slug widgetSlug eventTitle slotInterval slotIntervalUnit"
                      + " appoinmentPerSlot openHours availabilities autoConfirm notes")),
          new Kind(
              "customFields",
              "custom_fields",
              "ghlCustomFieldId",
              fields("name fieldKey dataType position model picklistOptions"),
              Set.of(),
              words("id locationId placeholder")),
          new Kind(
              "customValues",
              "custom_values",
              "ghlCustomValueId",
              fields("name fieldKey value"),
              Set.of(),
              words("id locationId")),
          new Kind(
              "messages",
              "messages",
              "ghlMessageId",
              fields(
                  "conversationId:ghlConversationId contactId:ghlContactId messageType direction"
                      + " status body contentType attachments userId source"
                      + " dateAdded:dateAdded:MOMENT"),
              Set.of(),
              words("id locationId type meta conversationProviderId")));

  private static final Kind CONVERSATIONS =
      new Kind(
          "conversations",
          "conversations",
          "ghlConversationId",
          fields(
              "contactId:ghlContactId type unreadCount:unreadCount:SPARSE starred:starred:SPARSE"
                  + " assignedTo lastMessageType"
                  + " lastMessageBody lastMessageDate:lastMessageAt:MILLIS"),
          Set.of(),
          words(
              "id locationId fullName contactName email phone dateAdded dateUpdated sort"
                  + " lastMessageDirection inbox deleted lastOutboundMessageAction"
                  + " lastManualMessageDate"));

  private static final Kind USERS =
      new Kind(
          "users",
          "users",
          "ghlUserId",
          fields("name email:email:LOWER_CASE"),
          Set.of("roles"),
          words(
              "id firstName lastName phone extension permissions scopes deleted lcPhone"
                  + " platformLanguage"));

  private final RunningSystem system;
  private final String locationId;
  private final HttpCalls user;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> compared = new TreeMap<>();

  private CopyComparison(RunningSystem system, String locationId) {
    this.system = system;
    this.locationId = locationId;
    this.user = new Sandbox(system).asUserOf(locationId);
  }

  /**
   * What was found.
   *
   * @param differences one line each; none when the copy is complete and equal
   * @param records how many of each kind both have
   */
  public record Result(List<String> differences, Map<String, Integer> records) {}

  /** Compares everything of a location. */
  public static Result of(RunningSystem system, String locationId) {
    CopyComparison comparison = new CopyComparison(system, locationId);
    for (Kind kind : KINDS) {
      comparison.compare(kind, comparison.exported(kind.name()));
    }
    comparison.compare(CONVERSATIONS, comparison.conversations());
    comparison.compare(USERS, comparison.users());
    comparison.compareLocation();
    comparison.compareReferences();
    return new Result(comparison.differences, comparison.compared);
  }

  private static List<Field> fields(String text) {
    List<Field> fields = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      String[] parts = word.split(":", -1);
      String ours = parts.length > 1 ? parts[1] : parts[0];
      Form form = parts.length > 2 ? Form.valueOf(parts[2]) : Form.AS_IT_IS;
      fields.add(parts.length == 1 ? Field.same(word) : new Field(parts[0], ours, form));
    }
    return fields;
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" ", -1));
  }

  // ---- both sides

  private List<JsonObject> exported(String kind) {
    List<JsonObject> all = new ArrayList<>();
    String after = "";
    do {
      JsonObject page =
          system
              .sandbox()
              .get(
                  "/sandbox/locations/%s/records/%s?limit=%d%s"
                      .formatted(locationId, kind, PAGE, after))
              .json();
      all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      after = page.containsKey("after") ? "&after=" + page.getString("after") : "";
    } while (!after.isEmpty());
    return all;
  }

  /** Their export says less of them than their search does. */
  private List<JsonObject> conversations() {
    Map<String, JsonObject> all = new HashMap<>();
    long total = exported("conversations").size();
    String after = "";
    while (all.size() < total) {
      List<JsonObject> page =
          user.with("Version", "2021-04-15")
              .get(
                  "/conversations/search?locationId=%s&sortBy=last_message_date&sort=asc&limit=100%s"
                      .formatted(locationId, after))
              .json()
              .getJsonArray("conversations")
              .getValuesAs(JsonObject.class);
      int before = all.size();
      page.forEach(conversation -> all.put(conversation.getString("id"), conversation));
      if (all.size() == before) {
        differences.add("the sandbox lists " + before + " of " + total + " conversations");
        break;
      }
      after = "&startAfterDate=" + page.getLast().getJsonArray("sort").get(0);
    }
    return List.copyOf(all.values());
  }

  private List<JsonObject> users() {
    String companyId = theirLocation().getString("companyId");
    return user.get(
            "/users/search?companyId=%s&locationId=%s&limit=100".formatted(companyId, locationId))
        .json()
        .getJsonArray("users")
        .getValuesAs(JsonObject.class);
  }

  private JsonObject theirLocation() {
    return user.get("/locations/" + locationId).json().getJsonObject("location");
  }

  private List<Document> documents(String collection) {
    return system
        .database()
        .getCollection(collection)
        .find(Filters.and(Filters.eq("locationId", locationId), Filters.ne("live", false)))
        .into(new ArrayList<>());
  }

  private Document ourLocation() {
    List<Document> found = documents("locations");
    return found.isEmpty() ? new Document() : found.getFirst();
  }

  // ---- comparing

  private void compare(Kind kind, List<JsonObject> theirs) {
    Map<String, Map<String, String>> expected = new TreeMap<>();
    theirs.forEach(record -> expected.put(record.getString("id"), theirs(kind, record)));
    Map<String, Map<String, String>> found = new TreeMap<>();
    for (Document document : documents(kind.collection())) {
      String id = document.getString(kind.idField());
      if (id == null) {
        differ(kind, String.valueOf(document.get("_id")), "is only here");
      } else if (found.put(id, ours(kind, document)) != null) {
        differ(kind, id, "is here twice");
      }
    }
    for (Map.Entry<String, Map<String, String>> record : expected.entrySet()) {
      Map<String, String> ours = found.remove(record.getKey());
      if (ours == null) {
        differ(kind, record.getKey(), "is not here");
      } else {
        compare(kind, record.getKey(), record.getValue(), ours);
      }
    }
    found.keySet().forEach(id -> differ(kind, id, "is not there"));
    compared.put(kind.name(), expected.size());
  }

  private void compare(Kind kind, String id, Map<String, String> theirs, Map<String, String> ours) {
    Set<String> names = new TreeSet<>(theirs.keySet());
    names.addAll(ours.keySet());
    for (String name : names) {
      String there = theirs.getOrDefault(name, "");
      String here = ours.getOrDefault(name, "");
      if (!there.equals(here)) {
        differ(kind, id, "%s is '%s' here and '%s' there".formatted(name, here, there));
      }
    }
  }

  private void differ(Kind kind, String id, String how) {
    differences.add(locationId + " " + kind.name() + " " + id + ": " + how);
  }

  /** What counts as no value is left out. */
  private Map<String, String> theirs(Kind kind, JsonObject record) {
    Map<String, String> values = new TreeMap<>();
    for (Field field : kind.fields()) {
      values.put(field.ours(), theirs(field, record.getOrDefault(field.theirs(), JsonValue.NULL)));
    }
    kind.lists().forEach(list -> theirList(list, record.get(list), values::put));
    for (String property : record.keySet()) {
      boolean isKnown =
          kind.unshared().contains(property)
              || kind.lists().contains(property)
              || kind.fields().stream().anyMatch(field -> field.theirs().equals(property));
      if (!isKnown) {
        differ(kind, record.getString("id"), property + " is compared with nothing");
      }
    }
    values.values().removeIf(String::isEmpty);
    return values;
  }

  private static String theirs(Field field, JsonValue value) {
    String text = text(value);
    if (text.isEmpty()) {
      return text;
    }
    return switch (field.form()) {
      case AS_IT_IS -> text;
      case LOWER_CASE -> text.toLowerCase(Locale.ROOT);
      case DAY -> text.substring(0, 10);
      case MOMENT -> OffsetDateTime.parse(text).toInstant().toString();
      case MILLIS -> Instant.ofEpochMilli(Long.parseLong(text)).toString();
      case SPARSE -> text.equals("0") || text.equals("false") ? "" : text;
      case APPOINTMENT_STATUS -> text.equals("new") ? "scheduled" : text;
    };
  }

  private static void theirList(
      String list, @Nullable JsonValue value, BiConsumer<String, String> values) {
    switch (list) {
      case "tags", "followers" ->
          elements(value).forEach(element -> values.accept(list + "." + text(element), "true"));
      case "customFields" ->
          objects(value)
              .forEach(
                  field ->
                      values.accept(
                          list + "." + field.getString("id"),
                          text(field.getOrDefault("value", field.get("fieldValue")))));
      case "dndSettings" -> {
        if (value instanceof JsonObject channels) {
          channels.forEach((channel, set) -> values.accept(list + "." + channel, text(set)));
        }
      }
      case "stages" ->
          objects(value)
              .forEach(
                  stage ->
                      values.accept(
                          list + "." + stage.getString("id"),
                          stage.getString("name") + " " + stage.getInt("position")));
      case "teamMembers" ->
          objects(value)
              .forEach(member -> values.accept(list + "." + member.getString("userId"), "true"));
      case "roles" -> {
        if (value instanceof JsonObject roles) {
          values.accept("role", roles.getString("role", ""));
        }
      }
      default -> throw new IllegalStateException(list);
    }
  }

  private static List<JsonValue> elements(@Nullable JsonValue value) {
    return value instanceof JsonArray array ? array : List.of();
  }

  private static List<JsonObject> objects(@Nullable JsonValue value) {
    return value instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of();
  }

  private Map<String, String> ours(Kind kind, Document document) {
    Map<String, String> values = new TreeMap<>();
    for (Field field : kind.fields()) {
      values.put(field.ours(), text(document.get(field.ours())));
    }
    kind.lists().forEach(list -> ourList(kind, list, document, values::put));
    values.values().removeIf(String::isEmpty);
    return values;
  }

  private void ourList(
      Kind kind, String list, Document document, BiConsumer<String, String> values) {
    switch (list) {
      case "tags", "followers", "teamMembers" ->
          document
              .getList(list, String.class, List.of())
              .forEach(element -> values.accept(list + "." + element, "true"));
      case "customFields" -> {
        String name = kind.name().equals("opportunities") ? "crmCustomFields" : list;
        document
            .getList(name, Document.class, List.of())
            .forEach(
                field ->
                    values.accept(list + "." + field.getString("id"), text(field.get("value"))));
        if (kind.name().equals("opportunities")) {
          fieldsOfProjects()
              .forEach((id, ours) -> values.accept(list + "." + id, text(document.get(ours))));
        }
      }
      case "dndSettings" ->
          document
              .getList(list, Document.class, List.of())
              .forEach(
                  channel ->
                      values.accept(
                          list + "." + channel.getString("channel"), text(channel.get("value"))));
      case "stages" ->
          document
              .getList(list, Document.class, List.of())
              .forEach(
                  stage ->
                      values.accept(
                          list + "." + stage.getString("id"),
                          stage.getString("name") + " " + stage.get("position")));
      case "roles" -> values.accept("role", text(document.get("role")));
      default -> throw new IllegalStateException(list);
    }
  }

  /** The custom fields that are fields of ours, by their id there. */
  private Map<String, String> fieldsOfProjects() {
    Document ids = ourLocation().get("ghlCustomFields", new Document());
    Map<String, String> fields = new HashMap<>();
    Map.of(
            "project_title", "projectTitle",
            "quote_number", "quoteNumber",
            "signed_date", "signedDate")
        .forEach((key, ours) -> fields.put(ids.get(key, "no id of " + key), ours));
    return fields;
  }

  private void compareLocation() {
    JsonObject theirs = theirLocation();
    Document ours = ourLocation();
    for (String name : List.of("name", "country", "timezone")) {
      String there = theirs.getString(name, "");
      String here = text(ours.get(name));
      if (!there.equals(here)) {
        differences.add(
            "%s: %s is '%s' here and '%s' there".formatted(locationId, name, here, there));
      }
    }
  }

  /** What refers to a contact names our id of it, where we have it. */
  private void compareReferences() {
    Map<String, String> contacts = new HashMap<>();
    documents("contacts")
        .forEach(
            contact ->
                contacts.put(
                    text(contact.get("ghlContactId")), String.valueOf(contact.get("_id"))));
    for (String collection : List.of("projects", "appointments")) {
      for (Document document : documents(collection)) {
        String ghlContactId = text(document.get("ghlContactId"));
        String expected = contacts.getOrDefault(ghlContactId, "");
        if (!expected.isEmpty() && !expected.equals(text(document.get("contactId")))) {
          differences.add(
              "%s %s %s: refers to contact '%s' instead of '%s'"
                  .formatted(
                      locationId,
                      collection,
                      document.get("_id"),
                      document.get("contactId"),
                      expected));
        }
      }
    }
  }

  // ---- values as texts

  private static String text(@Nullable JsonValue value) {
    return switch (value) {
      case null -> "";
      case JsonString text -> text.getString();
      case JsonNumber number -> text(number.bigDecimalValue());
      case JsonArray list ->
          list.isEmpty() ? "" : list.stream().map(v -> text(v)).toList().toString();
      case JsonObject object -> {
        Map<String, String> parts = new TreeMap<>();
        object.forEach((name, part) -> parts.put(name, text(part)));
        yield parts.isEmpty() ? "" : parts.toString();
      }
      default -> value.equals(JsonValue.NULL) ? "" : value.toString();
    };
  }

  private static String text(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Date at -> at.toInstant().equals(Instant.EPOCH) ? "" : at.toInstant().toString();
      case Decimal128 number -> text(number.bigDecimalValue());
      case Number number -> text(new BigDecimal(number.toString()));
      case List<?> list ->
          list.isEmpty() ? "" : list.stream().map(v -> text((Object) v)).toList().toString();
      case Document tagged when tagged.get("json") instanceof String json -> text(parsed(json));
      case Document tagged -> text(tagged.values().iterator().next());
      default -> value.toString();
    };
  }

  private static JsonValue parsed(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readValue();
    }
  }
}
