package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
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
import org.jspecify.annotations.Nullable;

/**
 * The core's documents to BSON and back, by the core's own codec where that is right: it loses the
 * subtype of binary values and trusts every length. Refuses what cannot be kept unchanged (symbol,
 * code with scope, DBPointer, a field given twice) instead of losing it.
 */
final class BsonCodec {
  private static final int MAX_DEPTH = 200;

  private BsonCodec() {}

  static byte[] bytes(Document document) {
    ByteBuf out = Unpooled.buffer(512);
    write(document, out);
    return ByteBufUtil.getBytes(out, 0, out.writerIndex(), false);
  }

  static Document document(byte[] bytes) {
    return read(Unpooled.wrappedBuffer(bytes));
  }

  /** Reads one document and leaves the rest. */
  static Document read(ByteBuf in) {
    try {
      return readDocument(in, 0);
    } catch (RuntimeException e) {
      throw new Refusal(22, "InvalidBSON", "a document cannot be read: " + e.getMessage());
    }
  }

  private static Document readDocument(ByteBuf in, int depth) {
    require(depth <= MAX_DEPTH, "it is nested deeper than " + MAX_DEPTH + " levels");
    int end = in.readerIndex() + in.readIntLE();
    Document document = new Document();
    for (byte type = in.readByte(); type != 0; type = in.readByte()) {
      String name = readName(in);
      int size = document.size();
      document.put(name, readValue(type, in, depth));
      require(document.size() > size, "a field is given twice");
    }
    require(in.readerIndex() == end, "its length does not fit its content");
    return document;
  }

  /** In one piece: the core reads and checks it byte by byte. */
  private static String readName(ByteBuf in) {
    int length = in.bytesBefore(BsonConstants.STRING_TERMINATION);
    require(length >= 0, "a field's name does not end");
    String name = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
    in.skipBytes(length + 1);
    return name;
  }

  private static @Nullable Object readValue(byte type, ByteBuf in, int depth) {
    return switch (type) {
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT -> readDocument(in, depth + 1);
      case BsonConstants.TYPE_ARRAY -> new ArrayList<>(readDocument(in, depth + 1).values());
      case BsonConstants.TYPE_UTF8_STRING, BsonConstants.TYPE_JAVASCRIPT_CODE -> {
        requireLength(in);
        yield BsonDecoder.decodeValue(type, in);
      }
      case BsonConstants.TYPE_DATA -> {
        requireLength(in);
        byte subtype = in.getByte(in.readerIndex() + Integer.BYTES);
        yield TypedBinary.isKeptByTheCore(subtype)
            ? BsonDecoder.decodeValue(type, in)
            : readBinary(in);
      }
      default -> BsonDecoder.decodeValue(type, in);
    };
  }

  private static TypedBinary readBinary(ByteBuf in) {
    int length = in.readIntLE();
    byte subtype = in.readByte();
    return new TypedBinary(
        subtype, in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString());
  }

  private static void requireLength(ByteBuf in) {
    int length = in.getIntLE(in.readerIndex());
    require(length >= 0 && length < in.readableBytes(), "a value ends beyond it");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static void write(Document document, ByteBuf out) {
    int start = out.writerIndex();
    out.writeIntLE(0);
    document.forEach((name, value) -> writeField(name, value, out));
    out.writeByte(BsonConstants.TERMINATING_BYTE);
    out.setIntLE(start, out.writerIndex() - start);
  }

  private static void writeField(String name, @Nullable Object value, ByteBuf out) {
    require(name.indexOf('\0') < 0, "a field name must not hold a NUL character");
    Object present = value instanceof Missing ? null : value;
    byte type = typeOf(present);
    out.writeByte(type);
    ByteBufUtil.writeUtf8(out, name);
    out.writeByte(BsonConstants.STRING_TERMINATION);
    switch (present) {
      case Document document -> write(document, out);
      case EncodedDocument encoded -> out.writeBytes(encoded.bytes());
      case Collection<?> array -> write(numbered(array), out);
      case TypedBinary(byte subtype, String latin1) -> {
        out.writeIntLE(latin1.length()).writeByte(subtype);
        out.writeCharSequence(latin1, StandardCharsets.ISO_8859_1);
      }
      case null, default -> BsonEncoder.encodeValue(type, present, out);
    }
  }

  private static byte typeOf(@Nullable Object value) {
    return switch (value) {
      case TypedBinary binary -> BsonConstants.TYPE_DATA;
      case EncodedDocument encoded -> BsonConstants.TYPE_EMBEDDED_DOCUMENT;
      case null, default -> BsonEncoder.determineType(value);
    };
  }

  private static Document numbered(Collection<?> array) {
    Document fields = new Document();
    array.forEach(element -> fields.append(Integer.toString(fields.size()), element));
    return fields;
  }
}
