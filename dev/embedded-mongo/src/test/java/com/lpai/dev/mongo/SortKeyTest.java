package com.lpai.dev.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The order of values, as MongoDB documents it. */
class SortKeyTest {
  private static final List<Object> ASCENDING =
      List.of(
          MinKey.getInstance(),
          Missing.getInstance(),
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1,
          -1.5,
          -1,
          -Double.MIN_VALUE,
          0,
          Double.MIN_VALUE,
          new Decimal128(new BigDecimal("0.1")),
          0.1,
          new Decimal128(new BigDecimal("0.2000000000000000000000000000000001")),
          new Decimal128(new BigDecimal("0.2000000000000000000000000000000002")),
          1L << 53,
          (1L << 53) + 1,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE,
          0x1p63,
          Double.POSITIVE_INFINITY,
          "",
          "\0",
          "a",
          "a\0",
          "aa",
          "b",
          "é",
          new Document(),
          new Document("a", 1),
          new Document("a", 1).append("b", 1),
          new Document("b", 0),
          new Document("a", "1"),
          List.of(),
          List.of(1),
          List.of(1, 1),
          List.of(2),
          new BinData(new byte[] {9}),
          new TypedBinary((byte) 6, "\1"),
          new BinData(new byte[] {1, 1}),
          new UUID(0, 1),
          new UUID(-1, 0),
          new ObjectId(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
          new ObjectId(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
          false,
          true,
          Instant.ofEpochMilli(-1),
          Instant.EPOCH,
          MaxKey.getInstance());

  @Test
  void keysSortAsTheirValuesDo() {
    List<String> ascending = ASCENDING.stream().map(SortKey::of).toList();
    List<String> descending = ascending.reversed().stream().map(SortKey::inverted).toList();

    assertThat(ascending).isSorted().doesNotHaveDuplicates();
    assertThat(descending).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void equalNumbersHaveOneKey() {
    String key = SortKey.of(7);

    assertThat(List.of(7L, 7.0, new Decimal128(7, 0x3040000000000000L)))
        .allSatisfy(number -> assertThat(SortKey.of(number)).isEqualTo(key));
    assertThat(SortKey.of(-0.0)).isEqualTo(SortKey.of(0));
  }

  /** What lies around a key must hold whatever may follow the value in a compound key. */
  @Test
  void everythingThatFollowsAValueLiesAroundIt() {
    for (Object value : ASCENDING) {
      Interval point = Interval.point(value);
      for (Object next : ASCENDING) {
        String key = SortKey.of(value) + SortKey.of(next);
        assertThat(key).isBetween(point.low(), point.high());
      }
    }
  }
}
