package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Bson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Bytes with the subtype that they came with, for those that the core has no type of its own for:
 * encrypted values (6) above all. The core's {@link BinData} is always subtype 0.
 *
 * @param latin1 the bytes as characters, so that equal bytes are equal values
 */
record TypedBinary(byte subtype, String latin1) implements Bson {
  private static final byte GENERIC = 0;
  private static final byte UUID_SUBTYPE = 4;
  private static final int UUID_LENGTH = 16;

  /** The value the core works with. */
  static Object valueOf(byte subtype, byte[] bytes) {
    if (subtype == GENERIC) {
      return new BinData(bytes);
    }
    if (subtype == UUID_SUBTYPE && bytes.length == UUID_LENGTH) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return new UUID(halves.getLong(), halves.getLong());
    }
    return of(subtype, bytes);
  }

  /** Subtype and bytes of any binary value, as they go over the wire. */
  static TypedBinary of(Object value) {
    return switch (value) {
      case BinData data -> of(GENERIC, data.getData());
      case UUID uuid ->
          of(
              UUID_SUBTYPE,
              ByteBuffer.allocate(UUID_LENGTH)
                  .putLong(uuid.getMostSignificantBits())
                  .putLong(uuid.getLeastSignificantBits())
                  .array());
      default -> (TypedBinary) value;
    };
  }

  private static TypedBinary of(byte subtype, byte[] bytes) {
    return new TypedBinary(subtype, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  static boolean isBinary(Object value) {
    return value instanceof TypedBinary || value instanceof BinData || value instanceof UUID;
  }

  byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
