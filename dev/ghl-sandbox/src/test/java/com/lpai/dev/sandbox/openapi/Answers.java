package com.lpai.dev.sandbox.openapi;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.openapi.Complaint.What;
import com.lpai.dev.sandbox.openapi.Documents.Operation;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Holds answers against the operations that GoHighLevel documents. */
public final class Answers {
  private final Documents documents;

  private Answers(Documents documents) {
    this.documents = documents;
  }

  public static Answers documented(Path shared, String... areas) {
    return new Answers(new Documents(shared, areas));
  }

  /**
   * Where an answer is not what its operation describes.
   *
   * @param path without query
   * @param body as it came
   */
  public List<Complaint> complaints(String method, String path, int status, String body) {
    Optional<Operation> operation = documents.find(method, path);
    if (operation.isEmpty()) {
      String text = method + " " + path + " is no documented operation";
      return List.of(Complaint.of("operation", What.UNKNOWN, text));
    }
    Operation documented = operation.get();
    Optional<JsonObject> schema = schema(documented, status);
    String name = documented.name() + " → " + status;
    if (schema.isEmpty()) {
      return List.of(Complaint.of("answer", What.UNKNOWN, "is not described").in(name));
    }
    JsonValue value = JsonText.parse(body.getBytes(StandardCharsets.UTF_8)).orElse(JsonValue.NULL);
    return documented.api().complaints(value, schema.get()).stream()
        .map(it -> it.in(name))
        .toList();
  }

  private static Optional<JsonObject> schema(Operation operation, int status) {
    JsonObject answers = operation.description().getJsonObject("responses");
    return Optional.ofNullable(answers.getJsonObject(String.valueOf(status)))
        .flatMap(it -> Optional.ofNullable(it.getJsonObject("content")))
        .map(it -> it.getJsonObject("application/json").getJsonObject("schema"));
  }
}
