package com.lpai.domain.sync;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Any values that a record of some table may come to hold, from a seed. */
public final class RandomFields {
  private static final List<String> PIECES =
      List.of(
          "a", "Zoë", " ", "😀", ".", "$", "%2E", "/", "\"", "\\", "\n", "\u0000", "{", "0", "é");

  private static final List<FieldType> TYPES = List.of(FieldType.values());

  private final SplittableRandom random;

  public RandomFields(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Some of the table's fields, mostly of their type, and elements of its groups. */
  public Map<FieldName, FieldValue> of(FieldTable table) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (MirroredField field : table.fields()) {
      if (random.nextInt(4) > 0) {
        values.put(field.fieldName(), random.nextInt(10) == 0 ? any() : of(field.type()));
      }
    }
    for (FieldGroup group : table.groups()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        values.put(
            FieldName.element(group.name(), text()), group.isOfNames() ? FieldGroup.inIt() : any());
      }
    }
    values.put(FieldName.of("x" + text()), any());
    return values;
  }

  private FieldValue of(FieldType type) {
    return switch (type) {
      case TEXT, EMAIL, PHONE, COUNTRY, WORD -> FieldValue.text(text());
      case DAY -> new FieldValue.Day(LocalDate.ofEpochDay(random.nextInt(-700_000, 700_000)));
      case MOMENT ->
          new FieldValue.Moment(Instant.ofEpochMilli(random.nextLong(-1L << 42, 1L << 42)));
      case FLAG -> new FieldValue.Flag(random.nextBoolean());
      case AMOUNT ->
          new FieldValue.Amount(BigDecimal.valueOf(random.nextLong(), random.nextInt(-8, 30)));
      case STRUCTURE -> new FieldValue.Structure("{\"$oid\":\"" + random.nextInt() + "\"}");
    };
  }

  private FieldValue any() {
    return random.nextInt(8) == 0
        ? new FieldValue.Texts(List.of(text(), text()))
        : of(TYPES.get(random.nextInt(TYPES.size())));
  }

  private String text() {
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
