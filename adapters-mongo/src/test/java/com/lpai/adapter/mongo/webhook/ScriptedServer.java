package com.lpai.adapter.mongo.webhook;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Speaks MongoDB's protocol and answers one command as told: what no healthy server says. */
final class ScriptedServer implements AutoCloseable {
  private static final int HEADER = 16;
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;

  /** The kind of a section with what is to be stored. */
  private static final byte DOCUMENTS = 1;

  private static final DocumentCodec CODEC = new DocumentCodec();
  private static final Document PRIMARY =
      Document.parse(
          """
          {ok: 1, helloOk: true, ismaster: true, isWritablePrimary: true, minWireVersion: 0,
           maxWireVersion: 21, maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000,
           maxWriteBatchSize: 100000, readOnly: false}
          """);

  private final ServerSocket listening;
  private final Map<String, UnaryOperator<Document>> answers = new ConcurrentHashMap<>();
  private volatile Document lastInserted = new Document();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private ScriptedServer() throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A server that answers this command so, and every other one as a primary at rest does. */
  static ScriptedServer answering(String command, Document answer) {
    try {
      ScriptedServer server = new ScriptedServer();
      server.answers.put(command, any -> answer);
      server.threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It answers this command so, too. */
  void alsoAnswering(String command, UnaryOperator<Document> answer) {
    answers.put(command, answer);
  }

  /** A field of the document that was sent last to be stored. */
  Object lastInserted(String field) {
    return lastInserted.get(field);
  }

  String uri() {
    return "mongodb://127.0.0.1:" + listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        answer(read(in), socket.getOutputStream());
      }
    } catch (IOException theOtherSideHasGone) {
      return;
    }
  }

  private static ByteBuffer read(DataInputStream in) throws IOException {
    byte[] length = in.readNBytes(Integer.BYTES);
    if (length.length < Integer.BYTES) {
      throw new IOException("the connection ended");
    }
    int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    message.put(length).put(in.readNBytes(size - Integer.BYTES));
    return message.flip();
  }

  private void answer(ByteBuffer message, OutputStream out) throws IOException {
    int id = message.getInt(4);
    boolean isOld = message.getInt(12) == OP_QUERY;
    int begin = isOld ? afterName(message) + 2 * Integer.BYTES : HEADER + Integer.BYTES + 1;
    Document command = document(message, begin);
    int end = begin + message.getInt(begin);
    if (end < message.limit() && message.get(end) == DOCUMENTS) {
      lastInserted = document(message, afterText(message, end + 1 + Integer.BYTES));
    }
    Document answer =
        answers.getOrDefault(command.keySet().iterator().next(), any -> PRIMARY).apply(command);
    byte[] body = bytes(answer);
    int prefix = isOld ? 20 : Integer.BYTES + 1;
    ByteBuffer reply =
        ByteBuffer.allocate(HEADER + prefix + body.length).order(ByteOrder.LITTLE_ENDIAN);
    reply.putInt(reply.capacity()).putInt(0).putInt(id).putInt(isOld ? OP_REPLY : OP_MSG);
    if (isOld) {
      reply.putInt(8).putLong(0).putInt(0).putInt(1);
    } else {
      reply.putInt(0).put((byte) 0);
    }
    out.write(reply.put(body).array());
    out.flush();
  }

  /** In an old query the command stands behind flags and the collection's name. */
  private static int afterName(ByteBuffer message) {
    return afterText(message, HEADER + Integer.BYTES);
  }

  private static int afterText(ByteBuffer message, int begin) {
    int at = begin;
    while (message.get(at) != 0) {
      at++;
    }
    return at + 1;
  }

  private static Document document(ByteBuffer message, int begin) {
    ByteBuffer part = message.slice(begin, message.getInt(begin)).order(ByteOrder.LITTLE_ENDIAN);
    return CODEC.decode(new BsonBinaryReader(part), DecoderContext.builder().build());
  }

  private static byte[] bytes(Document document) {
    BasicOutputBuffer buffer = new BasicOutputBuffer();
    try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      CODEC.encode(writer, document, EncoderContext.builder().build());
    }
    return buffer.toByteArray();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
