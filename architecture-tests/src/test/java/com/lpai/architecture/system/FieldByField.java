package com.lpai.architecture.system;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * Compares every record that GoHighLevel has of a location with the document that we keep of it,
 * field by field. It shares no code with the server: what belongs where is written here once more,
 * and a field of either side that nobody speaks of here is a difference, too.
 */
public final class FieldByField {
  private static final int PAGE = 1_000;
  private static final int NAMED_DIFFERENCES = 20;

  /** What a document has beside the record's own fields. */
  private static final Set<String> KEPT_BY_US =
      Set.of(
          "_id",
          "locationId",
          "live",
          "fullName",
          "searchTerms",
          "contactId",
          "sync",
          "trace",
          "lastSyncedAt",
          "lastWebhookUpdate",
          "heardAt",
          "readAt",
          "toldAt",
          "missedAt",
          "revision",
          "createdBySync",
          "origins",
          "createdAt",
          "updatedAt",
          "version",
          "writeId",
          "icon");

  private static final Map<String, String> OUR_CUSTOM_FIELDS =
      Map.of(
          "opportunity.project_title", "projectTitle",
          "opportunity.quote_number", "quoteNumber",
          "opportunity.signed_date", "signedDate");

  /** Another one is kept as it came, and flagged. */
  private static final Set<Object> KNOWN_STATUSES =
      Set.of(
          "scheduled",
          "confirmed",
          "cancelled",
          "showed",
          "noshow",
          "invalid",
          "active",
          "completed");

  /**
   * What became of a comparison.
   *
   * @param compared how many of each kind GoHighLevel has
   * @param differences the first of them, a line each
   */
  public record Result(Map<String, Integer> compared, int different, List<String> differences) {
    @Override
    public String toString() {
      return different == 0
          ? "equal: " + compared
          : different
              + " differences in "
              + compared
              + ", the first:\n"
              + String.join("\n", differences);
    }
  }

  /** Where a field of GoHighLevel's is kept, and as what. */
  private record Field(String ours, Function<JsonValue, Optional<Object>> value) {}

  /** One kind of record; a field that is in neither map is not expected. */
  private static final class Kind {
    private final String plural;
    private final String collection;
    private final String id;
    private final Map<String, Field> fields = new HashMap<>();
    private final Set<String> notCopied;

    private Kind(String plural, String collection, String id, String... notCopied) {
      this.plural = plural;
      this.collection = collection;
      this.id = id;
      this.notCopied = Set.of(notCopied);
      field("id", id, FieldByField::text);
    }

    private Kind field(String theirs, String ours, Function<JsonValue, Optional<Object>> value) {
      fields.put(theirs, new Field(ours, value));
      return this;
    }

    private Kind texts(String... names) {
      Stream.of(names).forEach(name -> field(name, name, FieldByField::text));
      return this;
    }
  }

