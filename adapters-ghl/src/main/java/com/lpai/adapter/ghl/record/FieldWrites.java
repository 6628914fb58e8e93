package com.lpai.adapter.ghl.record;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirroredField;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writes fields into the bodies that GoHighLevel takes. */
public final class FieldWrites {
  private FieldWrites() {}

  /**
   * Adds those of these fields of which something is said, under GoHighLevel's names.
   *
   * @param accepted which fields the operation takes
   * @param empty what says of a field that it has no value
   */
  public static <F extends MirroredField> void addFields(
      JsonObjectBuilder body,
      List<F> fields,
      FieldChanges values,
      Set<FieldAccess> accepted,
      Function<F, JsonValue> empty) {
    for (F field : fields) {
      if (accepted.contains(field.access()) && !field.crmKey().isEmpty()) {
        values
            .get(field.fieldName())
            .ifPresent(
                value ->
                    body.add(field.crmKey(), value.isCleared() ? empty.apply(field) : json(value)));
      }
    }
  }

  /**
   * Adds the custom fields of which something is said, by their ids; a cleared one is an empty
   * text.
   *
   * @param group the group of fields that are custom fields there
   * @param form how a value that is there is written
   */
  public static void addCustomFields(
      JsonObjectBuilder body,
      String group,
      FieldChanges values,
      Function<FieldValue, JsonValue> form) {
    JsonArrayBuilder listed = JSON.createArrayBuilder();
    values
        .values()
        .forEach(
            (name, value) -> {
              if (name.isIn(group)) {
                listed.add(
                    JSON.createObjectBuilder()
                        .add("id", name.element())
                        .add(
                            "field_value",
                            value.isCleared() ? JSON.createValue("") : form.apply(value)));
              }
            });
    JsonArray all = listed.build();
    if (!all.isEmpty()) {
      body.add("customFields", all);
    }
  }

  /** Only what has a value: a create leaves the rest out. */
  public static FieldChanges given(FieldChanges values) {
    return values.only(name -> !values.get(name).orElseThrow().isCleared());
  }

  public static JsonValue json(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> JsonValue.NULL;
      case FieldValue.Text(String text) -> JSON.createValue(text);
      case FieldValue.Flag(boolean flag) -> flag ? JsonValue.TRUE : JsonValue.FALSE;
      case FieldValue.Amount amount -> JSON.createValue(amount.value());
      case FieldValue.Day day -> JSON.createValue(day.value().toString());
      case FieldValue.Moment moment -> JSON.createValue(moment.value().toString());
      case FieldValue.Texts(List<String> texts) -> JSON.createArrayBuilder(texts).build();
      case FieldValue.Structure(String json) ->
          JsonReads.value(json).orElse(JsonValue.EMPTY_JSON_OBJECT);
    };
  }
}
