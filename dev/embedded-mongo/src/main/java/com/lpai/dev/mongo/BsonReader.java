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
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * BSON bytes as the core's documents. Refuses what cannot be kept unchanged (symbol, code with
 * scope, DBPointer, a field given twice) instead of losing it.
 */
final class BsonReader {
  private static final int MAX_DEPTH = 200;
  private static final int OBJECT_ID_LENGTH = 12;

  private final ByteBuffer in;
  private int depth;

  BsonReader(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  static Document document(byte[] bytes) {
    return new BsonReader(ByteBuffer.wrap(bytes)).readDocument();
  }

  /** The values written by {@link BsonWriter#bytes(Object[])}; null comes back as Missing. */
  static Object[] values(byte[] bytes) {
    BsonReader reader = new BsonReader(ByteBuffer.wrap(bytes));
    List<Object> values = new ArrayList<>(4);
    while (reader.in.hasRemaining()) {
      values.add(reader.readValue(reader.in.get()));
    }
    return values.toArray();
  }

  Document readDocument() {
    try {
      Document document = new Document();
      int end = openDocument();
      for (byte type = in.get(); type != 0; type = in.get()) {
        String name = readName();
        if (document.containsKey(name)) {
          throw new BsonFormatException("field '" + name + "' is given twice");
        }
        document.put(name, nullable(readValue(type)));
      }
      closeDocument(end);
      return document;
    } catch (BufferUnderflowException e) {
      throw new BsonFormatException("a document ends too early");
    }
  }

  String readName() {
    int start = in.position();
    while (in.get() != 0) {
      // to the terminating NUL
    }
    return new String(
        in.array(), in.arrayOffset() + start, in.position() - start - 1, StandardCharsets.UTF_8);
  }

  private int openDocument() {
    if (++depth > MAX_DEPTH) {
      throw new BsonFormatException("nested deeper than " + MAX_DEPTH + " levels");
    }
    int start = in.position();
    int length = in.getInt();
    if (length < Integer.BYTES + 1 || length > in.limit() - start) {
      throw new BsonFormatException("a document claims a length of " + length);
    }
    return start + length;
  }

  private void closeDocument(int end) {
    depth--;
    if (in.position() != end) {
      throw new BsonFormatException("a document's length does not fit its content");
    }
  }

  @SuppressWarnings("NullAway") // a BSON null is a null in the core's documents and lists
  private static Object nullable(Object value) {
    return value instanceof Missing ? null : value;
  }

  private Object readValue(byte type) {
    return switch (type) {
      case BsonType.DOUBLE -> in.getDouble();
      case BsonType.STRING -> readString();
      case BsonType.DOCUMENT -> readDocument();
      case BsonType.ARRAY -> readArray();
      case BsonType.BINARY -> readBinary();
      case BsonType.OBJECT_ID -> new ObjectId(readBytes(OBJECT_ID_LENGTH));
      case BsonType.BOOLEAN -> in.get() != 0;
      case BsonType.DATE -> Instant.ofEpochMilli(in.getLong());
      case BsonType.NULL, BsonType.UNDEFINED -> Missing.getInstance();
      case BsonType.REGEX -> new BsonRegularExpression(readName(), readName());
      case BsonType.JAVASCRIPT -> new BsonJavaScript(readString());
      case BsonType.INT32 -> in.getInt();
      case BsonType.TIMESTAMP -> new BsonTimestamp(in.getLong());
      case BsonType.INT64 -> in.getLong();
      case BsonType.DECIMAL128 -> new Decimal128(in.getLong(), in.getLong());
      case BsonType.MIN_KEY -> MinKey.getInstance();
      case BsonType.MAX_KEY -> MaxKey.getInstance();
      default ->
          throw new BsonFormatException(
              "BSON type 0x%02x is not supported by the embedded engine".formatted(type));
    };
  }

  private List<Object> readArray() {
    List<Object> array = new ArrayList<>();
    int end = openDocument();
    for (byte type = in.get(); type != 0; type = in.get()) {
      readName();
      array.add(nullable(readValue(type)));
    }
    closeDocument(end);
    return array;
  }

  private String readString() {
    int length = in.getInt() - 1;
    byte[] utf8 = readBytes(length);
    if (in.get() != 0) {
      throw new BsonFormatException("a string lacks its terminating NUL");
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private Object readBinary() {
    int length = in.getInt();
    int subtype = in.get() & 0xFF;
    return TypedBinary.valueOf(subtype, readBytes(length));
  }

  private byte[] readBytes(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BsonFormatException("a value claims a length of " + length);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
