package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on 127.0.0.1 only, one thread per client. Speaks OP_MSG, and OP_QUERY as far as a
 * driver's first greeting needs it (MongoDB Wire Protocol).
 */
final class WireServer implements AutoCloseable {
  static final int MAX_MESSAGE_BYTES = 48_000_000;
  private static final System.Logger LOG = System.getLogger(WireServer.class.getName());
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 200;
  private static final int HEADER_BYTES = 16;
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;
  private static final int MORE_TO_COME = 2;

  /** No flags; a document follows. */
  private static final byte[] MESSAGE_START = new byte[5];

  /** Can await; no cursor; from the first on; one document follows. */
  private static final byte[] REPLY_START = {
    8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0
  };

  private final ServerSocket listener;
  private final Engine engine;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private WireServer(ServerSocket listener, Engine engine) {
    this.listener = listener;
    this.engine = engine;
  }

  static WireServer start(int port, Engine engine) {
    try {
      ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getByAddress(LOOPBACK));
      WireServer server = new WireServer(listener, engine);
      Thread.ofPlatform().name("mongo-accept").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new StartFailedException(
          ("Port %d on 127.0.0.1 cannot be used: %s."
                  + " Stop the program that holds it, or choose another port.")
              .formatted(port, e.getMessage()),
          e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        clients.add(client);
        String name = "mongo-client-" + client.getPort();
        Thread.ofPlatform().name(name).daemon(true).start(() -> serve(client));
      } catch (IOException e) {
        LOG.log(
            listener.isClosed() ? Level.DEBUG : Level.WARNING, "A client was not accepted: {0}", e);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
      OutputStream out = client.getOutputStream();
      while (true) {
        ByteBuf reply = answer(in);
        reply.readBytes(out, reply.readableBytes());
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "A connection ended: {0}", e);
    } finally {
      clients.remove(client);
    }
  }

  private static ByteBuf read(DataInputStream in, int bytes) throws IOException {
    byte[] read = new byte[bytes];
    in.readFully(read);
    return Unpooled.wrappedBuffer(read);
  }

  /** The reply to the next message; empty if the client wants none. */
  private ByteBuf answer(DataInputStream in) throws IOException {
    ByteBuf header = read(in, HEADER_BYTES);
    int length = header.readIntLE();
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
      throw new IOException("a message claims a length of " + length);
    }
    int requestId = header.readIntLE();
    int operation = header.skipBytes(Integer.BYTES).readIntLE();
    ByteBuf body = read(in, length - HEADER_BYTES);
    int flags = body.readIntLE();
    return switch (operation) {
      case OP_MSG -> {
        Document reply = engine.execute(() -> readSections(body));
        yield flags == MORE_TO_COME
            ? Unpooled.EMPTY_BUFFER
            : message(requestId, OP_MSG, MESSAGE_START, reply);
      }
      case OP_QUERY ->
          message(requestId, OP_REPLY, REPLY_START, engine.execute(() -> readGreeting(body)));
      default -> throw new IOException("operation " + operation + " is not supported");
    };
  }

  /** The command, with the documents of the sections that follow it as its fields. */
  private static Document readSections(ByteBuf body) {
    Document command = new Document();
    while (body.isReadable()) {
      if (body.readByte() == 0) {
        command.putAll(BsonCodec.read(body));
      } else {
        ByteBuf section = body.readSlice(body.getIntLE(body.readerIndex()));
        String name = BsonDecoder.decodeCString(section.skipBytes(Integer.BYTES));
        List<Document> documents = new ArrayList<>();
        while (section.isReadable()) {
          documents.add(BsonCodec.read(section));
        }
        command.put(name, documents);
      }
    }
    return command;
  }

  private static Document readGreeting(ByteBuf body) {
    String namespace = BsonDecoder.decodeCString(body);
    Document command = BsonCodec.read(body.skipBytes(Long.BYTES));
    return command.append("$db", Utils.firstFragment(namespace));
  }

  private static ByteBuf message(int requestId, int operation, byte[] start, Document document) {
    byte[] bytes = BsonCodec.bytes(document);
    int length = HEADER_BYTES + start.length + bytes.length;
    return Unpooled.buffer(length)
        .writeIntLE(length)
        .writeIntLE(0)
        .writeIntLE(requestId)
        .writeIntLE(operation)
        .writeBytes(start)
        .writeBytes(bytes);
  }

  /** Stops listening and cuts off every client. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Closing a socket failed: {0}", e);
    }
  }
}
