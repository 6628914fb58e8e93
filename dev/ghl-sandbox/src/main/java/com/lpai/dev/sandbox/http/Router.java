package com.lpai.dev.sandbox.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what a path means. Paths are case-sensitive and a trailing slash counts, as at GoHighLevel;
 * a template with fewer variables wins.
 *
 * @param <T> what a route leads to
 */
public final class Router<T> {

  /** A route that fits, with the values of its variables. */
  public record Match<T>(String template, T target, Map<String, String> variables) {}

  private record Route<T>(String method, String template, List<String> segments, T target) {
    long variables() {
      return segments.stream().filter(Router::isVariable).count();
    }
  }

  private final List<Route<T>> routes = new ArrayList<>();

  /** Adds a route such as {@code GET /contacts/{contactId}}. */
  public void add(String method, String template, T target) {
    Route<T> route = new Route<>(method, template, segments(template), target);
    int place = 0;
    while (place < routes.size() && routes.get(place).variables() <= route.variables()) {
      place++;
    }
    routes.add(place, route);
  }

  public Optional<Match<T>> match(String method, String path) {
    List<String> actual = segments(path);
    for (Route<T> route : routes) {
      if (route.method().equals(method) && fits(route.segments(), actual)) {
        return Optional.of(
            new Match<>(route.template(), route.target(), variables(route.segments(), actual)));
      }
    }
    return Optional.empty();
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  private static boolean fits(List<String> template, List<String> actual) {
    if (template.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      boolean same =
          isVariable(template.get(i))
              ? !actual.get(i).isEmpty()
              : template.get(i).equals(actual.get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> variables(List<String> template, List<String> actual) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < template.size(); i++) {
      String segment = template.get(i);
      if (isVariable(segment)) {
        values.put(segment.substring(1, segment.length() - 1), Request.decoded(actual.get(i)));
      }
    }
    return values;
  }
}
