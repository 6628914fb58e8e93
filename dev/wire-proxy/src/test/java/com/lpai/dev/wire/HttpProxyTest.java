package com.lpai.dev.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.dev.sandbox.GhlSandbox;
import com.lpai.dev.sandbox.SandboxConfig;
import com.lpai.dev.sandbox.world.Seeding;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProxyTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger served = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = server();
  private final WireProxy proxy = WireProxy.http(server.getAddress());

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @BeforeEach
  void serve() {
    server.setExecutor(threads);
    server.createContext("/echo", this::echo);
    server.createContext("/nothing", exchange -> exchange.sendResponseHeaders(204, -1));
    server.createContext("/big", exchange -> answer(exchange, new byte[300_000], 300_000));
    server.start();
  }

  @AfterEach
  void close() {
    proxy.close();
    server.stop(0);
    threads.close();
  }

  /** A body of known length comes back with one, a chunked one in chunks. */
  private void echo(HttpExchange exchange) throws IOException {
    served.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
    answer(exchange, body, chunked ? 0 : body.length);
  }

  private static void answer(HttpExchange exchange, byte[] body, long length) throws IOException {
    exchange.sendResponseHeaders(200, length == 0 && body.length == 0 ? -1 : length);
    if (!exchange.getRequestMethod().equals("HEAD")) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
    exchange.close();
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(proxy.uri() + path))
            .method(method, body)
            .timeout(Duration.ofSeconds(2))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send("POST", "/echo?secret=1", BodyPublishers.ofString(body));
  }

  @Test
  void passesEveryKindOfBodyOn() throws Exception {
    byte[] big = "b".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big));

    assertThat(post("ünïcode").body()).isEqualTo("ünïcode");
    assertThat(send("PUT", "/echo", chunked).body()).hasSize(200_000);
    assertThat(send("GET", "/echo", BodyPublishers.noBody()).body()).isEmpty();
    assertThat(send("DELETE", "/nothing", BodyPublishers.noBody()).statusCode()).isEqualTo(204);
    assertThat(send("HEAD", "/big", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    assertThat(send("GET", "/big", BodyPublishers.noBody()).body()).hasSize(300_000);

    assertThat(proxy.seen())
        .extracting(Command::toString)
        .containsExactly(
            "POST /echo", "PUT /echo", "GET /echo", "DELETE /nothing", "HEAD /big", "GET /big");
  }

  @Test
  void replyUntilTheEndOfTheConnectionIsPassedOn() throws Exception {
    try (ServerSocket old = new ServerSocket(0, 1, LOOPBACK);
        WireProxy before = WireProxy.http((InetSocketAddress) old.getLocalSocketAddress())) {
      threads.execute(
          () -> {
            try (Socket client = old.accept()) {
              assertThat(client.getInputStream().read()).isEqualTo('G');
              client
                  .getOutputStream()
                  .write("HTTP/1.0 200 OK\r\n\r\nall".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException failure) {
              throw new java.io.UncheckedIOException(failure);
            }
          });

      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(before.uri() + "/")).build(),
              BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("all");
    }
  }

  @Test
  void requestCutBeforeItIsForwardedIsNotServed() {
    proxy.when(Match.request("POST", "/ec*").first(1)).before().cut();

    assertThatThrownBy(() -> post("lost")).isInstanceOf(IOException.class);

    assertThat(served).hasValue(0);
  }

  @Test
  void lostAnswerIsNoLostRequest() {
    proxy.when(Match.request("POST", "/echo")).afterReply().cut();

    assertThatThrownBy(() -> post("done")).isInstanceOf(IOException.class);

    assertThat(served).hasValue(1);
  }

  @Test
  void droppedRequestLeavesTheClientWaiting() {
    proxy.when(Match.request("POST", "/echo")).before().drop();

    assertThatThrownBy(() -> post("into the void")).isInstanceOf(HttpTimeoutException.class);

    assertThat(served).hasValue(0);
  }

  @Test
  void textInTheBodyTellsARequestApart() throws Exception {
    Rule cut =
        proxy.when(Match.request("POST", "/echo").containing("refresh_token")).before().cut();

    post("grant_type=authorization_code");
    assertThatThrownBy(() -> post("grant_type=refresh_token")).isInstanceOf(IOException.class);

    assertThat(cut.times()).isEqualTo(1);
  }

  @Test
  void throttledReplyComesSlowly() throws Exception {
    proxy.when(Match.request("GET", "/big")).afterReply().throttle(1_000_000);
    long start = System.nanoTime();

    HttpResponse<String> answer = send("GET", "/big", BodyPublishers.noBody());

    assertThat(answer.body()).hasSize(300_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void oneProxyArmsAnother() throws Exception {
    try (WireProxy second = WireProxy.http(server.getAddress())) {
      proxy
          .when(Match.request("POST", "/echo").first(1))
          .afterReply()
          .run(() -> second.when(Match.any().first(1)).before().cut());
      HttpRequest toSecond =
          HttpRequest.newBuilder(URI.create(second.uri() + "/nothing"))
              .DELETE()
              .timeout(Duration.ofSeconds(2))
              .build();

      http.send(toSecond, BodyHandlers.discarding());
      post("arm");

      assertThatThrownBy(() -> post(http.send(toSecond, BodyHandlers.ofString()).body()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNoHttpIsCutOff() throws Exception {
    try (Socket client = new Socket(LOOPBACK, proxy.address().getPort())) {
      client
          .getOutputStream()
          .write("\u0016\u0003\u0001 hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(proxy.seen()).isEmpty();
  }

  @Test
  void standsBeforeTheSandbox() throws Exception {
    try (GhlSandbox ghl = GhlSandbox.start(SandboxConfig.standard());
        WireProxy before = WireProxy.http(new InetSocketAddress(LOOPBACK, ghl.port()))) {
      ghl.createLocation(Seeding.of("loc1").withContacts(3, 1));
      String body = "{\"locationId\":\"loc1\",\"firstName\":\"Ada\",\"email\":\"a@example.com\"}";
      HttpRequest create =
          HttpRequest.newBuilder(URI.create(before.uri() + "/contacts/"))
              .header("Authorization", "Bearer " + ghl.userToken("loc1"))
              .header("Version", "2021-07-28")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      before.when(Match.request("POST", "/contacts/").first(1)).afterReply().cut();

      assertThatThrownBy(() -> http.send(create, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);

      assertThat(ghl.contactCount("loc1")).isEqualTo(4);
      assertThat(before.seen()).containsOnly(new Command("POST", "/contacts/"));
    }
  }
}
