package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What both searches for opportunities know: snake case names (ghl-facts.md 3.2). */
final class OpportunitySearch {
  /** The details that can be asked for, by both names. */
  private static final Map<String, String> DETAILS =
      Map.of("getNotes", "notes", "getTasks", "tasks", "getCalendarEvents", "calendarEvents");

  private static final Map<String, String> EQUAL =
      Map.of(
          "pipeline_id", "pipeline_id",
          "pipeline_stage_id", "pipeline_stage_id",
          "contact_id", "contact_id",
          "assigned_to", "assigned_to",
          "campaignId", "campaign_id",
          "id", "id",
          "country", "country");
  private static final Set<String> OTHERS =
      Set.of(
          "location_id",
          "q",
          "status",
          "order",
          "date",
          "endDate",
          "startAfter",
          "startAfterId",
          "page",
          "limit");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd-uuuu");
  private static final int MOST_ITEMS = 100;
  private static final int USUAL_ITEMS = 20;

  private final World world;

  OpportunitySearch(World world) {
    this.world = world;
  }

  SearchFields fields() {
    return new SearchFields(
        "limit",
        Set.of("additionalDetails"),
        "date_added",
        Map.of(
            "date_added", it -> it.item().addedAt().toEpochMilli(),
            "date_updated", it -> it.item().updatedAt().toEpochMilli(),
            "name", it -> it.lower("name"),
            "monetary_value", OpportunitySearch::monetaryValue,
            "last_status_change_date", it -> millis(it, "lastStatusChangeAt"),
            "last_stage_change_date", it -> millis(it, "lastStageChangeAt")),
        filterable(),
        Map.of("date_added", Item::addedAt, "date_updated", Item::updatedAt),
        "custom_fields.",
        "customFields",
        this::mentioned);
  }

  private Map<String, Function<Candidate, JsonValue>> filterable() {
    Map<String, Function<Candidate, JsonValue>> fields =
        new HashMap<>(
            SearchFields.stored(
                Map.of(
                    "id", "id",
                    "pipeline_id", "pipelineId",
                    "pipeline_stage_id", "pipelineStageId",
                    "status", "status",
                    "assigned_to", "assignedTo",
                    "contact_id", "contactId",
                    "campaign_id", "campaignId",
                    "date_added", "createdAt",
                    "date_updated", "updatedAt")));
    fields.put(
        "country",
        it ->
            contact(it)
                .map(contact -> contact.json().getOrDefault("country", JsonValue.NULL))
                .orElse(JsonValue.NULL));
    return fields;
  }

  private Stream<String> mentioned(Candidate candidate) {
    Stream<String> ofContact =
        contact(candidate).stream()
            .map(Candidate::new)
            .flatMap(it -> Stream.of("name", "email", "phone").map(it::lower));
    return Stream.concat(Stream.of(candidate.lower("name")), ofContact);
  }

  private Optional<Item> contact(Candidate candidate) {
    return JsonText.text(candidate.json(), "contactId")
        .flatMap(id -> world.of(Kind.CONTACTS, candidate.item().locationId()).find(id));
  }

  private static Object monetaryValue(Candidate candidate) {
    return candidate.json().containsKey("monetaryValue")
        ? candidate.json().getJsonNumber("monetaryValue").doubleValue()
        : 0.0;
  }

  private static Object millis(Candidate candidate, String field) {
    return Instant.parse(candidate.json().getString(field)).toEpochMilli();
  }

  /** The lists that a {@code POST} asks for. */
  static Set<String> details(JsonObject body) {
    JsonValue asked = body.getOrDefault("additionalDetails", JsonValue.EMPTY_JSON_OBJECT);
    if (!(asked instanceof JsonObject)) {
      Errors.refuseIfAny(List.of("additionalDetails must be an object"));
    }
    JsonObject flags =
        new BodyCheck(asked.asJsonObject())
            .flags("notes", "tasks", "calendarEvents", "unReadConversations")
            .checked();
    return Set.copyOf(
        DETAILS.values().stream().filter(name -> flags.getBoolean(name, false)).toList());
  }

