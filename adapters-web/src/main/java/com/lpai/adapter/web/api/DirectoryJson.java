package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;

/** A location's directory as the REST API shows it; what GoHighLevel does not tell is absent. */
final class DirectoryJson {
  private DirectoryJson() {}

  static JsonObject of(User user) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("id", user.id().value()).add("name", user.name());
    addText(json, "email", user.email());
    addText(json, "role", user.role());
    return json.build();
  }

  static JsonObject of(Calendar calendar) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", calendar.id().value())
            .add("name", calendar.name())
            .add("icon", calendar.icon())
            .add("isActive", calendar.isActive())
            .add("teamMembers", JSON.createArrayBuilder(calendar.teamMembers()));
    addText(json, "description", calendar.description());
    addText(json, "groupId", calendar.groupId());
    addText(json, "type", calendar.type());
    if (calendar.slotDuration() > 0) {
      json.add("slotDuration", calendar.slotDuration());
    }
    addText(json, "slotDurationUnit", calendar.slotDurationUnit());
    addText(json, "color", calendar.color());
    return json.build();
  }

  static JsonObject of(Pipeline pipeline) {
    JsonArrayBuilder stages = JSON.createArrayBuilder();
    for (Pipeline.Stage stage : pipeline.stages()) {
      stages.add(
          JSON.createObjectBuilder()
              .add("id", stage.id())
              .add("name", stage.name())
              .add("position", stage.position()));
    }
    return JSON.createObjectBuilder()
        .add("id", pipeline.id().value())
        .add("name", pipeline.name())
        .add("stages", stages)
        .build();
  }

  static JsonObject of(CustomField field) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", field.id().value())
            .add("model", field.model().name().toLowerCase(Locale.ROOT))
            .add("name", field.name())
            .add("dataType", field.dataType())
            .add("position", field.position())
            .add("options", JSON.createArrayBuilder(field.options()));
    addText(json, "fieldKey", field.fieldKey());
    return json.build();
  }

  static JsonObject of(CustomValue value) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", value.id().value())
            .add("name", value.name())
            .add("value", value.value());
    addText(json, "fieldKey", value.fieldKey());
    return json.build();
  }

  static void addText(JsonObjectBuilder json, String name, String text) {
    if (!text.isEmpty()) {
      json.add(name, text);
    }
  }
}
