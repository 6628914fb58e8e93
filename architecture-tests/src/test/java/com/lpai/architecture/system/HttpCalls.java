package com.lpai.architecture.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * HTTP to one base address, with the same headers on each call. Redirects are answers, they are not
 * followed.
 */
public final class HttpCalls {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /** An answer of any status. */
  public record Answer(int status, HttpHeaders headers, String body) {

    /** The body as a JSON object. */
    public JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }

    /** The first value of a header, empty where it is absent. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  private final HttpClient client;
  private final URI base;
  private final Map<String, String> headers;

  private HttpCalls(HttpClient client, URI base, Map<String, String> headers) {
    this.client = client;
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  /** Calls without any header of their own. */
  public static HttpCalls to(URI base) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    return new HttpCalls(client, base, Map.of());
  }

  /** The same calls with one more header. */
  public HttpCalls with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpCalls(client, base, more);
  }

  /** The same calls with a bearer token. */
  public HttpCalls withBearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody(), "");
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), "");
  }

  public Answer post(String path, JsonValue body) {
    return send("POST", path, BodyPublishers.ofString(body.toString()), "application/json");
  }

  public Answer put(String path, JsonValue body) {
    return send("PUT", path, BodyPublishers.ofString(body.toString()), "application/json");
  }

  /** A JSON merge patch. */
  public Answer patch(String path, JsonValue body) {
    return send(
        "PATCH", path, BodyPublishers.ofString(body.toString()), "application/merge-patch+json");
  }

  /**
   * Any request.
   *
   * @param path from the base address on, with its query
   * @param contentType empty for none
   */
  public Answer send(String method, String path, BodyPublisher body, String contentType) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN).method(method, body);
    headers.forEach(request::header);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(method + " " + base.resolve(path), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