  /** The lists that a {@code GET} asks for. */
  static Set<String> details(Request request) {
    return Set.copyOf(
        DETAILS.entrySet().stream()
            .filter(it -> request.queryValue(it.getKey()).map("true"::equals).orElse(false))
            .map(Map.Entry::getValue)
            .toList());
  }

  /** Says the parameters of a {@code GET} as the body of a search; 422 for what is wrong. */
  JsonObject body(Call call) {
    call.allowQuery(
        Set.copyOf(
            Stream.of(OTHERS, EQUAL.keySet(), DETAILS.keySet()).flatMap(Set::stream).toList()));
    List<String> complaints = new ArrayList<>();
    JsonArrayBuilder filters = JsonText.array();
    EQUAL.forEach(
        (parameter, field) ->
            call.request()
                .queryValue(parameter)
                .ifPresent(value -> filters.add(equal(field, value))));
    status(call, complaints).ifPresent(it -> filters.add(equal("status", it)));
    days(call, complaints).ifPresent(filters::add);
    int limit = call.number("limit", USUAL_ITEMS, complaints);
    if (limit > MOST_ITEMS) {
      complaints.add("limit must not be greater than " + MOST_ITEMS);
    }
    int page = call.number("page", 1, complaints);
    String order = call.request().queryValue("order").orElse("added_desc");
    if (!order.equals("added_asc") && !order.equals("added_desc")) {
      complaints.add("order must be one of the following values: added_asc, added_desc");
    }
    JsonObjectBuilder body =
        JsonText.object()
            .add("locationId", call.request().queryValue("location_id").orElse(""))
            .add("limit", limit)
            .add("filters", filters)
            .add(
                "sort",
                JsonText.array()
                    .add(
                        JsonText.object()
                            .add("field", "date_added")
                            .add("direction", order.equals("added_asc") ? "asc" : "desc")));
    call.request().queryValue("q").ifPresent(it -> body.add("query", it));
    Optional<String> after = call.request().queryValue("startAfter");
    if (after.isEmpty()) {
      // GoHighLevel repeats the first page when the id comes alone.
      body.add("page", page);
    } else if (after.get().matches("\\d{1,15}")) {
      // Without the id the records of one moment are repeated or skipped.
      body.add(
          "searchAfter",
          JsonText.array()
              .add(Long.parseLong(after.get()))
              .add(call.request().queryValue("startAfterId").orElse("")));
    } else {
      complaints.add("startAfter must be a number string");
    }
    Errors.refuseIfAny(complaints);
    return body.build();
  }

  private static JsonObject equal(String field, String value) {
    return JsonText.object().add("field", field).add("operator", "eq").add("value", value).build();
  }

  private static Optional<String> status(Call call, List<String> complaints) {
    Optional<String> status = call.request().queryValue("status");
    if (status.isPresent()
        && !status.get().equals("all")
        && !OpportunityEdit.STATUSES.contains(status.get())) {
      complaints.add("status must be one of the following values: open, won, lost, abandoned, all");
    }
    return status.filter(it -> !it.equals("all"));
  }

  /** Both days belong to the range, in the location's time zone. */
  private Optional<JsonObject> days(Call call, List<String> complaints) {
    ZoneId zone =
        world
            .location(call.grant().locationId())
            .map(it -> ZoneId.of(it.getString("timezone")))
            .orElse(ZoneId.of("UTC"));
    JsonObjectBuilder range = JsonText.object();
    day(call, "date", complaints)
        .ifPresent(it -> range.add("gte", it.atStartOfDay(zone).toInstant().toString()));
    day(call, "endDate", complaints)
        .ifPresent(it -> range.add("lt", it.plusDays(1).atStartOfDay(zone).toInstant().toString()));
    JsonObject bounds = range.build();
    return bounds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            JsonText.object()
                .add("field", "date_added")
                .add("operator", "range")
                .add("value", bounds)
                .build());
  }

  private static Optional<LocalDate> day(Call call, String name, List<String> complaints) {
    try {
      return call.request().queryValue(name).map(it -> LocalDate.parse(it, DAY));
    } catch (DateTimeException wrong) {
      complaints.add(name + " must be in the format mm-dd-yyyy");
      return Optional.empty();
    }
  }
}
