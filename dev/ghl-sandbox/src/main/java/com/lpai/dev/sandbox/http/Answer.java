package com.lpai.dev.sandbox.http;

import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the server does with a request: it replies, or it leaves the caller without an answer. */
public sealed interface Answer {

  /** A reply as it goes over the wire. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, Map<String, String> headers, byte[] body) implements Answer {
    public Reply {
      headers = Map.copyOf(headers);
    }

    public static Reply json(int status, JsonValue body) {
      return new Reply(
          status, Map.of("Content-Type", "application/json; charset=utf-8"), JsonText.bytes(body));
    }

    public static Reply html(int status, String page) {
      return text(status, "text/html; charset=utf-8", page);
    }

    public static Reply text(int status, String contentType, String text) {
      return new Reply(
          status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply redirect(String location) {
      return new Reply(302, Map.of("Location", location), new byte[0]);
    }

    public Reply withHeaders(Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(headers);
      all.putAll(more);
      return new Reply(status, all, body);
    }
  }

  /**
   * No answer at all: the connection stays open and silent, then it is closed.
   *
   * @param hold how long it stays open, in real time
   */
  record Silence(Duration hold) implements Answer {}
}
