package com.lpai.dev.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** HTTP/1.1 without TLS: bodies by length, in chunks, or until the end of the connection. */
final class HttpProtocol implements WireProtocol {
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final int MOST_BODY_BYTES = 64 * 1024 * 1024;
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int SWITCHING_PROTOCOLS = 101;

  /** First line and headers of a message, with the empty line after them. */
  private record Head(String text) {
    String firstLine() {
      return text.substring(0, Math.max(0, text.indexOf("\r\n")));
    }

    /** The value of a header, empty where it is absent. */
    String header(String name) {
      for (String line : text.split("\r\n", -1)) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
          return line.substring(colon + 1).strip();
        }
      }
      return "";
    }

    boolean isChunked() {
      return header("Transfer-Encoding").equalsIgnoreCase("chunked");
    }

    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public Optional<Message> readCommand(InputStream client) throws IOException {
    Optional<Head> read = readHead(client);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Head head = read.get();
    String[] words = head.firstLine().split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new UnreadableMessageException("This is no HTTP/1.1 request. Is TLS or HTTP/2 on?");
    }
    if (!head.header("Expect").isEmpty()) {
      throw new UnreadableMessageException("Expect: 100-continue does not work with this proxy");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(head.bytes());
    if (head.isChunked()) {
      copyChunks(client, bytes);
    } else if (!head.header("Content-Length").isEmpty()) {
      copy(client, bytes, length(head));
    }
    String path = words[1].contains("?") ? words[1].substring(0, words[1].indexOf('?')) : words[1];
    return Optional.of(new Message(new Command(words[0], path), bytes.toByteArray(), true));
  }

  @Override
  public boolean copyReply(Command command, InputStream server, OutputStream reply)
      throws IOException {
    while (true) {
      Head head =
          readHead(server).orElseThrow(() -> new EOFException("The server closed the connection"));
      int status = status(head);
      reply.write(head.bytes());
      if (status == SWITCHING_PROTOCOLS) {
        throw new UnreadableMessageException("The server left HTTP/1.1 (101): not supported");
      }
      if (status >= 200) {
        return copyBody(command, status, head, server, reply);
      }
    }
  }

  private static boolean copyBody(
      Command command, int status, Head head, InputStream server, OutputStream reply)
      throws IOException {
    boolean goesOn = true;
    if (!command.name().equals("HEAD") && status != 204 && status != 304) {
      if (head.isChunked()) {
        copyChunks(server, reply);
      } else if (!head.header("Content-Length").isEmpty()) {
        copy(server, reply, length(head));
      } else {
        copyToTheEnd(server, reply);
        goesOn = false;
      }
    }
    reply.flush();
    return goesOn;
  }

  private static Optional<Head> readHead(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      String line = readLine(in, text.isEmpty());
      if (text.isEmpty() && line.isEmpty()) {
        return Optional.empty();
      }
      text.append(line);
      if (line.equals("\r\n")) {
        return Optional.of(new Head(text.toString()));
      }
      if (text.length() > MOST_HEAD_BYTES) {
        throw new UnreadableMessageException("The headers are longer than " + MOST_HEAD_BYTES);
      }
    }
  }

  /** A line with its end; empty at the end of the stream where that is allowed. */
  private static String readLine(InputStream in, boolean mayEnd) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      int next = in.read();
      if (next < 0 && mayEnd && line.isEmpty()) {
        return "";
      }
      if (next < 0) {
        throw new EOFException("The connection ended within a message");
      }
      if (line.length() > MOST_HEAD_BYTES) {
        throw new UnreadableMessageException("A line is longer than " + MOST_HEAD_BYTES);
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static int status(Head head) throws UnreadableMessageException {
    String[] words = head.firstLine().split(" ", -1);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
      throw new UnreadableMessageException("The server's reply is no HTTP/1.1");
    }
    return Integer.parseInt(words[1]);
  }

  private static int length(Head head) throws UnreadableMessageException {
    String text = head.header("Content-Length");
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > MOST_BODY_BYTES) {
      throw new UnreadableMessageException("Content-Length is not within 0.." + MOST_BODY_BYTES);
    }
    return Integer.parseInt(text);
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    int length;
    do {
      String line = readLine(in, false);
      length = chunkLength(line);
      write(out, line);
      if (length > 0) {
        copy(in, out, length);
        write(out, readLine(in, false));
        out.flush();
      }
    } while (length > 0);
    String trailer;
    do {
      trailer = readLine(in, false);
      write(out, trailer);
    } while (!trailer.equals("\r\n"));
  }

  private static int chunkLength(String line) throws UnreadableMessageException {
    String digits = line.split("[;\r\n]", 2)[0].strip();
    if (!digits.matches("[0-9a-fA-F]{1,7}")) {
      throw new UnreadableMessageException("A chunk has no length");
    }
    return Integer.parseInt(digits, 16);
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void copy(InputStream in, OutputStream out, int length) throws IOException {
    int left = length;
    while (left > 0) {
      byte[] piece = in.readNBytes(Math.min(left, PIECE_BYTES));
      if (piece.length == 0) {
        throw new EOFException("The connection ended within a message");
      }
      out.write(piece);
      left -= piece.length;
    }
  }

  private static void copyToTheEnd(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    int read = in.read(piece);
    while (read >= 0) {
      out.write(piece, 0, read);
      out.flush();
      read = in.read(piece);
    }
  }
}
