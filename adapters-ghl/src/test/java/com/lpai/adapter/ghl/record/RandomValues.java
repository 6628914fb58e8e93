package com.lpai.adapter.ghl.record;

import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.FieldValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/** Values of every kind, the awkward ones included; the same ones for the same seed. */
public final class RandomValues {
  private static final List<String> LETTERS =
      List.of("a", "Z", "ü", "日", "😀", "\"", "\\", "/", "\n", "<", "0", "{", "$", ".", "'");

  private RandomValues() {}

  /** A value of this type. */
  public static FieldValue value(FieldType type, SplittableRandom random) {
    return switch (type) {
      case TEXT, EMAIL, PHONE, COUNTRY, WORD -> FieldValue.text(text(random));
      case DAY -> new FieldValue.Day(LocalDate.ofEpochDay(random.nextInt(-30_000, 30_000)));
      case MOMENT -> new FieldValue.Moment(moment(random));
      case FLAG -> new FieldValue.Flag(random.nextBoolean());
      case AMOUNT -> new FieldValue.Amount(BigDecimal.valueOf(random.nextInt(), random.nextInt(6)));
      case STRUCTURE -> new FieldValue.Structure("{\"a\":{\"url\":\"x\"},\"b\":[1,null,\"2\"]}");
    };
  }

  /** A text of 1 to 12 signs. */
  public static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      text.append(LETTERS.get(random.nextInt(LETTERS.size())));
    }
    return text.toString();
  }

  /** A time from 2001 to 2099, to the second. */
  public static Instant moment(SplittableRandom random) {
    return Instant.ofEpochSecond(random.nextLong(980_000_000L, 4_080_000_000L));
  }
}
