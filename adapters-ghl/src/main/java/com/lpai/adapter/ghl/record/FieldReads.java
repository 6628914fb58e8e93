package com.lpai.adapter.ghl.record;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads fields by what they are. A value of an unexpected type is empty, as if it had not been
 * mentioned; JSON's null and an empty text are {@link FieldValue#cleared()}.
 */
public final class FieldReads {
  /** An element's name must be a field name; GoHighLevel's own are far shorter. */
  private static final int LONGEST_ELEMENT = 200;

  /** An amount as text; longer ones are nobody's money. */
  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d{1,30}(\\.\\d{1,20})?");

  private FieldReads() {}

  /**
   * The value of a field of this type.
   *
   * @param zone where times that tell no offset are meant
   */
  public static Optional<FieldValue> typed(JsonValue value, FieldType type, ZoneId zone) {
    if (value.equals(JsonValue.NULL)) {
      return Optional.of(FieldValue.cleared());
    }
    return switch (type) {
      case TEXT, EMAIL, PHONE, COUNTRY, WORD -> text(value);
      case DAY -> day(value);
      case MOMENT -> moment(value, zone);
      case FLAG -> JsonReads.flag(value).map(FieldValue.Flag::new);
      case AMOUNT -> amount(value);
      case STRUCTURE ->
          value instanceof JsonObject
              ? Optional.of(new FieldValue.Structure(JsonReads.canonical(value)))
              : Optional.empty();
    };
  }

  private static Optional<FieldValue> text(JsonValue value) {
    return switch (value) {
      case JsonString text -> Optional.of(FieldValue.text(text.getString()));
      case JsonNumber number ->
          JsonReads.number(number).map(it -> FieldValue.text(it.toPlainString()));
      default -> Optional.empty();
    };
  }

  private static Optional<FieldValue> amount(JsonValue value) {
    return switch (value) {
      case JsonNumber number -> JsonReads.number(number).map(FieldValue.Amount::new);
      case JsonString text when text.getString().isBlank() -> Optional.of(FieldValue.cleared());
      case JsonString text when DECIMAL.matcher(text.getString().strip()).matches() ->
          Optional.of(new FieldValue.Amount(new BigDecimal(text.getString().strip())));
      default -> Optional.empty();
    };
  }

  private static Optional<FieldValue> moment(JsonValue value, ZoneId zone) {
    return isBlankText(value)
        ? Optional.of(FieldValue.cleared())
        : JsonReads.instant(value, zone).map(FieldValue.Moment::new);
  }

  private static boolean isBlankText(JsonValue value) {
    return value instanceof JsonString text && text.getString().isBlank();
  }

  private static Optional<FieldValue> day(JsonValue value) {
    if (isBlankText(value)) {
      return Optional.of(FieldValue.cleared());
    }
    return value instanceof JsonString text
        ? FieldValue.Day.at(text.getString()).map(day -> day)
        : Optional.empty();
  }

  /** A value of which nobody says what it is: a text, number, texts, or else a structure. */
  public static FieldValue any(JsonValue value) {
    return switch (value) {
      case JsonString text -> FieldValue.text(text.getString());
      case JsonNumber number ->
          JsonReads.number(number)
              .<FieldValue>map(FieldValue.Amount::new)
              .orElseGet(() -> FieldValue.text(number.toString()));
      case JsonArray list when list.isEmpty() -> FieldValue.cleared();
      case JsonArray list when list.stream().allMatch(JsonString.class::isInstance) ->
          new FieldValue.Texts(
              list.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList());
      case JsonArray list -> new FieldValue.Structure(JsonReads.canonical(list));
      case JsonObject object -> new FieldValue.Structure(JsonReads.canonical(object));
      default ->
          JsonReads.flag(value)
              .<FieldValue>map(FieldValue.Flag::new)
              .orElseGet(FieldValue::cleared);
    };
  }

  /** Whether this can be the name of a group's element. */
  public static boolean isElement(String name) {
    return !name.isBlank() && name.length() <= LONGEST_ELEMENT;
  }
}
