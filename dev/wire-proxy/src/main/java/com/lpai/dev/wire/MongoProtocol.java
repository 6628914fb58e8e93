package com.lpai.dev.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * MongoDB's wire protocol: OP_MSG, and OP_QUERY for a driver's first greeting. Of a command only
 * its name and its collection are read.
 */
final class MongoProtocol implements WireProtocol {
  private static final int HEADER_BYTES = 16;
  private static final int OP_CODE_AT = 12;
  private static final int MOST_BYTES = 48_000_000;
  private static final int OP_QUERY = 2004;
  private static final int OP_COMPRESSED = 2012;
  private static final int OP_MSG = 2013;
  private static final int MORE_TO_COME = 2;
  private static final byte BSON_STRING = 2;
  private static final byte BSON_INT64 = 18;

  @Override
  public String scheme() {
    return "mongodb";
  }

  @Override
  public Optional<Message> readCommand(InputStream client) throws IOException {
    byte[] message = readMessage(client);
    return message.length == 0
        ? Optional.empty()
        : Optional.of(new Message(command(little(message)), message, !moreToCome(message)));
  }

  @Override
  public boolean copyReply(Command command, InputStream server, OutputStream reply)
      throws IOException {
    boolean more = true;
    while (more) {
      byte[] message = readMessage(server);
      if (message.length == 0) {
        throw new EOFException("MongoDB closed the connection");
      }
      reply.write(message);
      reply.flush();
      more = moreToCome(message);
    }
    return true;
  }

  /** Empty at the end of the connection. */
  private static byte[] readMessage(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return header;
    }
    int length = header.length < HEADER_BYTES ? 0 : little(header).getInt();
    if (length < HEADER_BYTES || length > MOST_BYTES) {
      throw new UnreadableMessageException(
          "This is no MongoDB message: it claims a length of " + length + ". Is TLS on?");
    }
    byte[] message = Arrays.copyOf(header, length);
    if (in.readNBytes(message, HEADER_BYTES, length - HEADER_BYTES) < length - HEADER_BYTES) {
      throw new EOFException("The connection ended within a message");
    }
    return message;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean moreToCome(byte[] message) {
    ByteBuffer fields = little(message);
    return fields.getInt(OP_CODE_AT) == OP_MSG && (fields.getInt(HEADER_BYTES) & MORE_TO_COME) != 0;
  }

  private static Command command(ByteBuffer message) throws UnreadableMessageException {
    int opCode = message.getInt(OP_CODE_AT);
    ByteBuffer body = message.position(HEADER_BYTES + Integer.BYTES);
    return switch (opCode) {
      case OP_MSG -> commandOf(bodySection(body));
      case OP_QUERY -> {
        name(body);
        body.getLong();
        yield commandOf(body);
      }
      case OP_COMPRESSED ->
          throw new UnreadableMessageException(
              "A compressed command cannot be read: take compressors= out of the connection string");
      default -> throw new UnreadableMessageException("Unknown MongoDB operation " + opCode);
    };
  }

  /** Where the document begins that names the command; documents in sequences come beside it. */
  private static ByteBuffer bodySection(ByteBuffer sections) {
    while (sections.get() != 0) {
      sections.position(sections.position() + sections.getInt(sections.position()));
    }
    return sections;
  }

  /**
   * The first field names the command and mostly the collection; getMore has that in its second.
   */
  private static Command commandOf(ByteBuffer document) {
    document.getInt();
    byte type = document.get();
    String name = name(document);
    if (type == BSON_INT64 && name.equals("getMore")) {
      document.getLong();
      type = document.get();
      name(document);
    }
    return new Command(name, type == BSON_STRING ? string(document) : "");
  }

  private static String name(ByteBuffer document) {
    int start = document.position();
    while (document.get() != 0) {
      // to the end of the name
    }
    return text(document, start, document.position() - 1 - start);
  }

  private static String string(ByteBuffer document) {
    int length = document.getInt() - 1;
    return text(document, document.position(), length);
  }

  private static String text(ByteBuffer document, int start, int length) {
    byte[] bytes = new byte[length];
    document.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
