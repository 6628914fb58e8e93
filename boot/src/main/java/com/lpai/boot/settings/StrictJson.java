package com.lpai.boot.settings;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON file whose every fault is told with its place, such as {@code
 * templates[1].body}. What stands in for a faulty value is never used: the start is refused.
 */
final class StrictJson {
  private final String place;
  private final JsonObject object;
  private final Consumer<String> faults;

  private StrictJson(String place, JsonObject object, Consumer<String> faults) {
    this.place = place;
    this.object = object;
    this.faults = faults;
  }

  /** The value as an object; empty, and told as a fault, when it is none. */
  static Optional<StrictJson> object(String place, JsonValue value, Consumer<String> faults) {
    if (value instanceof JsonObject object) {
      return Optional.of(new StrictJson(place, object, faults));
    }
    faults.accept((place.isEmpty() ? "the file" : place) + " is no object.");
    return Optional.empty();
  }

  void fault(String property, String fault) {
    faults.accept(at(property) + " " + fault + ".");
  }

  private String at(String property) {
    return place.isEmpty() ? property : place + "." + property;
  }

  /** Tells every other property as a fault. */
  StrictJson only(String... known) {
    for (String property : object.keySet()) {
      if (!List.of(known).contains(property)) {
        fault(property, "is unknown here; there are " + String.join(", ", known));
      }
    }
    return this;
  }

  /** The object of this name; empty when there is none. */
  Optional<StrictJson> object(String property) {
    return Optional.ofNullable(object.get(property))
        .flatMap(value -> object(at(property), value, faults));
  }

  /** The objects of this list; none when it is absent. */
  List<StrictJson> list(String property) {
    List<StrictJson> objects = new ArrayList<>();
    JsonValue value = object.get(property);
    if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        object(at(property) + "[" + i + "]", array.get(i), faults).ifPresent(objects::add);
      }
    } else if (value != null) {
      fault(property, "is no list");
    }
    return objects;
  }

  /** The text of this name, which must be there. */
  String text(String property) {
    JsonValue value = object.get(property);
    String text = text(property, value);
    if (value == null) {
      fault(property, "is missing");
    } else if (text.isBlank() && value instanceof JsonString) {
      fault(property, "is empty");
    }
    return text;
  }

  /** The text of this name; empty when it is absent. */
  String textOrEmpty(String property) {
    return text(property, object.get(property));
  }

  private String text(String property, @Nullable JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value != null) {
      fault(property, "is no text");
    }
    return "";
  }

  /** The number of this name, which must be there. */
  BigDecimal amount(String property) {
    JsonValue value = object.get(property);
    if (value instanceof JsonNumber number) {
      try {
        return number.bigDecimalValue();
      } catch (ArithmeticException | NumberFormatException | UnsupportedOperationException e) {
        fault(property, "has too many digits");
      }
    } else {
      fault(property, value == null ? "is missing" : "is no number");
    }
    return BigDecimal.ZERO;
  }
}