  /** In an order in which each finds what it is compared by. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind("customFields", "custom_fields", "ghlCustomFieldId", "locationId", "placeholder")
              .texts("name", "fieldKey", "model", "dataType")
              .field("position", "position", FieldByField::plainOf)
              .field("picklistOptions", "picklistOptions", FieldByField::plainOf),
          new Kind(
                  "contacts",
                  "contacts",
                  "ghlContactId",
                  "locationId",
                  "name",
                  "dateAdded",
                  "dateUpdated",
                  "emailLowerCase",
                  "firstNameLowerCase",
                  "lastNameLowerCase",
                  "fullNameLowerCase")
              .texts("firstName", "lastName", "phone", "companyName", "address1", "city", "state")
              .texts("postalCode", "country", "website", "timezone", "source", "assignedTo", "type")
              .texts("dateOfBirth")
              .field("email", "email", value -> text(value).map(FieldByField::lower))
              .field("dnd", "dnd", FieldByField::flag)
              .field("tags", "tags", value -> names(value, FieldByField::lower))
              .field("customFields", "customFields", value -> pairs(value, "value"))
              .field("dndSettings", "dndSettings", FieldByField::plainOf),
          new Kind(
                  "opportunities",
                  "projects",
                  "ghlOpportunityId",
                  "locationId",
                  "createdAt",
                  "updatedAt",
                  "indexVersion",
                  "contact")
              .texts("pipelineId", "pipelineStageId", "status", "source", "assignedTo")
              .texts("lostReasonId")
              .field("name", "title", FieldByField::text)
              .field("contactId", "ghlContactId", FieldByField::text)
              .field("monetaryValue", "monetaryValue", FieldByField::plainOf)
              .field("lastStatusChangeAt", "lastStatusChangeAt", FieldByField::moment)
              .field("lastStageChangeAt", "lastStageChangeAt", FieldByField::moment)
              .field("followers", "followers", value -> names(value, name -> name))
              .field("customFields", "crmCustomFields", value -> pairs(value, "fieldValue")),
          new Kind(
                  "appointments",
                  "appointments",
                  "ghlAppointmentId",
                  "locationId",
                  "users",
                  "isRecurring",
                  "dateAdded",
                  "dateUpdated",
                  "assignedResources",
                  "createdBy")
              .texts("title", "calendarId", "groupId", "address", "description", "notes", "rrule")
              .texts("masterEventId")
              .field("contactId", "ghlContactId", FieldByField::text)
              .field("assignedUserId", "userId", FieldByField::text)
              .field("appointmentStatus", "status", FieldByField::appointmentStatus)
              .field("startTime", "start", FieldByField::moment)
              .field("endTime", "end", FieldByField::moment),
          new Kind(
                  "messages",
                  "messages",
                  "ghlMessageId",
                  "locationId",
                  "type",
                  "meta",
                  "conversationProviderId")
              .texts("messageType", "body", "direction", "status", "contentType", "source")
              .texts("userId")
              .field("contactId", "ghlContactId", FieldByField::text)
              .field("conversationId", "ghlConversationId", FieldByField::text)
              .field("attachments", "attachments", FieldByField::plainOf)
              .field("dateAdded", "dateAdded", FieldByField::moment),
          // GoHighLevel's list tells neither who has a conversation nor whether it is starred.
          new Kind(
                  "conversations",
                  "conversations",
                  "ghlConversationId",
                  "locationId",
                  "deleted",
                  "inbox",
                  "assignedTo",
                  "starred")
              .field("contactId", "ghlContactId", FieldByField::text)
              .field("type", "type", FieldByField::conversationType)
              .field("unreadCount", "unreadCount", FieldByField::plainOf),
          new Kind(
                  "pipelines",
                  "pipelines",
                  "ghlPipelineId",
                  "locationId",
                  "showInFunnel",
                  "showInPieChart")
              .texts("name")
              .field("stages", "stages", value -> each(value, FieldByField::stage)),
          new Kind(
                  "calendars",
                  "calendars",
                  "ghlCalendarId",
                  "locationId",
                  "slug",
                  "widgetSlug",
                  "eventTitle",
                  "slotInterval",
                  "slotIntervalUnit",
                  "appoinmentPerSlot",
                  "openHours",
                  "availabilities",
                  "autoConfirm",
                  "notes")
              .texts("name", "description", "groupId", "calendarType", "slotDurationUnit")
              .texts("eventColor")
              .field("isActive", "isActive", FieldByField::flag)
              .field("slotDuration", "slotDuration", FieldByField::plainOf)
              .field(
                  "teamMembers",
                  "teamMembers",
                  value -> each(value, member -> member.asJsonObject().getString("userId"))),
          new Kind("customValues", "custom_values", "ghlCustomValueId", "locationId")
              .texts("name", "fieldKey", "value"));

  private static final Kind USERS =
      new Kind(
              "users",
              "users",
              "ghlUserId",
              "firstName",
              "lastName",
              "phone",
              "extension",
              "permissions",
              "scopes",
              "deleted",
              "lcPhone",
              "platformLanguage")
          .texts("name")
          .field("email", "email", value -> text(value).map(FieldByField::lower))
          .field("roles", "role", value -> text(value.asJsonObject().get("role")));

  private final HttpCalls sandbox;
  private final HttpCalls user;
  private final MongoDatabase database;
  private final String locationId;
  private final Map<String, Integer> compared = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private int different;

  /** The newest message of each conversation: the list of conversations tells it, no other read. */
  private final Map<String, Map<String, Object>> newestMessages = new HashMap<>();

  private final Map<String, String> customFieldIds = new HashMap<>();

  private FieldByField(RunningSystem system, String locationId) {
    sandbox = system.sandbox();
    user = new Sandbox(system).asUserOf(locationId);
    database = system.database();
    this.locationId = locationId;
  }

  /** Compares everything of a location. */
  public static Result compared(RunningSystem system, String locationId) {
    FieldByField comparison = new FieldByField(system, locationId);
    KINDS.forEach(comparison::compareAll);
    comparison.compareLocationAndUsers();
    return new Result(
        Map.copyOf(comparison.compared), comparison.different, List.copyOf(comparison.differences));
  }

