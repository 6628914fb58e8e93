package com.lpai.dev.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The HTTP server: this machine only, one virtual thread for each request. */
public final class HttpDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpDoor.class.getName());
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  static {
    // Without it each answer on a kept connection waits 40 ms for the other side's delayed ACK.
    unlessSet("sun.net.httpserver.nodelay", "true");
    // By default 200 kept connections and 30 seconds: several servers with pools of their own keep
    // more and longer, and a POST on a connection that is being closed fails.
    unlessSet("sun.net.httpserver.maxIdleConnections", "10000");
    unlessSet("sun.net.httpserver.idleInterval", "300");
  }

  private static void unlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);

  private HttpDoor(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens a port of 127.0.0.1; nothing is served before {@link #serve}.
   *
   * @param port 0 for a free one
   * @throws IOException when the port is taken
   */
  public static HttpDoor open(int port) throws IOException {
    InetAddress thisMachine = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    return new HttpDoor(HttpServer.create(new InetSocketAddress(thisMachine, port), 1024));
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void serve(Function<Request, Answer> handler) {
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, handler));
    server.start();
  }

  /** Waits in real time, shorter when the server closes. */
  public void pause(Duration time) {
    try {
      boolean closed = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
      if (closed) {
        LOG.log(System.Logger.Level.DEBUG, "a held request ends: the server closes");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Function<Request, Answer> handler) throws IOException {
    try (exchange) {
      Optional<byte[]> body = body(exchange);
      if (body.isEmpty()) {
        write(exchange, Answer.Reply.text(413, "text/plain", "Request body too large"));
        return;
      }
      switch (handler.apply(request(exchange, body.get()))) {
        case Answer.Reply reply -> write(exchange, reply);
        case Answer.Silence silence -> pause(silence.hold());
      }
    }
  }

  private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES ? Optional.empty() : Optional.of(bytes);
    }
  }

  private static Request request(HttpExchange exchange, byte[] body) {
    String query = exchange.getRequestURI().getRawQuery();
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query == null ? Map.of() : Request.pairs(query),
        exchange.getRequestHeaders(),
        body);
  }

  private static void write(HttpExchange exchange, Answer.Reply reply) throws IOException {
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    int length = reply.body().length;
    exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
    if (length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(reply.body());
      }
    }
  }
}
