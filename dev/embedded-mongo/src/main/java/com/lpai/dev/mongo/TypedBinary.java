package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Bson;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Bytes with the subtype that they came with, for those that the core has no type of its own for:
 * encrypted values (6) above all. The core's {@link BinData} is always subtype 0.
 */
final class TypedBinary implements Bson, Comparable<TypedBinary> {
  private static final int GENERIC = 0;
  private static final int UUID_SUBTYPE = 4;
  private static final int UUID_LENGTH = 16;
  private static final long serialVersionUID = 1L;

  private final int subtype;
  private final byte[] bytes;

  private TypedBinary(int subtype, byte[] bytes) {
    this.subtype = subtype;
    this.bytes = bytes;
  }

  /** The value the core works with. */
  static Object valueOf(int subtype, byte[] bytes) {
    if (subtype == GENERIC) {
      return new BinData(bytes);
    }
    if (bytes.length == UUID_LENGTH && subtype == UUID_SUBTYPE) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return new UUID(halves.getLong(), halves.getLong());
    }
    return new TypedBinary(subtype, bytes);
  }

  /** Subtype and bytes of any binary value, as they go over the wire. */
  static TypedBinary of(Object value) {
    return switch (value) {
      case TypedBinary binary -> binary;
      case BinData data -> new TypedBinary(GENERIC, data.getData());
      case UUID uuid -> new TypedBinary(UUID_SUBTYPE, bytesOf(uuid));
      default -> throw new IllegalArgumentException("not binary: " + value.getClass());
    };
  }

  static boolean isBinary(Object value) {
    return value instanceof TypedBinary || value instanceof BinData || value instanceof UUID;
  }

  int subtype() {
    return subtype;
  }

  byte[] bytes() {
    return bytes;
  }

  /** MongoDB's order: length, subtype, bytes. */
  @Override
  public int compareTo(TypedBinary other) {
    if (bytes.length != other.bytes.length) {
      return Integer.compare(bytes.length, other.bytes.length);
    }
    return subtype == other.subtype
        ? Arrays.compareUnsigned(bytes, other.bytes)
        : Integer.compare(subtype, other.subtype);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypedBinary binary && compareTo(binary) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * subtype + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "BinData(" + subtype + ", " + HexFormat.of().formatHex(bytes) + ")";
  }

  private static byte[] bytesOf(UUID uuid) {
    return ByteBuffer.allocate(UUID_LENGTH)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
