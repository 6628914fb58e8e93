package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Makes the pipelines, lost reasons and opportunities of a seeding. */
final class SeededDeals {
  private static final List<String> PIPELINES =
      List.of("Sales", "Service", "Commercial", "Warranty");
  private static final List<String> STAGES =
      List.of("New Lead", "Contacted", "Quote Sent", "Scheduled", "Done");
  private static final List<String> REASONS =
      List.of("Too expensive", "No answer", "Chose another company");
  private static final List<String> JOBS =
      List.of("Water heater", "Roof repair", "Boiler", "Bathroom", "Drain cleaning", "AC unit");

  private record Pipeline(String id, List<String> stageIds) {}

  private final Seeding seeding;

  SeededDeals(Seeding seeding) {
    this.seeding = seeding;
  }

  void into(World world, List<String> contactIds, List<String> userIds) {
    List<Pipeline> pipelines = pipelines(world);
    List<String> reasons = reasons(world);
    List<JsonObject> fields = SeededFields.ofDeals(world, seeding.locationId());
    Book book = world.of(Kind.OPPORTUNITIES, seeding.locationId());
    Chance chance = seeding.chanceOf("opportunities");
    Instant created = SeededPeople.FIRST_DAY;
    for (int i = 0; i < seeding.count(Kind.OPPORTUNITIES); i++) {
      // Imports make many at one moment: a page may end in the middle of them.
      if (i == 0 || !chance.percent(10)) {
        created = SeededPeople.FIRST_DAY.plusMillis(chance.below(SeededPeople.SPAN.toMillis()));
      }
      int contact = i % contactIds.size();
      Pipeline pipeline = pipelines.get((i / contactIds.size() + contact) % pipelines.size());
      JsonObjectBuilder deal = deal(chance, created, pipeline, reasons);
      if (!userIds.isEmpty() && chance.percent(60)) {
        deal.add("assignedTo", chance.pick(userIds));
      }
      book.putSettled(
          deal.add("contactId", contactIds.get(contact))
              .add("customFields", values(chance, fields))
              .build());
    }
  }

  private List<Pipeline> pipelines(World world) {
    Chance chance = seeding.chanceOf("pipelines");
    List<Pipeline> made = new ArrayList<>();
    for (int i = 0; i < seeding.count(Kind.PIPELINES); i++) {
      String id = chance.id();
      JsonArrayBuilder stages = JsonText.array();
      List<String> stageIds = new ArrayList<>();
      for (int position = 0; position < STAGES.size(); position++) {
        String stageId = chance.uuid();
        stageIds.add(stageId);
        stages.add(
            JsonText.object()
                .add("id", stageId)
                .add("name", STAGES.get(position))
                .add("position", position)
                .add("showInFunnel", true)
                .add("showInPieChart", true));
      }
      String name = PIPELINES.get(i % PIPELINES.size());
      world
          .of(Kind.PIPELINES, seeding.locationId())
          .putSettled(
              JsonText.object()
                  .add("id", id)
                  .add("name", i < PIPELINES.size() ? name : name + " " + i)
                  .add("stages", stages)
                  .add("showInFunnel", true)
                  .add("showInPieChart", true)
                  .add("locationId", seeding.locationId())
                  .build());
      made.add(new Pipeline(id, stageIds));
    }
    return made;
  }

  private List<String> reasons(World world) {
    Chance chance = seeding.chanceOf("lostReasons");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < seeding.count(Kind.LOST_REASONS); i++) {
      String id = chance.id();
      ids.add(id);
      world
          .of(Kind.LOST_REASONS, seeding.locationId())
          .putSettled(
              JsonText.object()
                  .add("id", id)
                  .add("name", i < REASONS.size() ? REASONS.get(i) : "Reason " + i)
                  .add("locationId", seeding.locationId())
                  .add("createdAt", IsoTime.of(SeededPeople.FIRST_DAY))
                  .add("updatedAt", IsoTime.of(SeededPeople.FIRST_DAY))
                  .build());
    }
    return ids;
  }

  private JsonObjectBuilder deal(
      Chance chance, Instant created, Pipeline pipeline, List<String> reasons) {
    Instant changed = created.plusSeconds(chance.below(20 * 86_400L));
    String status = chance.pick(List.of("open", "open", "open", "won", "lost", "abandoned"));
    JsonObjectBuilder deal =
        JsonText.object()
            .add("id", chance.id())
            .add("locationId", seeding.locationId())
            .add("name", chance.pick(JOBS) + " " + chance.pick(SeededPeople.LAST_NAMES))
            .add("pipelineId", pipeline.id())
            .add("pipelineStageId", chance.pick(pipeline.stageIds()))
            .add("status", status)
            .add("followers", JsonText.array())
            .add("createdAt", IsoTime.of(created))
            .add("updatedAt", IsoTime.of(changed))
            .add("lastStatusChangeAt", IsoTime.of(changed))
            .add("lastStageChangeAt", IsoTime.of(changed));
    if (chance.percent(80)) {
      deal.add("monetaryValue", chance.below(20_000));
    }
    if (chance.percent(70)) {
      deal.add("source", chance.pick(SeededPeople.SOURCES));
    }
    if (status.equals("lost") && !reasons.isEmpty()) {
      deal.add("lostReasonId", chance.pick(reasons));
    }
    return deal;
  }

  private static JsonArrayBuilder values(Chance chance, List<JsonObject> fields) {
    JsonArrayBuilder values = JsonText.array();
    for (JsonObject field : fields) {
      if (chance.percent(40)) {
        values.add(
            JsonText.object()
                .add("id", field.getString("id"))
                .add("value", value(chance, field.getString("dataType"))));
      }
    }
    return values;
  }

  private static JsonValue value(Chance chance, String dataType) {
    return switch (dataType) {
      case "DATE" ->
          JsonText.string(LocalDate.of(2026, 1, 1).plusDays(chance.below(700)).toString());
      case "MONETORY" -> JsonText.decimal(chance.below(9000) + ".5");
      case "NUMERICAL" -> JsonText.number(1 + chance.below(12));
      case "MULTIPLE_OPTIONS" ->
          JsonText.array(SeededFields.OPTIONS.subList(0, 1 + chance.below(3))).build();
      default -> JsonText.string("Q-" + chance.below(10_000));
    };
  }
}
