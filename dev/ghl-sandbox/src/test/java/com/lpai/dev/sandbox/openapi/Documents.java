package com.lpai.dev.sandbox.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Several of GoHighLevel's files, and the operations in them. */
final class Documents {

  /** One documented operation. */
  record Operation(OpenApi api, String name, JsonObject description) {
    List<JsonObject> parameters(String in) {
      return description.get("parameters") instanceof JsonArray all
          ? all.getValuesAs(JsonObject.class).stream()
              .filter(parameter -> parameter.getString("in").equals(in))
              .toList()
          : List.of();
    }
  }

  private final List<OpenApi> areas;

  Documents(Path shared, String... areas) {
    this.areas = List.of(areas).stream().map(area -> OpenApi.area(shared, area)).toList();
  }

  /** The path that is written out wins over one with a placeholder. */
  Optional<Operation> find(String method, String path) {
    String key = method.toLowerCase(Locale.ROOT);
    return areas.stream()
        .flatMap(
            api ->
                api.paths().entrySet().stream()
                    .filter(entry -> matches(entry.getKey(), path))
                    .filter(entry -> entry.getValue().asJsonObject().containsKey(key))
                    .map(
                        entry ->
                            new Operation(
                                api,
                                method + " " + entry.getKey(),
                                entry.getValue().asJsonObject().getJsonObject(key))))
        .min(Comparator.comparingInt(operation -> operation.name().split("\\{", -1).length));
  }

  private static boolean matches(String template, String path) {
    return path.matches(template.replaceAll("\\{[^/]+}", "[^/]+"));
  }
}
