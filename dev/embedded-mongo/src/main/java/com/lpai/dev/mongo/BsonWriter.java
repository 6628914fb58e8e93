package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The core's documents as BSON bytes; the opposite of {@link BsonReader}. */
final class BsonWriter {
  private ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

  static byte[] bytes(Document document) {
    BsonWriter writer = new BsonWriter();
    writer.writeDocument(document);
    return writer.toBytes();
  }

  /** The values of an index key, one after the other, each with its type. */
  static byte[] bytes(Object[] values) {
    BsonWriter writer = new BsonWriter();
    for (Object value : values) {
      writer.room(1).put(type(value));
      writer.writeValue(value);
    }
    return writer.toBytes();
  }

  private byte[] toBytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int capacity = Math.max(out.capacity() * 2, out.position() + bytes);
      ByteBuffer larger = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
      out = larger.put(out.flip());
    }
    return out;
  }

  private void writeDocument(Map<?, ?> document) {
    int start = openDocument();
    document.forEach((name, value) -> writeField(name.toString(), value));
    closeDocument(start);
  }

  private void writeArray(Collection<?> array) {
    int start = openDocument();
    int index = 0;
    for (Object element : array) {
      writeField(Integer.toString(index++), element);
    }
    closeDocument(start);
  }

  private int openDocument() {
    int start = out.position();
    room(Integer.BYTES).putInt(0);
    return start;
  }

  private void closeDocument(int start) {
    room(1).put((byte) 0);
    out.putInt(start, out.position() - start);
  }

  private void writeField(String name, @Nullable Object value) {
    Object present = Missing.ofNullable(value);
    room(1).put(type(present));
    writeName(name);
    writeValue(present);
  }

  private static byte type(Object value) {
    return switch (value) {
      case Double number -> BsonType.DOUBLE;
      case String text -> BsonType.STRING;
      case Map<?, ?> document -> BsonType.DOCUMENT;
      case Collection<?> array -> BsonType.ARRAY;
      case ObjectId id -> BsonType.OBJECT_ID;
      case Boolean flag -> BsonType.BOOLEAN;
      case Instant instant -> BsonType.DATE;
      case Missing missing -> BsonType.NULL;
      case BsonRegularExpression regex -> BsonType.REGEX;
      case BsonJavaScript code -> BsonType.JAVASCRIPT;
      case Integer number -> BsonType.INT32;
      case Short number -> BsonType.INT32;
      case BsonTimestamp timestamp -> BsonType.TIMESTAMP;
      case Long number -> BsonType.INT64;
      case Decimal128 number -> BsonType.DECIMAL128;
      case MinKey minKey -> BsonType.MIN_KEY;
      case MaxKey maxKey -> BsonType.MAX_KEY;
      case Object binary when TypedBinary.isBinary(binary) -> BsonType.BINARY;
      default -> throw new BsonFormatException("cannot be kept as BSON: " + value.getClass());
    };
  }

  private void writeValue(Object value) {
    switch (value) {
      case Double number -> room(Double.BYTES).putDouble(number);
      case String text -> writeString(text);
      case Map<?, ?> document -> writeDocument(document);
      case Collection<?> array -> writeArray(array);
      case ObjectId id -> writeBytes(id.toByteArray());
      case Boolean flag -> room(1).put((byte) (flag ? 1 : 0));
      case Instant instant -> room(Long.BYTES).putLong(instant.toEpochMilli());
      case BsonRegularExpression regex -> writeRegex(regex);
      case BsonJavaScript code -> writeString(code.getCode());
      case BsonTimestamp timestamp -> room(Long.BYTES).putLong(timestamp.getValue());
      case Decimal128 number ->
          room(2 * Long.BYTES).putLong(number.getLow()).putLong(number.getHigh());
      case Long number -> room(Long.BYTES).putLong(number);
      case Number number -> room(Integer.BYTES).putInt(number.intValue());
      case Object binary when TypedBinary.isBinary(binary) -> writeBinary(binary);
      default -> {
        // null, MinKey, MaxKey: the type says it all
      }
    }
  }

  private void writeRegex(BsonRegularExpression regex) {
    writeName(regex.getPattern());
    String options = regex.getOptions();
    writeName(options == null ? "" : options);
  }

  private void writeBinary(Object value) {
    TypedBinary binary = TypedBinary.of(value);
    room(Integer.BYTES + 1).putInt(binary.bytes().length).put((byte) binary.subtype());
    writeBytes(binary.bytes());
  }

  private void writeString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES).putInt(utf8.length + 1);
    writeBytes(utf8);
    room(1).put((byte) 0);
  }

  private void writeName(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new BsonFormatException("a field name or pattern must not hold a NUL character");
    }
    writeBytes(name.getBytes(StandardCharsets.UTF_8));
    room(1).put((byte) 0);
  }

  private void writeBytes(byte[] bytes) {
    room(bytes.length).put(bytes);
  }
}
