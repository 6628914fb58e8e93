package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One thing about the sandbox that can be set while it runs.
 *
 * @param <T> what its values are
 */
public final class Setting<T> {
  private final String name;
  private final T plain;
  private final Function<RandomGenerator, T> draw;
  private final Function<JsonValue, T> reader;
  private final Function<T, JsonValue> writer;

  private Setting(
      String name,
      T plain,
      Function<RandomGenerator, T> draw,
      Function<JsonValue, T> reader,
      Function<T, JsonValue> writer) {
    this.name = name;
    this.plain = plain;
    this.draw = draw;
    this.reader = reader;
    this.writer = writer;
  }

  /** True or false by seed. */
  static Setting<Boolean> flag(String name, boolean plain) {
    return new Setting<>(
        name,
        plain,
        RandomGenerator::nextBoolean,
        value -> isTrue(name, value),
        value -> value ? JsonValue.TRUE : JsonValue.FALSE);
  }

  /** One of these texts by seed; the first is the plain one. */
  static Setting<String> oneOf(String name, String... choices) {
    List<String> known = List.of(choices);
    return new Setting<>(
        name,
        known.getFirst(),
        random -> known.get(random.nextInt(known.size())),
        value -> text(name, value, known),
        JsonText::string);
  }

  /** One of these numbers by seed; the first is the plain one. */
  static Setting<Integer> oneOf(String name, int... choices) {
    List<Integer> known = Arrays.stream(choices).boxed().toList();
    return new Setting<>(
        name,
        known.getFirst(),
        random -> known.get(random.nextInt(known.size())),
        value -> {
          int number = number(name, value, 0, Integer.MAX_VALUE);
          if (!known.contains(number)) {
            throw mistake(name, "one of " + joined(known));
          }
          return number;
        },
        number -> JsonText.number(number));
  }

  /** A number that no seed changes. */
  static Setting<Integer> number(String name, int plain, int most) {
    return new Setting<>(
        name,
        plain,
        random -> plain,
        value -> number(name, value, 0, most),
        number -> JsonText.number(number));
  }

  /** A list of full addresses that is empty unless it is set. */
  static Setting<List<String>> addresses(String name) {
    return new Setting<>(
        name,
        List.of(),
        random -> List.of(),
        value -> addresses(name, value),
        list -> JsonText.array(list).build());
  }

  /** By seed a number from a range. */
  Setting<T> drawnBy(Function<RandomGenerator, T> newDraw) {
    return new Setting<>(name, plain, newDraw, reader, writer);
  }

  /** The same for all seeds. */
  Setting<T> documented() {
    return drawnBy(random -> plain);
  }

  public String name() {
    return name;
  }

  /** The value of seed 0. */
  public T plain() {
    return plain;
  }

  T draw(RandomGenerator random) {
    return draw.apply(random);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException naming the setting and what it takes
   */
  public T read(JsonValue value) {
    return reader.apply(value);
  }

  void requireGood(JsonValue value) {
    Objects.requireNonNull(read(value));
  }

  public JsonValue write(T value) {
    return writer.apply(value);
  }

  private static boolean isTrue(String name, JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> true;
      case FALSE -> false;
      default -> throw mistake(name, "true or false");
    };
  }

  private static String text(String name, JsonValue value, List<String> known) {
    if (value instanceof JsonString text && known.contains(text.getString())) {
      return text.getString();
    }
    throw mistake(name, "one of " + joined(known));
  }

  private static int number(String name, JsonValue value, int least, int most) {
    if (value instanceof JsonNumber number
        && number.isIntegral()
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.intValue();
    }
    throw mistake(name, "a whole number from " + least + " to " + most);
  }

  private static List<String> addresses(String name, JsonValue value) {
    if (value instanceof JsonArray items && items.stream().allMatch(Setting::isAddress)) {
      return items.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }
    throw mistake(name, "a list of full http addresses");
  }

  private static boolean isAddress(JsonValue value) {
    return value instanceof JsonString text && text.getString().matches("https?://[^\\s<>\"]+");
  }

  private static IllegalArgumentException mistake(String name, String expected) {
    return new IllegalArgumentException("setting " + name + " must be " + expected);
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
