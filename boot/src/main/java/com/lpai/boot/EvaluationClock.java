package com.lpai.boot;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Evaluation mode's time: ours, moved as the sandbox's clock is moved, so that hours and days can
 * be tried in seconds (spec 12). While the sandbox cannot be asked, the last offset counts.
 */
final class EvaluationClock implements InstantSource, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EvaluationClock.class.getName());
  private static final Duration ASK_EVERY = Duration.ofMillis(200);

  private final Clock own = Clock.tickMillis(ZoneOffset.UTC);
  private final HttpClient http;
  private final HttpRequest question;
  private final Thread follower;
  private volatile Duration offset = Duration.ZERO;
  private boolean answered = true;

  EvaluationClock(URI clock) {
    http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    question = HttpRequest.newBuilder(clock).timeout(Duration.ofSeconds(2)).build();
    askFirst();
    // A thread of its own: virtual ones share as many as there are cores, and work that is due
    // because the clock moved would keep the others from learning that it did.
    follower = Thread.ofPlatform().name("lpai-clock").daemon().start(this::follow);
  }

  @Override
  public Instant instant() {
    return own.instant().plus(offset);
  }

  /** Nothing is done by another time than that which counts a moment later. */
  private void askFirst() {
    try {
      ask();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      while (true) {
        ask();
        Thread.sleep(ASK_EVERY);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
      try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
        if (reader.readObject().get("offsetMillis") instanceof JsonNumber millis) {
          offset = Duration.ofMillis(millis.longValue());
        }
      }
      answered = true;
    } catch (IOException | RuntimeException away) {
      // The sandbox is starting or gone: the offset we know stays right until it says otherwise.
      if (answered) {
        LOG.log(System.Logger.Level.WARNING, "The sandbox's clock does not answer: {0}", away);
      }
      answered = false;
    }
  }

  @Override
  public void close() {
    follower.interrupt();
    http.close();
  }
}
