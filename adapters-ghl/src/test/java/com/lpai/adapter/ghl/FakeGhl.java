package com.lpai.adapter.ghl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/** A server that answers what no well-behaved GoHighLevel would. */
public final class FakeGhl implements AutoCloseable {

  /** A request as it came. */
  public record Received(
      String method, String target, Map<String, List<String>> headers, String body) {
    /** A query parameter, empty when it is absent. */
    public String parameter(String name) {
      int query = target.indexOf('?');
      return Stream.of(target.substring(query + 1).split("&", -1))
          .filter(pair -> query >= 0 && pair.startsWith(name + "="))
          .map(pair -> pair.substring(name.length() + 1))
          .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
          .findFirst()
          .orElse("");
    }

    /** A header's first value, empty when it is absent. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  private final URI uri;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AutoCloseable server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private interface Start {
    AutoCloseable of(FakeGhl fake) throws IOException;
  }

  private FakeGhl(int port, Start start) {
    this.uri = URI.create("http://127.0.0.1:" + port);
    try {
      this.server = start.of(this);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Answers every request alike. */
  public static FakeGhl answering(int status, String body, String... headers) {
    return answering(status, request -> body, headers);
  }

  /** Answers every request with a success of its own. */
  public static FakeGhl answering(Function<Received, String> body) {
    return answering(200, body);
  }

  private static FakeGhl answering(int status, Function<Received, String> body, String... headers) {
    HttpServer http = newHttpServer();
    return new FakeGhl(
        http.getAddress().getPort(),
        fake -> {
          http.setExecutor(fake.threads);
          http.createContext("/", exchange -> fake.answer(exchange, status, body, headers));
          http.start();
          return () -> http.stop(0);
        });
  }

  /** Passes every request on, and notes it. */
  public static FakeGhl inFrontOf(URI behind) {
    HttpServer http = newHttpServer();
    HttpClient client = HttpClient.newHttpClient();
    return new FakeGhl(
        http.getAddress().getPort(),
        fake -> {
          http.setExecutor(fake.threads);
          http.createContext("/", exchange -> fake.passOn(exchange, client, behind));
          http.start();
          return () -> {
            http.stop(0);
            client.close();
          };
        });
  }

  private void passOn(HttpExchange exchange, HttpClient client, URI behind) throws IOException {
    Received request = note(exchange);
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(behind.resolve(request.target()))
            .timeout(Duration.ofSeconds(10))
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    for (String name : List.of("Authorization", "Version", "Content-Type", "Accept")) {
      if (!request.header(name).isEmpty()) {
        onward.header(name, request.header(name));
      }
    }
    try (exchange) {
      HttpResponse<byte[]> answer =
          client.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private Received note(HttpExchange exchange) throws IOException {
    Received request =
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    received.add(request);
    return request;
  }

  private static HttpServer newHttpServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void answer(
      HttpExchange exchange, int status, Function<Received, String> answer, String... headers)
      throws IOException {
    String body = answer.apply(note(exchange));
    boolean isJson = body.startsWith("{") || body.startsWith("[");
    exchange.getResponseHeaders().set("Content-Type", isJson ? "application/json" : "text/html");
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** Takes requests and never answers. */
  public static FakeGhl silent() {
    return raw(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  /** Takes a request and breaks the connection off. */
  public static FakeGhl resetting() {
    return raw(
        socket -> {
          socket.getInputStream().read(new byte[8192]);
          socket.setSoLinger(true, 0);
        });
  }

  /** Takes a request and sends these bytes. */
  public static FakeGhl sending(String bytes) {
    return raw(
        socket -> {
          socket.getInputStream().read(new byte[8192]);
          socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
          socket.getOutputStream().flush();
        });
  }

  private interface Talk {
    void with(Socket socket) throws IOException;
  }

  private static FakeGhl raw(Talk talk) {
    ServerSocket listening = newServerSocket();
    return new FakeGhl(
        listening.getLocalPort(),
        fake -> {
          fake.threads.execute(() -> fake.accept(listening, talk));
          return listening;
        });
  }

  private void accept(ServerSocket listening, Talk talk) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        received.add(new Received("", "", Map.of(), ""));
        threads.execute(() -> talk(socket, talk));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void talk(Socket socket, Talk talk) {
    try (socket) {
      talk.with(socket);
    } catch (IOException theOtherSideHasGone) {
      // That is what most of these tests are about.
      return;
    }
  }

  private static ServerSocket newServerSocket() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where nobody listens. */
  public static URI addressOfNobody() {
    try (ServerSocket free = newServerSocket()) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public URI uri() {
    return uri;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  public Received lastRequest() {
    return received.getLast();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
    threads.shutdownNow();
  }
}
