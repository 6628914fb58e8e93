package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what is written of an opportunity, and makes the new state of it. */
final class OpportunityEdit {
  /** What an opportunity can be; {@code all} is for searching only. */
  static final List<String> STATUSES = List.of("open", "won", "lost", "abandoned");

  private static final Set<String> NOT_STORED =
      Set.of("locationId", "customFields", "isRemoveAllFollowers", "followersActionType");

  private final World world;
  private final String locationId;

  OpportunityEdit(World world, String locationId) {
    this.world = world;
    this.locationId = locationId;
  }

  /** Reads {@code CreateDto}. */
  JsonObject checkedCreate(JsonObject body) {
    return new BodyCheck(body)
        .required("pipelineId", "locationId", "name", "status", "contactId")
        .oneOf("status", STATUSES)
        .texts("pipelineStageId", "assignedTo")
        .numbers("monetaryValue")
        .known("customFields")
        .complain(fields().complaints(body))
        .checked();
  }

  /** Reads {@code UpdateOpportunityDto}. */
  JsonObject checkedUpdate(JsonObject body) {
    return new BodyCheck(body)
        .texts("pipelineId", "name", "pipelineStageId", "assignedTo")
        .oneOf("status", STATUSES)
        .numbers("monetaryValue")
        .known("customFields")
        .complain(fields().complaints(body))
        .checked();
  }

  /** Reads {@code UpdateStatusDto}. */
  static JsonObject checkedStatus(JsonObject body) {
    return new BodyCheck(body)
        .required("status")
        .oneOf("status", STATUSES)
        .texts("lostReasonId")
        .checked();
  }

  /** Reads {@code UpsertOpportunityDto}; its followers are not required really. */
  static JsonObject checkedUpsert(JsonObject body) {
    return new BodyCheck(body)
        .required("pipelineId", "locationId")
        .texts("id", "name", "pipelineStageId", "assignedTo", "lostReasonId")
        .oneOf("status", STATUSES)
        .numbers("monetaryValue")
        .textLists("followers")
        .flags("isRemoveAllFollowers")
        .oneOf("followersActionType", List.of("add", "remove"))
        .checked();
  }

  /** A new opportunity; 400 when it names a pipeline, stage or contact that is not there. */
  Item created(String id, JsonObject input, Instant now) {
    requireContact(input);
    JsonObject blank =
        JsonText.object()
            .add("id", id)
            .add("locationId", locationId)
            .add("name", "")
            .add("status", "open")
            .add("source", "public api")
            .add("customFields", JsonText.array())
            .add("followers", JsonText.array())
            .add("createdAt", IsoTime.of(now))
            .add("updatedAt", IsoTime.of(now))
            .add("lastStatusChangeAt", IsoTime.of(now))
            .add("lastStageChangeAt", IsoTime.of(now))
            .build();
    return applied(blank, input, now);
  }

  /** Only what is sent changes; an empty text clears. */
  Item updated(Item opportunity, JsonObject input, Instant now) {
    return applied(opportunity.json(), input, now);
  }

  private Item applied(JsonObject before, JsonObject input, Instant now) {
    JsonObjectBuilder after = JsonText.object(before);
    input.forEach(
        (name, value) -> {
          if (NOT_STORED.contains(name)) {
            return;
          }
          if (value instanceof JsonString text && text.getString().isEmpty()) {
            after.remove(name);
          } else {
            after.add(name, value);
          }
        });
    placeInPipeline(before, input, after);
    if (input.get("customFields") instanceof JsonArray sent) {
      after.add("customFields", fields().merged(before.getJsonArray("customFields"), sent));
    }
    JsonObject made = after.build();
    JsonObjectBuilder stamped = JsonText.object(made).add("updatedAt", IsoTime.of(now));
    stampIfChanged("status", "lastStatusChangeAt", before, made, stamped, now);
    stampIfChanged("pipelineStageId", "lastStageChangeAt", before, made, stamped, now);
    if (!made.getString("status").equals("lost")) {
      stamped.remove("lostReasonId");
    }
    return Item.of(Kind.OPPORTUNITIES, stamped.build());
  }

  private static void stampIfChanged(
      String field,
      String stamp,
      JsonObject before,
      JsonObject after,
      JsonObjectBuilder stamped,
      Instant now) {
    JsonValue then = before.getOrDefault(field, JsonValue.NULL);
    if (!then.equals(after.getOrDefault(field, JsonValue.NULL))) {
      stamped.add(stamp, IsoTime.of(now));
    }
  }

  /** A stage must be one of the pipeline's; a pipeline without a stage means its first. */
  private void placeInPipeline(JsonObject before, JsonObject input, JsonObjectBuilder after) {
    if (!input.containsKey("pipelineId") && !input.containsKey("pipelineStageId")) {
      return;
    }
    String pipelineId = input.getString("pipelineId", before.getString("pipelineId", ""));
    List<String> stages =
        world
            .of(Kind.PIPELINES, locationId)
            .find(pipelineId)
            .map(it -> it.json().getJsonArray("stages").getValuesAs(JsonObject.class))
            .orElseThrow(() -> new Refused(Errors.badRequest("The pipeline id is invalid.")))
            .stream()
            .map(stage -> stage.getString("id"))
            .toList();
    Optional<String> wanted = JsonText.text(input, "pipelineStageId").filter(it -> !it.isEmpty());
    if (wanted.isPresent() && !stages.contains(wanted.get())) {
      throw new Refused(Errors.badRequest("The pipeline stage id is invalid."));
    }
    boolean stays = pipelineId.equals(before.getString("pipelineId", ""));
    if (wanted.isEmpty() && !stays) {
      after.add("pipelineStageId", stages.getFirst());
    }
  }

  private void requireContact(JsonObject input) {
    Optional<String> id = JsonText.text(input, "contactId");
    if (id.isPresent() && world.of(Kind.CONTACTS, locationId).find(id.get()).isEmpty()) {
      throw new Refused(
          Errors.badRequest("The contact id " + id.get() + " is invalid for this location."));
    }
  }

  private CustomFieldValues fields() {
    return new CustomFieldValues(world.of(Kind.CUSTOM_FIELDS, locationId));
  }
}
