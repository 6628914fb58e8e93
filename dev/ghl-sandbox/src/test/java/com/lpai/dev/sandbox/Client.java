package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks HTTP to the sandbox. */
final class Client {

  record Reply(int status, HttpHeaders headers, String text) {
    JsonObject json() {
      return JsonText.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow().asJsonObject();
    }

    /** The one message, or all of them. */
    List<String> messages() {
      return json().get("message") instanceof JsonString one
          ? List.of(one.getString())
          : json().getJsonArray("message").getValuesAs(JsonString.class).stream()
              .map(JsonString::getString)
              .toList();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final URI base;
  private final Optional<String> token;
  private final String version;
  private final Duration patience;

  private Client(URI base, Optional<String> token, String version, Duration patience) {
    this.base = base;
    this.token = token;
    this.version = version;
    this.patience = patience;
  }

  static Client of(GhlSandbox sandbox) {
    return new Client(sandbox.baseUri(), Optional.empty(), "2021-07-28", Duration.ofSeconds(10));
  }

  Client withToken(String newToken) {
    return new Client(base, Optional.of(newToken), version, patience);
  }

  Client withVersion(String newVersion) {
    return new Client(base, token, newVersion, patience);
  }

  Client waiting(Duration time) {
    return new Client(base, token, version, time);
  }

  Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody(), "");
  }

  Reply post(String path, String json) {
    return json("POST", path, json);
  }

  Reply put(String path, String json) {
    return json("PUT", path, json);
  }

  Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), "");
  }

  Reply json(String method, String path, String json) {
    return send(method, path, BodyPublishers.ofString(json), "application/json");
  }

  Reply form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(it -> it.getKey() + "=" + encoded(it.getValue()))
            .collect(Collectors.joining("&"));
    return send("POST", path, BodyPublishers.ofString(body), "application/x-www-form-urlencoded");
  }

  /** Sends any body; without a type there is none. */
  Reply send(String method, String path, String body, String contentType) {
    BodyPublisher publisher =
        contentType.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return send(method, path, publisher, contentType);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply send(String method, String path, BodyPublisher body, String contentType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(patience).method(method, body);
    token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
    if (!version.isEmpty()) {
      request.header("Version", version);
    }
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
