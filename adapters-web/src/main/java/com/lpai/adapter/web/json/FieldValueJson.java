package com.lpai.adapter.web.json;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonValue;
import java.util.List;

/** Values of fields in JSON; null where there is none. */
public final class FieldValueJson {
  private FieldValueJson() {}

  public static JsonValue of(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> JsonValue.NULL;
      case FieldValue.Text(String text) -> JSON.createValue(text);
      case FieldValue.Flag(boolean flag) -> flag ? JsonValue.TRUE : JsonValue.FALSE;
      case FieldValue.Amount amount -> JSON.createValue(amount.value());
      case FieldValue.Day day -> JSON.createValue(day.value().toString());
      case FieldValue.Moment moment -> JSON.createValue(moment.value().toString());
      case FieldValue.Texts(List<String> texts) -> JSON.createArrayBuilder(texts).build();
      case FieldValue.Structure(String json) -> JsonText.parse(json);
    };
  }
}
