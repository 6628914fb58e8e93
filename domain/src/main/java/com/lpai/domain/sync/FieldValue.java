package com.lpai.domain.sync;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A field's value as both sides agree to write it; {@link Cleared} says that there is none. */
public sealed interface FieldValue {
  /** The one value that says "nothing here", as JSON's null does. */
  enum Cleared implements FieldValue {
    VALUE
  }

  static FieldValue cleared() {
    return Cleared.VALUE;
  }

  /** Text, never empty: an empty text is {@link Cleared}. */
  record Text(String value) implements FieldValue {
    public Text {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("empty text is FieldValue.cleared()");
      }
    }
  }

  /** Yes or no. */
  record Flag(boolean value) implements FieldValue {}

  /** A number; 1.0 and 1.00 are the same number. */
  record Amount(BigDecimal value) implements FieldValue {
    public Amount {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  /** A day without a time. */
  record Day(LocalDate value) implements FieldValue {
    /** Characters of {@code YYYY-MM-DD}. */
    private static final int ISO = 10;

    /** {@code YYYY-MM-DD}, alone or as the beginning of a time; empty for anything else. */
    public static Optional<Day> at(String text) {
      String given = text.strip();
      boolean isDayOrTime =
          given.length() <= ISO || given.charAt(ISO) == 'T' || given.charAt(ISO) == ' ';
      try {
        return isDayOrTime
            ? Optional.of(
                new Day(LocalDate.parse(given.substring(0, Math.min(ISO, given.length())))))
            : Optional.empty();
      } catch (DateTimeException unreadable) {
        return Optional.empty();
      }
    }
  }

  /** A point in time, to the millisecond. */
  record Moment(Instant value) implements FieldValue {
    public Moment {
      value = value.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** Several texts in order. */
  record Texts(List<String> values) implements FieldValue {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /**
   * A structure that we carry and compare but do not look into, as JSON with sorted keys and no
   * blanks.
   */
  record Structure(String json) implements FieldValue {}

  /** Text, or {@link #cleared()} when it is empty. */
  static FieldValue text(String value) {
    return value.isEmpty() ? cleared() : new Text(value);
  }

  default boolean isCleared() {
    return this instanceof Cleared;
  }
}
