package com.lpai.dev.sandbox.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it went over the wire.
 *
 * @param target path and query, still encoded
 * @param headers by name; the first value of each
 */
public record RecordedRequest(
    String method, String target, Map<String, String> headers, String body) {

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  Map<String, String> query() {
    int query = target.indexOf('?');
    return query < 0 ? Map.of() : form(target.substring(query + 1));
  }

  /** A header's value, empty when it is absent. */
  String header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  String mediaType() {
    return header("content-type").split(";", -1)[0].strip();
  }

  static Map<String, String> form(String encoded) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : encoded.split("&", -1)) {
      String[] parts = field.split("=", 2);
      fields.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
