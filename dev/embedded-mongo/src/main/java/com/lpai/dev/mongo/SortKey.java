package com.lpai.dev.mongo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as text that sorts as MongoDB sorts the values: a character for the type, then the value,
 * then an end if its length varies. Null and an absent field are {@link Missing}. The keys of a
 * compound index are such texts one after the other; so all maps are sorted by plain text. Beyond
 * MongoDB's: strings compare by UTF-16 unit as in the core, decimals beyond the range of a double
 * are equal.
 */
final class SortKey {
  /** Sorts before and after all that can follow a value. */
  static final char BEFORE = '\0';

  static final char AFTER = '\uFFFF';
  private static final char END = '\0';
  private static final int MAX_DOUBLES_OF_NUMBER = 3;
  private static final double MAX_EXACT = 1L << 53;

  private final StringBuilder out = new StringBuilder();

  private SortKey() {}

  static String of(Object value) {
    SortKey key = new SortKey();
    key.put(value);
    return key.out.toString();
  }

  /** The same for the opposite order. */
  static String inverted(String key) {
    char[] characters = key.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) ~characters[i];
    }
    return new String(characters);
  }

  private void put(Object value) {
    switch (value) {
      case MinKey minKey -> type(1).end();
      case Missing missing -> type(2).end();
      case Number number -> type(3).number(number);
      case String text -> type(4).text(text);
      case Document document -> {
        type(5);
        document.forEach(this::field);
        end();
      }
      case Collection<?> array -> {
        type(6);
        array.forEach(element -> put(Missing.ofNullable(element)));
        end();
      }
      case BinData data ->
          binary(data.getData().length, BsonConstants.BINARY_SUBTYPE_GENERIC).bytes(data.getData());
      case UUID uuid ->
          binary(BsonConstants.LENGTH_UUID, BsonConstants.BINARY_SUBTYPE_UUID)
              .bits(uuid.getMostSignificantBits(), Long.SIZE)
              .bits(uuid.getLeastSignificantBits(), Long.SIZE);
      case TypedBinary(byte subtype, String latin1) ->
          binary(latin1.length(), subtype).out.append(latin1);
      case ObjectId id -> type(8).bytes(id.toByteArray());
      case Boolean flag -> type(9).bits(flag ? 2 : 1, Byte.SIZE);
      case Instant instant -> type(10).bits(instant.toEpochMilli() ^ Long.MIN_VALUE, Long.SIZE);
      case BsonTimestamp timestamp -> type(11).bits(timestamp.getValue(), Long.SIZE);
      case BsonRegularExpression regex -> type(12).text(regex.toString());
      case BsonJavaScript code -> type(13).text(code.getCode());
      case MaxKey maxKey -> type(14).end();
      default -> throw new IllegalArgumentException("no place in the order: " + value.getClass());
    }
  }

  private SortKey type(int rank) {
    out.append((char) rank);
    return this;
  }

  private void end() {
    out.append(END);
  }

  private SortKey binary(int length, byte subtype) {
    return type(7).bits(length, Integer.SIZE).bits(subtype, Byte.SIZE);
  }

  private void bytes(byte[] bytes) {
    out.append(new String(bytes, ISO_8859_1));
  }

  /** MongoDB compares the type first, then the name, then the value. */
  private void field(String name, @Nullable Object value) {
    String key = of(Missing.ofNullable(value));
    out.append(key.charAt(0));
    text(name);
    out.append(key, 1, key.length());
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      out.append((char) Math.min(text.charAt(i) + 1, Character.MAX_VALUE));
    }
    end();
  }

  /**
   * The nearest double and the sign of what it leaves, then the same of that, while there is any.
   */
  private void number(Number number) {
    double nearest = number.doubleValue() + 0.0;
    number(nearest);
    boolean exact =
        number instanceof Integer
            || number instanceof Double
            || (number instanceof Long && Math.abs(nearest) < MAX_EXACT)
            || !Double.isFinite(nearest);
    BigDecimal rest = exact ? BigDecimal.ZERO : decimal(number).subtract(new BigDecimal(nearest));
    for (int i = 1; i < MAX_DOUBLES_OF_NUMBER && rest.signum() != 0; i++) {
      out.append((char) (rest.signum() + 2));
      double next = rest.doubleValue();
      number(next);
      rest = rest.subtract(new BigDecimal(next));
    }
    out.append((char) 2);
  }

  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case Decimal128 zero when zero.equals(Decimal128.NEGATIVE_ZERO) -> BigDecimal.ZERO;
      case Decimal128 decimal -> decimal.toBigDecimal();
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  /** NaN first, then from minus to plus infinity. */
  private void number(double value) {
    long bits = Double.doubleToLongBits(value);
    long sorted = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    bits(Double.isNaN(value) ? 0 : sorted, Long.SIZE);
  }

  private SortKey bits(long value, int bits) {
    for (int shift = bits - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.append((char) (value >>> shift & 0xFF));
    }
    return this;
  }
}
