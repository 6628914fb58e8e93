package com.lpai.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluationClockTest {
  private static final List<String> FIRST_ANSWERS =
      List.of("{\"offsetMillis\":60000}", "[1]", "no JSON", "{\"offsetMillis\":\"no number\"}");
  private static final String LATER = "{\"offsetMillis\":3600000}";

  private HttpServer sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sandbox.start();
  }

  @AfterEach
  void close() {
    sandbox.stop(0);
  }

  @Test
  void answersThatMakeNoSenseDoNotEndThatItFollows() throws InterruptedException {
    // The last of them has been read when one more is asked for.
    CountDownLatch asked = new CountDownLatch(FIRST_ANSWERS.size() + 2);
    answer(asked);

    try (EvaluationClock clock = new EvaluationClock(uri())) {
      assertThat(clock.instant()).isBetween(in(59), in(61));

      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(clock.instant()).isBetween(in(3599), in(3601));
    }
  }

  private static Instant in(int seconds) {
    return Instant.now().plusSeconds(seconds);
  }

  private void answer(CountDownLatch asked) {
    sandbox.createContext(
        "/",
        exchange -> {
          int number = FIRST_ANSWERS.size() + 2 - (int) asked.getCount();
          byte[] body =
              (number < FIRST_ANSWERS.size() ? FIRST_ANSWERS.get(number) : LATER).getBytes(UTF_8);
          asked.countDown();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + sandbox.getAddress().getPort() + "/sandbox/clock");
  }
}
