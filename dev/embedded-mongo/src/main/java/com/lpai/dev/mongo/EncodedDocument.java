package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A document as BSON, as it is stored and sent: most of what is read is never decoded. Of one query
 * and its thread.
 */
final class EncodedDocument {
  private static final int LENGTH_BYTES = Integer.BYTES;

  private final byte[] bytes;
  private @Nullable Document decoded;

  /**
   * Takes the bytes over.
   *
   * @param bytes nobody changes them any more
   */
  EncodedDocument(byte[] bytes) {
    this.bytes = bytes;
  }

  static EncodedDocument of(Document document) {
    return new EncodedDocument(BsonCodec.bytes(document));
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  /** Decodes it when it is asked for first; the document is the caller's own. */
  Document decoded() {
    Document document = decoded == null ? BsonCodec.document(bytes) : decoded;
    decoded = document;
    return document;
  }

  /** The same without what was decoded, to be kept. */
  EncodedDocument alone() {
    return new EncodedDocument(bytes);
  }

  /** The same without those of its fields that are not wanted. */
  EncodedDocument with(Predicate<String> wanted) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(LENGTH_BYTES);
    ByteBuffer some = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    some.position(LENGTH_BYTES);
    int start = all.position();
    for (byte type = all.get(); type != BsonConstants.TERMINATING_BYTE; type = all.get()) {
      String name = readText(all);
      all.position(all.position() + lengthOfValue(type, all));
      if (wanted.test(name)) {
        some.put(bytes, start, all.position() - start);
      }
      start = all.position();
    }
    some.put(BsonConstants.TERMINATING_BYTE);
    some.putInt(0, some.position());
    byte[] kept = new byte[some.position()];
    some.get(0, kept);
    return new EncodedDocument(kept);
  }

  private String readText(ByteBuffer from) {
    int start = from.position();
    int length = lengthOfText(from, start);
    from.position(start + length + 1);
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  private static int lengthOfText(ByteBuffer from, int start) {
    int end = start;
    while (from.get(end) != BsonConstants.STRING_TERMINATION) {
      end++;
    }
    return end - start;
  }

  /** Of the value that begins at the position. */
  private static int lengthOfValue(byte type, ByteBuffer from) {
    int start = from.position();
    return switch (type) {
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT, BsonConstants.TYPE_ARRAY -> from.getInt(start);
      case BsonConstants.TYPE_UTF8_STRING, BsonConstants.TYPE_JAVASCRIPT_CODE ->
          LENGTH_BYTES + from.getInt(start);
      case BsonConstants.TYPE_DATA -> LENGTH_BYTES + 1 + from.getInt(start);
      case BsonConstants.TYPE_OBJECT_ID -> BsonConstants.LENGTH_OBJECTID;
      case BsonConstants.TYPE_BOOLEAN -> 1;
      case BsonConstants.TYPE_INT32 -> Integer.BYTES;
      case BsonConstants.TYPE_DOUBLE,
          BsonConstants.TYPE_UTC_DATETIME,
          BsonConstants.TYPE_TIMESTAMP,
          BsonConstants.TYPE_INT64 ->
          Long.BYTES;
      case BsonConstants.TYPE_DECIMAL128 -> 2 * Long.BYTES;
      case BsonConstants.TYPE_REGEX -> {
        int pattern = lengthOfText(from, start) + 1;
        yield pattern + lengthOfText(from, start + pattern) + 1;
      }
      case BsonConstants.TYPE_NULL,
          BsonConstants.TYPE_UNDEFINED,
          BsonConstants.TYPE_MIN_KEY,
          BsonConstants.TYPE_MAX_KEY ->
          0;
      default -> throw new IllegalStateException("no value is stored with the type " + type);
    };
  }
}