  private void compareLocationAndUsers() {
    JsonObject theirs = user.get("/locations/" + locationId).json().getJsonObject("location");
    Document ours =
        Optional.ofNullable(database.getCollection("locations").find(ofLocation()).first())
            .orElseGet(Document::new);
    for (String name : List.of("name", "country", "timezone", "companyId")) {
      if (!theirs.getString(name, "").equals(ours.getString(name))) {
        differs("the location's %s: there %s, here %s".formatted(name, theirs.get(name), ours));
      }
    }
    List<JsonObject> listed =
        user.get(
                "/users/search?companyId=%s&locationId=%s&limit=100"
                    .formatted(theirs.getString("companyId"), locationId))
            .json()
            .getJsonArray("users")
            .getValuesAs(JsonObject.class);
    comparePage(USERS, listed);
    compareCount(USERS, listed.size());
  }

  private void compareAll(Kind kind) {
    int total = 0;
    String after = "";
    do {
      JsonObject page =
          sandbox
              .get(
                  "/sandbox/locations/%s/records/%s?limit=%d%s"
                      .formatted(locationId, kind.plural, PAGE, after))
              .json();
      List<JsonObject> records = page.getJsonArray("items").getValuesAs(JsonObject.class);
      comparePage(kind, records);
      total += records.size();
      after = page.containsKey("after") ? "&after=" + page.getString("after") : "";
    } while (!after.isEmpty());
    compareCount(kind, total);
  }

  private void compareCount(Kind kind, int total) {
    compared.put(kind.plural, total);
    long ours = database.getCollection(kind.collection).countDocuments(ofLocation());
    if (ours != total) {
      differs("%s: %d there, %d here".formatted(kind.plural, total, ours));
    }
  }

  /** What is deleted there stays here as such. */
  private org.bson.conversions.Bson ofLocation() {
    return Filters.and(Filters.eq("locationId", locationId), Filters.ne("live", false));
  }

  private void comparePage(Kind kind, List<JsonObject> records) {
    Map<String, Document> ours = documents(kind, records);
    Map<String, Object> contacts = contactIds(kind, records);
    for (JsonObject record : records) {
      String name = kind.plural + " " + record.getString("id");
      Optional<Document> document = Optional.ofNullable(ours.get(record.getString("id")));
      if (document.isEmpty()) {
        differs(name + " is not here");
        continue;
      }
      Map<String, Object> stored = stored(document.get());
      Map<String, Object> expected = expected(kind, name, record);
      if (kind.plural.equals("conversations")) {
        // The list does not tell these; who has read the conversation alone knows them.
        for (String told : List.of("assignedTo", "starred")) {
          if (stored.containsKey(told)) {
            plainOf(record.getOrDefault(told, JsonValue.NULL))
                .ifPresent(it -> expected.put(told, it));
          }
        }
      }
      compare(name, expected, stored);
      compareState(name, document.get(), contacts);
      switch (kind.plural) {
        case "customFields" ->
            customFieldIds.put(record.getString("fieldKey"), record.getString("id"));
        case "messages" -> noteMessage(record);
        default -> {}
      }
    }
  }

  private Map<String, Document> documents(Kind kind, List<JsonObject> records) {
    Map<String, Document> found = new HashMap<>();
    List<String> ids = records.stream().map(record -> record.getString("id")).toList();
    for (Document document :
        database
            .getCollection(kind.collection)
            .find(Filters.and(ofLocation(), Filters.in(kind.id, ids)))) {
      found.put(document.getString(kind.id), document);
    }
    return found;
  }

  /** Our ids of the contacts that these records name. */
  private Map<String, Object> contactIds(Kind kind, List<JsonObject> records) {
    Map<String, Object> found = new HashMap<>();
    if (kind.collection.equals("projects") || kind.collection.equals("appointments")) {
      List<String> ids = records.stream().map(record -> record.getString("contactId", "")).toList();
      for (Document contact :
          database
              .getCollection("contacts")
              .find(Filters.and(ofLocation(), Filters.in("ghlContactId", ids)))
              .projection(Projections.include("ghlContactId"))) {
        found.put(contact.getString("ghlContactId"), contact.get("_id").toString());
      }
    }
    return found;
  }

