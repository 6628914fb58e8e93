package com.lpai.architecture.model;

import com.lpai.architecture.model.Tales.Side;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What both sides show of one location, and what persons did on them: all that is judged, whatever
 * runs between them.
 */
final class Sides {
  final Here here;
  final Ghl there;
  final Tales tales = new Tales();
  private final Instant firstHour;
  private final Map<String, String> words = new HashMap<>();

  /**
   * Of a location.
   *
   * @param firstHour appointments of the model are from then on
   */
  Sides(Here here, Ghl there, Instant firstHour) {
    this.here = here;
    this.there = there;
    this.firstHour = firstHour;
  }

  /** Learns which ids the location has; whatever GoHighLevel has by now was made there. */
  void begin() {
    for (ModelKind kind : ModelKind.values()) {
      there.records(kind).keySet().forEach(id -> tales.made(Side.THERE, kind, id));
    }
    words.put("size", there.textFieldOfContacts());
    JsonObject pipeline = there.records("pipelines").values().iterator().next();
    words.put("pipeline", pipeline.getString("id"));
    for (int stage = 0; stage < 2; stage++) {
      words.put(
          "stage" + stage, pipeline.getJsonArray("stages").getJsonObject(stage).getString("id"));
    }
    words.put("calendar", there.records("calendars").keySet().iterator().next());
  }

  /** What a value of a {@link ModelField} stands for in this location. */
  String resolved(String symbol) {
    if (symbol.startsWith("{hour")) {
      return hour(symbol.charAt(5) - '0').toString();
    }
    return symbol.startsWith("{") ? word(symbol.substring(1, symbol.length() - 1)) : symbol;
  }

  /** An id that the location has. */
  String word(String name) {
    return Optional.ofNullable(words.get(name)).orElseThrow();
  }

  /** The so manieth hour in which an appointment of the model may be. */
  Instant hour(int number) {
    return firstHour.plus(Duration.ofHours(number));
  }

  String ourName(ModelField field) {
    return field.ours().replace("{size}", word("size"));
  }

  FieldName name(ModelField field) {
    return FieldName.of(ourName(field));
  }

  static FieldValue ours(ModelField field, String value) {
    return switch (field) {
      case DND -> new FieldValue.Flag(value.equals("true"));
      case VIP, OLD -> value.isEmpty() ? FieldValue.cleared() : new FieldValue.Flag(true);
      case VALUE -> new FieldValue.Amount(new BigDecimal(value));
      case START -> new FieldValue.Moment(Instant.parse(value));
      default -> FieldValue.text(value);
    };
  }

  String valueHere(Mirrored<?, ?, ?> record, ModelField field) {
    return shown(record.fields().get(name(field)));
  }

  String valueThere(JsonObject record, ModelField field) {
    return there.value(field, ourName(field), record);
  }

  /** A value as the model writes it. */
  static String shown(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> "";
      case FieldValue.Text(String text) -> text;
      case FieldValue.Flag(boolean flag) -> String.valueOf(flag);
      case FieldValue.Amount(BigDecimal amount) -> Ghl.plain(amount);
      case FieldValue.Moment(Instant at) -> at.toString();
      case FieldValue.Day(var day) -> day.toString();
      case FieldValue.Texts(List<String> texts) -> texts.toString();
      case FieldValue.Structure(String json) -> json;
    };
  }
}
