package com.lpai.architecture.model;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.HttpDoor;
import com.lpai.dev.sandbox.http.Request;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Takes the webhooks from the sandbox's process, and brings them to a server, byte for byte. */
final class Carrier implements AutoCloseable {

  /**
   * A webhook.
   *
   * @param signatures the headers that sign the body
   */
  record Letter(String body, Map<String, String> signatures) {
    Letter {
      signatures = Map.copyOf(signatures);
    }
  }

  private final HttpDoor door;
  private volatile String location = "";
  private volatile Consumer<Letter> box = letter -> {};

  Carrier() {
    try {
      door = HttpDoor.open(0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    door.serve(this::taken);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + door.port() + "/");
  }

  /** What comes of this location goes into the box; of others it is thrown away. */
  void collects(String newLocation, Consumer<Letter> newBox) {
    box = newBox;
    location = newLocation;
  }

  private Answer taken(Request request) {
    Map<String, String> signatures = new TreeMap<>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith("x-")) {
                signatures.put(name, values.getFirst());
              }
            });
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(request.body()))) {
      JsonObject event = reader.readObject();
      if (event.getString("locationId", "").equals(location)) {
        box.accept(new Letter(new String(request.body(), StandardCharsets.UTF_8), signatures));
      }
    }
    return Answer.Reply.text(200, "text/plain", "taken");
  }

  /** Whether the server took it in. */
  static boolean brings(Letter letter, HttpCalls server) {
    HttpCalls signed = server;
    for (Map.Entry<String, String> header : letter.signatures().entrySet()) {
      signed = signed.with(header.getKey(), header.getValue());
    }
    HttpCalls.Answer answer =
        signed.send(
            "POST",
            "/api/webhooks/ghl/native",
            BodyPublishers.ofString(letter.body()),
            "application/json");
    if (answer.status() == 401 || answer.status() == 400) {
      throw new AssertionError("a webhook was answered " + answer.status() + answer.body());
    }
    return answer.status() == 200;
  }

  @Override
  public void close() {
    door.close();
  }
}
