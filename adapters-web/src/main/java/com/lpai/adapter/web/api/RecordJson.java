package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.SyncState;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What all records that both sides keep have in common in the REST API. */
final class RecordJson {
  private RecordJson() {}

  /** The plain fields of the record's table; one without a value is absent. */
  static void addFields(JsonObjectBuilder json, Mirrored<?, ?, ?> record) {
    for (MirroredField field : record.table().fields()) {
      FieldValue value = record.fields().get(field.fieldName());
      if (!value.isCleared()) {
        json.add(field.key(), FieldValueJson.of(value));
      }
    }
  }

  /** What the record's values are not: how far they are told, since when, and who changed them. */
  static void addState(JsonObjectBuilder json, Mirrored<?, ?, ?> record) {
    json.add("sync", sync(record.sync(), record.trace()))
        .add("createdBySync", record.createdBySync())
        .add("createdAt", record.createdAt().toString())
        .add("updatedAt", record.updatedAt().toString());
    if (!record.conflicts().isEmpty()) {
      json.add("conflicts", conflicts(record.conflicts()));
    }
  }

  /** The elements of a group as a list of ids and values. */
  static JsonArrayBuilder valuesOf(Mirrored<?, ?, ?> record, String group) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Map.Entry<FieldName, FieldValue> field : record.fields().values().entrySet()) {
      if (field.getKey().isIn(group)) {
        list.add(
            JSON.createObjectBuilder()
                .add("id", field.getKey().element())
                .add("value", FieldValueJson.of(field.getValue())));
      }
    }
    return list;
  }

  /** The elements of a group that is a set of names. */
  static JsonArrayBuilder namesOf(Mirrored<?, ?, ?> record, String group) {
    return JSON.createArrayBuilder(
        record.fields().values().keySet().stream()
            .filter(name -> name.isIn(group))
            .map(FieldName::element)
            .toList());
  }

  private static JsonObjectBuilder sync(SyncState sync, CrmTrace trace) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder().add("state", sync.phase().name().toLowerCase(Locale.ROOT));
    if (!sync.problem().isEmpty()) {
      json.add("error", sync.problem());
    }
    Stream.of(trace.lastReadAt(), trace.lastPushAt(), trace.lastWebhookAt())
        .max(Comparator.naturalOrder())
        .filter(Instant.EPOCH::isBefore)
        .ifPresent(at -> json.add("lastSyncedAt", at.toString()));
    return json;
  }

  private static JsonArrayBuilder conflicts(List<Conflict> conflicts) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Conflict conflict : conflicts) {
      list.add(
          JSON.createObjectBuilder()
              .add("field", conflict.field().value())
              .add("base", FieldValueJson.of(conflict.base()))
              .add("ours", FieldValueJson.of(conflict.ours()))
              .add("theirs", FieldValueJson.of(conflict.theirs()))
              .add("state", conflict.state().name().toLowerCase(Locale.ROOT))
              .add("winner", conflict.winner().name().toLowerCase(Locale.ROOT))
              .add("noticedAt", conflict.noticedAt().toString()));
    }
    return list;
  }
}
