package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One client: reads a message, answers it, reads the next. Speaks OP_MSG, and OP_QUERY as far as a
 * driver's first greeting needs it (MongoDB Wire Protocol).
 */
final class WireConnection implements Runnable {
  static final int MAX_MESSAGE_BYTES = 48_000_000;
  private static final System.Logger LOG = System.getLogger(WireConnection.class.getName());
  private static final int HEADER_BYTES = 16;
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;
  private static final int CHECKSUM_PRESENT = 1;
  private static final int MORE_TO_COME = 2;
  private static final int AWAIT_CAPABLE = 8;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket socket;
  private final Engine engine;
  private int lastRequestId;

  /** A message without its header. */
  private record Message(int requestId, int opCode, ByteBuffer body) {}

  WireConnection(Socket socket, Engine engine) {
    this.socket = socket;
    this.engine = engine;
  }

  @Override
  public void run() {
    try (socket) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
      OutputStream out = socket.getOutputStream();
      while (true) {
        Message message = read(in);
        Optional<ByteBuffer> reply = answer(message);
        if (reply.isPresent()) {
          out.write(reply.get().array(), 0, reply.get().limit());
          out.flush();
        }
      }
    } catch (EOFException e) {
      LOG.log(System.Logger.Level.DEBUG, "A client left");
    } catch (IOException | MongoServerException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection was closed: {0}", e.getMessage());
    }
  }

  private static Message read(DataInputStream in) throws IOException {
    byte[] headerBytes = new byte[HEADER_BYTES];
    in.readFully(headerBytes);
    ByteBuffer header = ByteBuffer.wrap(headerBytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = header.getInt();
    int requestId = header.getInt();
    header.getInt();
    int opCode = header.getInt();
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
      throw new IOException("a message claims a length of " + length);
    }
    byte[] body = new byte[length - HEADER_BYTES];
    in.readFully(body);
    return new Message(requestId, opCode, ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN));
  }

  private Optional<ByteBuffer> answer(Message message) throws IOException {
    return switch (message.opCode) {
      case OP_MSG -> answerCommand(message);
      case OP_QUERY -> Optional.of(answerGreeting(message));
      default -> throw new IOException("operation " + message.opCode + " is not supported");
    };
  }

  private Optional<ByteBuffer> answerCommand(Message message) {
    int flags = message.body.getInt();
    Document reply;
    try {
      Document command = readSections(message.body, (flags & CHECKSUM_PRESENT) != 0);
      reply = engine.execute(Fields.text(command, "$db"), command);
    } catch (MongoServerException e) {
      reply = WriteBatch.describe(e).append("ok", 0.0);
    }
    if ((flags & MORE_TO_COME) != 0) {
      return Optional.empty();
    }
    byte[] document = BsonWriter.bytes(reply);
    ByteBuffer out = reply(message, OP_MSG, Integer.BYTES + 1 + document.length);
    return Optional.of(out.putInt(0).put((byte) 0).put(document).flip());
  }

  /** The command, with the documents of the sections that go with it as its fields. */
  private static Document readSections(ByteBuffer body, boolean checksum) {
    body.limit(body.limit() - (checksum ? Integer.BYTES : 0));
    BsonReader reader = new BsonReader(body);
    Document command = new Document();
    Document sequences = new Document();
    while (body.hasRemaining()) {
      if (body.get() == 0) {
        command = reader.readDocument();
      } else {
        int end = body.position() + body.getInt();
        String name = reader.readName();
        List<Document> documents = new ArrayList<>();
        while (body.position() < end) {
          documents.add(reader.readDocument());
        }
        sequences.put(name, documents);
      }
    }
    command.putAll(sequences);
    return command;
  }

  private ByteBuffer answerGreeting(Message message) {
    message.body.getInt();
    BsonReader reader = new BsonReader(message.body);
    String namespace = reader.readName();
    message.body.getLong();
    Document query = reader.readDocument();
    Document command = query.containsKey("$query") ? Fields.document(query, "$query") : query;
    String database = namespace.substring(0, Math.max(0, namespace.indexOf('.')));
    byte[] document = BsonWriter.bytes(engine.execute(database, command));
    ByteBuffer out = reply(message, OP_REPLY, 20 + document.length);
    return out.putInt(AWAIT_CAPABLE).putLong(0).putInt(0).putInt(1).put(document).flip();
  }

  private ByteBuffer reply(Message request, int opCode, int bodyLength) {
    int length = HEADER_BYTES + bodyLength;
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putInt(++lastRequestId)
        .putInt(request.requestId)
        .putInt(opCode);
  }
}
