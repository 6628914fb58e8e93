package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The core's documents to BSON and back, by the core's own codec where that is right: it loses the
 * subtype of binary values and trusts every length. Refuses what cannot be kept unchanged (symbol,
 * code with scope, DBPointer, a field given twice) instead of losing it.
 */
final class BsonCodec {
  private static final int INVALID_BSON = 22;
  private static final int MAX_DEPTH = 200;

  private BsonCodec() {}

  static byte[] bytes(Document document) {
    ByteBuf out = Unpooled.buffer(512);
    writeDocument(document, out);
    return ByteBufUtil.getBytes(out, 0, out.writerIndex(), false);
  }

  static Document document(byte[] bytes) {
    return read(Unpooled.wrappedBuffer(bytes));
  }

  /** Reads one document and leaves the rest. */
  static Document read(ByteBuf in) {
    try {
      return readDocument(in, 0);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new Refusal(INVALID_BSON, "InvalidBSON", String.valueOf(e.getMessage()));
    }
  }

  private static Document readDocument(ByteBuf in, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH + " levels");
    }
    int end = in.readerIndex() + in.getIntLE(in.readerIndex());
    in.skipBytes(Integer.BYTES);
    Document document = new Document();
    for (byte type = in.readByte(); type != 0; type = in.readByte()) {
      String name = BsonDecoder.decodeCString(in);
      int size = document.size();
      document.put(name, readValue(type, in, depth));
      if (document.size() == size) {
        throw new IllegalArgumentException("field '" + name + "' is given twice");
      }
    }
    if (in.readerIndex() != end) {
      throw new IllegalArgumentException("a document's length does not fit its content");
    }
    return document;
  }

  private static @Nullable Object readValue(byte type, ByteBuf in, int depth) {
    return switch (type) {
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT -> readDocument(in, depth + 1);
      case BsonConstants.TYPE_ARRAY -> new ArrayList<>(readDocument(in, depth + 1).values());
      case BsonConstants.TYPE_UTF8_STRING -> readString(in);
      case BsonConstants.TYPE_JAVASCRIPT_CODE -> new BsonJavaScript(readString(in));
      case BsonConstants.TYPE_DATA -> {
        int length = in.readIntLE();
        byte subtype = in.readByte();
        yield TypedBinary.valueOf(subtype, ByteBufUtil.getBytes(in.readSlice(length)));
      }
      default -> BsonDecoder.decodeValue(type, in);
    };
  }

  private static String readString(ByteBuf in) {
    String text = in.readCharSequence(in.readIntLE() - 1, StandardCharsets.UTF_8).toString();
    if (in.readByte() != BsonConstants.STRING_TERMINATION) {
      throw new IllegalArgumentException("a string lacks its terminating NUL");
    }
    return text;
  }

  private static void writeDocument(Map<?, ?> document, ByteBuf out) {
    int start = open(out);
    document.forEach((name, value) -> writeField(name.toString(), value, out));
    close(start, out);
  }

  private static void writeArray(Collection<?> array, ByteBuf out) {
    int start = open(out);
    int index = 0;
    for (Object element : array) {
      writeField(Integer.toString(index++), element, out);
    }
    close(start, out);
  }

  private static int open(ByteBuf out) {
    out.writeIntLE(0);
    return out.writerIndex() - Integer.BYTES;
  }

  private static void close(int start, ByteBuf out) {
    out.writeByte(BsonConstants.TERMINATING_BYTE);
    out.setIntLE(start, out.writerIndex() - start);
  }

  private static void writeField(String name, @Nullable Object value, ByteBuf out) {
    if (name.indexOf('\0') >= 0) {
      throw new Refusal(INVALID_BSON, "InvalidBSON", "a field name must not hold a NUL character");
    }
    Object present = value instanceof Missing ? null : value;
    boolean typed = present instanceof TypedBinary;
    byte type = typed ? BsonConstants.TYPE_DATA : BsonEncoder.determineType(present);
    out.writeByte(type);
    ByteBufUtil.writeUtf8(out, name);
    out.writeByte(BsonConstants.STRING_TERMINATION);
    switch (present) {
      case Map<?, ?> document -> writeDocument(document, out);
      case Collection<?> array -> writeArray(array, out);
      case TypedBinary binary ->
          out.writeIntLE(binary.latin1().length())
              .writeByte(binary.subtype())
              .writeBytes(binary.bytes());
      case null, default -> BsonEncoder.encodeValue(type, present, out);
    }
  }
}