  private Map<String, Object> expected(Kind kind, String name, JsonObject record) {
    Map<String, Object> expected = new TreeMap<>();
    record.forEach(
        (key, value) -> {
          Field field = kind.fields.get(key);
          if (field != null) {
            field.value().apply(value).ifPresent(it -> expected.put(field.ours(), it));
          } else if (!kind.notCopied.contains(key)) {
            differs(name + ": nobody here knows " + key);
          }
        });
    if (kind.plural.equals("opportunities")) {
      takeOut(expected);
    }
    if (kind.plural.equals("appointments") && !KNOWN_STATUSES.contains(expected.get("status"))) {
      expected.put("flaggedFields", List.of("status"));
    }
    if (kind.plural.equals("messages")
        && record.getOrDefault("meta", JsonValue.NULL) instanceof JsonObject meta) {
      expected.putAll(ofCallOrMails(meta));
    }
    if (kind.plural.equals("conversations")) {
      expected.putAll(newestMessages.getOrDefault(record.getString("id"), Map.of()));
    }
    return expected;
  }

  private static Map<String, Object> ofCallOrMails(JsonObject meta) {
    Map<String, Object> told = new TreeMap<>();
    JsonObject mails =
        meta.getOrDefault("email", JsonValue.NULL) instanceof JsonObject email
            ? email
            : JsonValue.EMPTY_JSON_OBJECT;
    plainOf(mails.getOrDefault("messageIds", JsonValue.NULL))
        .ifPresent(ids -> told.put("emailMessageIds", ids));
    text(meta.getOrDefault("callStatus", JsonValue.NULL))
        .ifPresent(status -> told.put("callStatus", status));
    text(meta.getOrDefault("callDuration", JsonValue.NULL))
        .ifPresent(seconds -> told.put("callSeconds", plain(new BigDecimal(seconds.toString()))));
    return told;
  }

  /** Custom fields that are fields of ours are kept as such. */
  private void takeOut(Map<String, Object> project) {
    if (project.get("crmCustomFields") instanceof Map<?, ?> told) {
      Map<Object, Object> left = new TreeMap<>(told);
      OUR_CUSTOM_FIELDS.forEach(
          (key, field) ->
              Optional.ofNullable(left.remove(customFieldIds.getOrDefault(key, "")))
                  .ifPresent(value -> project.put(field, value)));
      project.put("crmCustomFields", left);
      project.values().removeIf(value -> value instanceof Map<?, ?> map && map.isEmpty());
    }
  }

  private void noteMessage(JsonObject message) {
    Map<String, Object> newest = new HashMap<>();
    moment(message.get("dateAdded")).ifPresent(at -> newest.put("lastMessageAt", at));
    text(message.get("messageType")).ifPresent(type -> newest.put("lastMessageType", type));
    text(message.get("body")).ifPresent(body -> newest.put("lastMessageBody", body));
    newestMessages.merge(
        message.getString("conversationId"),
        newest,
        (one, other) ->
            ((Instant) other.get("lastMessageAt")).isAfter((Instant) one.get("lastMessageAt"))
                ? other
                : one);
  }

  private static Map<String, Object> stored(Document document) {
    Map<String, Object> stored = new TreeMap<>();
    document.forEach(
        (key, value) -> {
          if (!KEPT_BY_US.contains(key)) {
            stored.put(key, plain(value));
          }
        });
    return stored;
  }

  private void compare(String name, Map<String, Object> expected, Map<String, Object> stored) {
    if (expected.equals(stored)) {
      return;
    }
    Set<String> names = new java.util.TreeSet<>(expected.keySet());
    names.addAll(stored.keySet());
    for (String field : names) {
      Optional<Object> there = Optional.ofNullable(expected.get(field));
      Optional<Object> here = Optional.ofNullable(stored.get(field));
      if (!there.equals(here)) {
        differs("%s, %s: there %s, here %s".formatted(name, field, there, here));
      }
    }
  }

  /** A mirrored record has nothing to tell, and what it refers to is found. */
  private void compareState(String name, Document document, Map<String, Object> contacts) {
    if (document.get("sync") instanceof Document sync) {
      if (!sync.getString("state").equals("synced")) {
        differs(name + " is not synced");
      }
      Optional<Object> wanted =
          Optional.ofNullable(document.getString("ghlContactId")).map(contacts::get);
      Optional<Object> refersTo =
          Optional.ofNullable(document.get("contactId")).map(Object::toString);
      if (!wanted.equals(refersTo)) {
        differs(name + " refers to another contact");
      }
    }
  }

