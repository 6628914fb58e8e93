package com.lpai.dev.sandbox.http;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came in.
 *
 * @param path undecoded, as sent
 * @param query decoded; of a repeated parameter the last value
 * @param body the raw bytes, empty when there were none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(
    String method, String path, Map<String, String> query, Headers headers, byte[] body) {

  /** A request that is made in this JVM. */
  public static Request of(String method, String target, String body) {
    int query = target.indexOf('?');
    return new Request(
        method,
        query < 0 ? target : target.substring(0, query),
        query < 0 ? Map.of() : pairs(target.substring(query + 1)),
        new Headers(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A header by name, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** A query parameter that is present and not empty. */
  public Optional<String> queryValue(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /** The body as an HTML form. */
  public Map<String, String> form() {
    return pairs(new String(body, StandardCharsets.UTF_8));
  }

  /** Decodes {@code a=b&c=d}. */
  static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      pairs.put(decoded(name), decoded(value));
    }
    return pairs;
  }

  /** Decodes a part of a path or query. */
  public static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
