package com.lpai.adapter.ghl.json;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads JSON of any shape: what is not as expected is empty, never an exception. */
public final class JsonReads {
  /** Deeper nesting makes the whole unreadable. */
  public static final int DEEPEST = 64;

  private static final int MOST_DIGITS = 64;
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** Its zeros stand for any digit. */
  private static final String USUAL_TIME = "0000-00-00T00:00:00.000Z";

  private static final int NANOS_OF_A_MILLISECOND = 1_000_000;

  private static final DateTimeFormatter ISO_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * A text that was cut in the middle of an emoji ends in half a surrogate pair. No UTF-8 holds
   * that: it would never be read back as it was stored, nor found by it.
   */
  private static final Pattern HALF_OF_A_PAIR = Pattern.compile("\\\\u[dD][89a-fA-F]");

  /** What every match of it begins with: looking for it takes a fraction of the time. */
  private static final String ESCAPED_SIGN = "\\u";

  private static final int REPLACEMENT = 0xFFFD;

  /** Of a key that comes twice the last one counts, as in JavaScript. */
  private static final JsonParserFactory PARSERS =
      JSON.createParserFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.LAST));

  /** {@link Json}'s own methods look for the provider at each call. */
  private static final JsonBuilderFactory BUILDERS = JSON.createBuilderFactory(Map.of());

  private JsonReads() {}

  /** The object in these bytes; empty when they are no UTF-8, no JSON, no object, or too deep. */
  public static Optional<JsonObject> object(byte[] bytes) {
    if (isTooDeep(bytes)) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return document(text) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (CharacterCodingException
        | JsonException
        | ArithmeticException
        | IllegalArgumentException
        | UnsupportedOperationException unreadable) {
      // The last three: what parsers throw at numbers of absurd length.
      return Optional.empty();
    }
  }

  /** The one value in a text; anything after it makes the whole unreadable. */
  private static JsonValue document(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      parser.next();
      JsonValue value = parser.getValue();
      if (parser.hasNext()) {
        throw new JsonException("there is more than one value");
      }
      return text.contains(ESCAPED_SIGN) && HALF_OF_A_PAIR.matcher(text).find()
          ? wellFormed(value)
          : value;
    } catch (NoSuchElementException | IllegalStateException empty) {
      throw new JsonException("there is no value", empty);
    }
  }

  private static JsonValue wellFormed(JsonValue value) {
    return switch (value) {
      case JsonString text -> JSON.createValue(wellFormed(text.getString()));
      case JsonObject object -> {
        JsonObjectBuilder builder = BUILDERS.createObjectBuilder();
        object.forEach((key, child) -> builder.add(wellFormed(key), wellFormed(child)));
        yield builder.build();
      }
      case JsonArray array -> {
        JsonArrayBuilder builder = BUILDERS.createArrayBuilder();
        array.forEach(child -> builder.add(wellFormed(child)));
        yield builder.build();
      }
      default -> value;
    };
  }

  /** The same text with a replacement sign for each half of a surrogate pair. */
  public static String wellFormed(String text) {
    if (text.chars().noneMatch(sign -> Character.isSurrogate((char) sign))) {
      return text;
    }
    return text.codePoints()
        .map(sign -> Character.getType(sign) == Character.SURROGATE ? REPLACEMENT : sign)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Counts brackets outside of texts, so that no parser is asked to recurse without end. */
  private static boolean isTooDeep(byte[] bytes) {
    int depth = 0;
    boolean inText = false;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (inText) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inText = false;
        }
        continue;
      }
      switch (b) {
        case '"' -> inText = true;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }

  /** The text under this key; empty when it is absent or no text. */
  public static String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonString text ? text.getString() : "";
  }

  /** The object under this key; an empty one when it is absent or no object. */
  public static JsonObject child(JsonObject object, String key) {
    return object.get(key) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
  }

  /** The array under this key; an empty one when it is absent or no array. */
  public static JsonArray list(JsonObject object, String key) {
    return object.get(key) instanceof JsonArray list ? list : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** The objects of the array under this key; whatever else it holds is left out. */
  public static List<JsonObject> objects(JsonObject object, String key) {
    return list(object, key).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonValue::asJsonObject)
        .toList();
  }

  /** Yes or no, as JSON or as text; empty for anything else. */
  public static Optional<Boolean> flag(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      case STRING ->
          switch (((JsonString) value).getString()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /**
   * The number, unless it has more digits or a larger exponent than any real value: such a one
   * costs memory and time wherever it is written out.
   */
  public static Optional<BigDecimal> number(JsonNumber number) {
    BigDecimal value = number.bigDecimalValue();
    boolean isReal = value.precision() <= MOST_DIGITS && Math.abs(value.scale()) <= MOST_DIGITS;
    return isReal ? Optional.of(value) : Optional.empty();
  }

  /** A whole number under this key, as JSON or as text of digits. */
  public static Optional<Long> whole(JsonObject object, String key) {
    return whole(object.getOrDefault(key, JsonValue.NULL));
  }

  /** A whole number, as JSON or as text of digits. */
  public static Optional<Long> whole(JsonValue value) {
    try {
      return switch (value) {
        case JsonNumber number -> number(number).map(BigDecimal::longValueExact);
        case JsonString text ->
            Optional.of(text.getString().strip())
                .filter(each -> WHOLE.matcher(each).matches())
                .map(Long::valueOf);
        default -> Optional.empty();
      };
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return Optional.empty();
    }
  }

  /** A whole number from 0 under this key that an int holds. */
  public static Optional<Integer> count(JsonObject object, String key) {
    return whole(object, key)
        .filter(number -> number >= 0 && number <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  /** A time under this key; {@link Instant#EPOCH} when it is absent, unreadable or absurd. */
  public static Instant instant(JsonObject object, String key) {
    return instant(object.getOrDefault(key, JsonValue.NULL), ZoneOffset.UTC).orElse(Instant.EPOCH);
  }

  /**
   * A time, as ISO text or as epoch milliseconds, which may be a text of digits; empty when it is
   * unreadable or absurd.
   *
   * @param zone where it is meant when it tells no offset, as in {@code 2021-07-16 11:00:00}
   */
  public static Optional<Instant> instant(JsonValue value, ZoneId zone) {
    try {
      Optional<Instant> at =
          switch (value) {
            case JsonString text when isUsual(text.getString()) ->
                Optional.of(usual(text.getString()));
            case JsonString text when whole(text).isEmpty() ->
                Optional.of(instant(text.getString().strip(), zone));
            case JsonString digits -> whole(digits).map(Instant::ofEpochMilli);
            case JsonNumber number ->
                number(number).map(it -> Instant.ofEpochMilli(it.longValue()));
            default -> Optional.empty();
          };
      return at.filter(it -> !it.isBefore(EARLIEST) && !it.isAfter(LATEST));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** True for {@code 2021-07-16T11:00:00.000Z}, by its signs: nearly every time comes so. */
  private static boolean isUsual(String text) {
    if (text.length() != USUAL_TIME.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      char wanted = USUAL_TIME.charAt(i);
      if (wanted == '0' ? sign < '0' || sign > '9' : sign != wanted) {
        return false;
      }
    }
    return true;
  }

  /** Without a formatter, which takes ten times as long. */
  private static Instant usual(String text) {
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19),
            digits(text, 20, 23) * NANOS_OF_A_MILLISECOND)
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static Instant instant(String text, ZoneId zone) {
    return switch (ISO_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
      case OffsetDateTime time -> time.toInstant();
      case LocalDateTime time -> time.atZone(zone).toInstant();
      default -> throw new DateTimeException("it is no time");
    };
  }

  /**
   * The same value as text with sorted keys and no blanks, so that equal values are equal texts.
   */
  public static String canonical(JsonValue value) {
    return sorted(value).toString();
  }

  private static JsonValue sorted(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        JsonObjectBuilder builder = BUILDERS.createObjectBuilder();
        new TreeMap<>(object).forEach((key, child) -> builder.add(key, sorted(child)));
        yield builder.build();
      }
      case JsonArray array -> {
        JsonArrayBuilder builder = BUILDERS.createArrayBuilder();
        array.forEach(child -> builder.add(sorted(child)));
        yield builder.build();
      }
      default -> value;
    };
  }

  /** The value in a text that {@link #canonical} wrote; empty when it is no JSON. */
  public static Optional<JsonValue> value(String json) {
    try {
      return Optional.of(document(json));
    } catch (JsonException unreadable) {
      return Optional.empty();
    }
  }
}