  private void differs(String what) {
    different++;
    if (differences.size() < NAMED_DIFFERENCES) {
      differences.add(what);
    }
  }

  // ---- values of theirs

  private static Optional<Object> text(JsonValue value) {
    return value instanceof JsonString text && !text.getString().isEmpty()
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static Object lower(Object text) {
    return lower(text.toString());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Optional<Object> flag(JsonValue value) {
    return Optional.of(value.equals(JsonValue.TRUE));
  }

  private static Optional<Object> moment(JsonValue value) {
    return text(value).map(text -> OffsetDateTime.parse(text.toString()).toInstant());
  }

  private static Optional<Object> appointmentStatus(JsonValue value) {
    return text(value).map(word -> word.equals("new") ? "scheduled" : word);
  }

  /** One by one it is a number, in the list a word. */
  private static Optional<Object> conversationType(JsonValue value) {
    List<String> words =
        List.of("TYPE_PHONE", "TYPE_EMAIL", "TYPE_FB_MESSENGER", "TYPE_REVIEW", "TYPE_GROUP_SMS");
    return Optional.of(words.get(((JsonNumber) value).intValue() - 1));
  }

  private static Optional<Object> names(JsonValue value, UnaryOperator<String> form) {
    return nonEmpty(
        value.asJsonArray().getValuesAs(JsonString.class).stream()
            .map(name -> form.apply(name.getString()))
            .distinct()
            .sorted()
            .map(Object.class::cast)
            .toList());
  }

  private static Optional<Object> pairs(JsonValue value, String key) {
    Map<String, Object> pairs = new TreeMap<>();
    for (JsonObject pair : value.asJsonArray().getValuesAs(JsonObject.class)) {
      plainOf(pair.get(key)).ifPresent(it -> pairs.put(pair.getString("id"), it));
    }
    return pairs.isEmpty() ? Optional.empty() : Optional.of(pairs);
  }

  private static Optional<Object> each(JsonValue list, Function<JsonValue, Object> form) {
    return nonEmpty(list.asJsonArray().stream().map(form).toList());
  }

  private static Object stage(JsonValue value) {
    JsonObject stage = value.asJsonObject();
    return Map.of(
        "id",
        stage.getString("id"),
        "name",
        stage.getString("name"),
        "position",
        BigDecimal.valueOf(stage.getInt("position")));
  }

  private static Optional<Object> nonEmpty(List<Object> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  /** Any JSON value; what says nothing is empty. */
  private static Optional<Object> plainOf(JsonValue value) {
    return switch (value) {
      case JsonString text -> text(text);
      case JsonNumber number -> Optional.of(plain(number.bigDecimalValue()));
      case JsonArray array -> nonEmpty(array.stream().flatMap(it -> plainOf(it).stream()).toList());
      case JsonObject object -> {
        Map<String, Object> map = new TreeMap<>();
        object.forEach((key, it) -> plainOf(it).ifPresent(plain -> map.put(key, plain)));
        yield map.isEmpty() ? Optional.empty() : Optional.of(map);
      }
      default -> value.equals(JsonValue.NULL) ? Optional.empty() : flag(value);
    };
  }

  // ---- values of ours

  private static Object plain(Object stored) {
    return switch (stored) {
      case Decimal128 number -> plain(number.bigDecimalValue());
      case BigDecimal number ->
          number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
      case Number number -> plain(new BigDecimal(number.toString()));
      case Date date -> date.toInstant();
      case List<?> list -> plain(list);
      case Document document -> plain(document);
      default -> stored;
    };
  }

  private static Object plain(List<?> list) {
    Map<String, Object> pairs = new TreeMap<>();
    for (Object element : list) {
      if (element instanceof Document pair && pair.size() == 2 && pair.containsKey("value")) {
        String name = pair.containsKey("id") ? pair.getString("id") : pair.getString("channel");
        pairs.put(name, plain(pair.get("value")));
      }
    }
    return pairs.isEmpty() ? list.stream().map(FieldByField::plain).toList() : pairs;
  }

  private static Object plain(Document document) {
    if (document.size() == 1 && document.get("json") instanceof String json) {
      try (JsonReader reader = Json.createReader(new StringReader(json))) {
        return plainOf(reader.readValue()).orElse("");
      }
    }
    Map<String, Object> map = new TreeMap<>();
    document.forEach((key, value) -> map.put(key, plain(value)));
    return map;
  }
}
