package com.lpai.dev.sandbox.openapi;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds requests against the operations that GoHighLevel documents. */
public final class Requests {
  private static final String JSON = "application/json";

  private final List<OpenApi> areas;

  private Requests(List<OpenApi> areas) {
    this.areas = areas;
  }

  public static Requests documented(Path shared, String... areas) {
    return new Requests(List.of(areas).stream().map(area -> OpenApi.area(shared, area)).toList());
  }

  private record Operation(OpenApi api, String name, JsonObject description) {
    List<JsonObject> parameters(String in) {
      return description.get("parameters") instanceof JsonArray all
          ? all.getValuesAs(JsonObject.class).stream()
              .filter(parameter -> parameter.getString("in").equals(in))
              .toList()
          : List.of();
    }
  }

  /** Which documented operation this is, such as "PUT /contacts/{contactId}"; empty for none. */
  public Optional<String> operation(RecordedRequest request) {
    return find(request).map(Operation::name);
  }

  /** Where the request is not what its operation describes; each begins with the operation. */
  public List<String> complaints(RecordedRequest request) {
    Optional<Operation> operation = find(request);
    if (operation.isEmpty()) {
      return List.of(request.method() + " " + request.path() + " is no documented operation");
    }
    List<String> complaints = new ArrayList<>();
    checkHeaders(request, operation.get(), complaints);
    checkQuery(request, operation.get(), complaints);
    checkBody(request, operation.get(), complaints);
    return complaints.stream().map(each -> operation.get().name() + ": " + each).toList();
  }

  /** The path that is written out wins over one with a placeholder. */
  private Optional<Operation> find(RecordedRequest request) {
    String method = request.method().toLowerCase(Locale.ROOT);
    return areas.stream()
        .flatMap(
            api ->
                api.paths().entrySet().stream()
                    .filter(path -> matches(path.getKey(), request.path()))
                    .filter(path -> path.getValue().asJsonObject().containsKey(method))
                    .map(
                        path ->
                            new Operation(
                                api,
                                request.method() + " " + path.getKey(),
                                path.getValue().asJsonObject().getJsonObject(method))))
        .min(Comparator.comparingInt(operation -> operation.name().split("\\{", -1).length));
  }

  private static boolean matches(String template, String path) {
    return path.matches(template.replaceAll("\\{[^/]+}", "[^/]+"));
  }

  /** In a query everything is text; a flag is one of two words. */
  private static JsonValue inQuery(String value, JsonObject schema) {
    boolean isFlag = schema.getString("type", "").equals("boolean");
    return isFlag && value.equals("true")
        ? JsonValue.TRUE
        : isFlag && value.equals("false") ? JsonValue.FALSE : JsonText.string(value);
  }

  private static void checkHeaders(
      RecordedRequest request, Operation operation, List<String> complaints) {
    for (JsonObject parameter : operation.parameters("header")) {
      String name = parameter.getString("name");
      String value = request.header(name.toLowerCase(Locale.ROOT));
      if (!value.isEmpty()) {
        operation
            .api()
            .complaints(JsonText.string(value), parameter.getJsonObject("schema"), Set.of())
            .forEach(complaint -> complaints.add("header " + name + " " + complaint));
      } else if (parameter.getBoolean("required", false)) {
        complaints.add("header " + name + " is missing");
      }
    }
    boolean secured =
        operation.description().get("security") instanceof JsonArray ways && !ways.isEmpty();
    if (secured && !request.header("authorization").startsWith("Bearer ")) {
      complaints.add("header Authorization has no bearer token");
    }
  }

  private static void checkQuery(
      RecordedRequest request, Operation operation, List<String> complaints) {
    Map<String, String> query = request.query();
    List<JsonObject> parameters = operation.parameters("query");
    List<String> names = parameters.stream().map(parameter -> parameter.getString("name")).toList();
    query.keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> complaints.add("query has an unknown parameter " + name));
    for (JsonObject parameter : parameters) {
      String name = parameter.getString("name");
      if (query.containsKey(name)) {
        operation
            .api()
            .complaints(
                inQuery(query.get(name), parameter.getJsonObject("schema")),
                parameter.getJsonObject("schema"),
                Set.of())
            .forEach(complaint -> complaints.add("query " + name + " " + complaint));
      } else if (parameter.getBoolean("required", false)) {
        complaints.add("query lacks " + name);
      }
    }
  }

  private static void checkBody(
      RecordedRequest request, Operation operation, List<String> complaints) {
    if (!(operation.description().get("requestBody") instanceof JsonObject described)) {
      if (!request.body().isEmpty()) {
        complaints.add("a body is not described");
      }
      return;
    }
    JsonObject content = described.getJsonObject("content");
    if (!(content.get(request.mediaType()) instanceof JsonObject media)) {
      complaints.add("the body's type " + request.mediaType() + " is none of " + content.keySet());
      return;
    }
    Optional<JsonValue> body =
        request.mediaType().equals(JSON)
            ? JsonText.parse(request.body().getBytes(StandardCharsets.UTF_8))
            : Optional.of(fields(request.body()));
    body.ifPresentOrElse(
        value ->
            complaints.addAll(
                operation.api().complaints(value, media.getJsonObject("schema"), Set.of())),
        () -> complaints.add("the body is no JSON"));
  }

  private static JsonObject fields(String form) {
    JsonObjectBuilder fields = JsonText.object();
    RecordedRequest.form(form).forEach(fields::add);
    return fields.build();
  }
}
