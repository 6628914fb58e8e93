package com.lpai.dev.sandbox.openapi;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.openapi.Complaint.What;
import com.lpai.dev.sandbox.openapi.Documents.Operation;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds requests against the operations that GoHighLevel documents. */
public final class Requests {
  private static final String JSON = "application/json";

  private final Documents documents;

  private Requests(Documents documents) {
    this.documents = documents;
  }

  public static Requests documented(Path shared, String... areas) {
    return new Requests(new Documents(shared, areas));
  }

  /** Which documented operation this is, such as "PUT /contacts/{contactId}"; empty for none. */
  public Optional<String> operation(RecordedRequest request) {
    return find(request).map(Operation::name);
  }

  /** Where the request is not what its operation describes. */
  public List<Complaint> complaints(RecordedRequest request) {
    Optional<Operation> operation = find(request);
    if (operation.isEmpty()) {
      String text = request.method() + " " + request.path() + " is no documented operation";
      return List.of(Complaint.of("operation", What.UNKNOWN, text));
    }
    List<Complaint> complaints = new ArrayList<>();
    checkHeaders(request, operation.get(), complaints);
    checkQuery(request, operation.get(), complaints);
    checkBody(request, operation.get(), complaints);
    return complaints.stream().map(each -> each.in(operation.get().name())).toList();
  }

  private Optional<Operation> find(RecordedRequest request) {
    return documents.find(request.method(), request.path());
  }

  private static void checkHeaders(
      RecordedRequest request, Operation operation, List<Complaint> complaints) {
    for (JsonObject parameter : operation.parameters("header")) {
      String name = parameter.getString("name");
      String value = request.header(name.toLowerCase(Locale.ROOT));
      if (!value.isEmpty()) {
        checkValue("header " + name, value, parameter, operation, complaints);
      } else if (parameter.getBoolean("required", false)) {
        complain("header " + name, What.MISSING, "header " + name + " is missing", complaints);
      }
    }
    boolean secured =
        operation.description().get("security") instanceof JsonArray ways && !ways.isEmpty();
    if (secured && !request.header("authorization").startsWith("Bearer ")) {
      String text = "header Authorization has no bearer token";
      complain("header Authorization", What.MISSING, text, complaints);
    }
  }

  private static void checkQuery(
      RecordedRequest request, Operation operation, List<Complaint> complaints) {
    Map<String, String> query = request.query();
    List<JsonObject> parameters = operation.parameters("query");
    List<String> names = parameters.stream().map(parameter -> parameter.getString("name")).toList();
    for (String name : query.keySet()) {
      if (!names.contains(name)) {
        String text = "query has an unknown parameter " + name;
        complain("query " + name, What.UNKNOWN, text, complaints);
      }
    }
    for (JsonObject parameter : parameters) {
      String name = parameter.getString("name");
      if (query.containsKey(name)) {
        checkValue("query " + name, query.get(name), parameter, operation, complaints);
      } else if (parameter.getBoolean("required", false)) {
        complain("query " + name, What.MISSING, "query lacks " + name, complaints);
      }
    }
  }

  /** In a header or query all values are texts; what they spell may be a boolean or a number. */
  private static void checkValue(
      String place,
      String value,
      JsonObject parameter,
      Operation operation,
      List<Complaint> complaints) {
    JsonObject schema = parameter.getJsonObject("schema");
    JsonValue typed =
        switch (schema.getString("type", "string")) {
          case "boolean", "number", "integer" ->
              JsonText.parse(value.getBytes(StandardCharsets.UTF_8)).orElse(JsonText.string(value));
          default -> JsonText.string(value);
        };
    operation
        .api()
        .complaints(typed, schema)
        .forEach(it -> complain(place, it.what(), place + " " + it.text(), complaints));
  }

  private static void checkBody(
      RecordedRequest request, Operation operation, List<Complaint> complaints) {
    if (!(operation.description().get("requestBody") instanceof JsonObject described)) {
      if (!request.body().isEmpty()) {
        complain("body", What.UNKNOWN, "a body is not described", complaints);
      }
      return;
    }
    JsonObject content = described.getJsonObject("content");
    if (!(content.get(request.mediaType()) instanceof JsonObject media)) {
      String text = "the body's type " + request.mediaType() + " is none of " + content.keySet();
      complain("header Content-Type", What.VALUE, text, complaints);
      return;
    }
    Optional<JsonValue> body =
        request.mediaType().equals(JSON)
            ? JsonText.parse(request.body().getBytes(StandardCharsets.UTF_8))
            : Optional.of(fields(request.body()));
    body.ifPresentOrElse(
        value ->
            complaints.addAll(operation.api().complaints(value, media.getJsonObject("schema"))),
        () -> complain("body", What.VALUE, "the body is no JSON", complaints));
  }

  private static void complain(String place, What what, String text, List<Complaint> complaints) {
    complaints.add(Complaint.of(place, what, text));
  }

  private static JsonObject fields(String form) {
    JsonObjectBuilder fields = JsonText.object();
    RecordedRequest.form(form).forEach(fields::add);
    return fields.build();
  }
}
