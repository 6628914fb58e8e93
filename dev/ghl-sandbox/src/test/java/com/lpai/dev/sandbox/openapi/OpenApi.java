package com.lpai.dev.sandbox.openapi;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of GoHighLevel's own OpenAPI files, and what of JSON Schema those files use. */
public final class OpenApi {
  private final Path file;
  private final JsonObject document;

  private OpenApi(Path file) {
    this.file = file;
    try {
      this.document = JsonText.parse(Files.readAllBytes(file)).orElseThrow().asJsonObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The file of one area, such as contacts. */
  public static OpenApi area(Path shared, String area) {
    return new OpenApi(shared.resolve("ghl-openapi/apps/" + area + ".json"));
  }

  JsonObject paths() {
    return document.getJsonObject("paths");
  }

  /** A named schema. */
  public JsonObject schema(String name) {
    return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
  }

  /** The schema of an answer. */
  public JsonObject answer(String method, String path, int status) {
    return paths()
        .getJsonObject(path)
        .getJsonObject(method)
        .getJsonObject("responses")
        .getJsonObject(String.valueOf(status))
        .getJsonObject("content")
        .getJsonObject("application/json")
        .getJsonObject("schema");
  }

  /**
   * Says where a value is not what its schema describes.
   *
   * @param extra properties that GoHighLevel sends beyond its own schema
   */
  public List<String> complaints(JsonValue value, JsonObject schema, Set<String> extra) {
    List<String> complaints = new ArrayList<>();
    check("$", value, schema, extra, complaints);
    return complaints;
  }

  private void check(
      String place,
      JsonValue value,
      JsonObject schema,
      Set<String> extra,
      List<String> complaints) {
    Optional<String> reference = JsonText.text(schema, "$ref");
    if (reference.isPresent()) {
      String[] parts = reference.get().split("#/components/schemas/", -1);
      OpenApi target = parts[0].isEmpty() ? this : new OpenApi(file.resolveSibling(parts[0]));
      target.check(place, value, target.schema(parts[1]), extra, complaints);
      return;
    }
    if (schema.get("anyOf") instanceof JsonArray alternatives) {
      checkAny(place, value, alternatives, extra, complaints);
      return;
    }
    if (value.equals(JsonValue.NULL) && schema.getBoolean("nullable", false)) {
      return;
    }
    String type = JsonText.text(schema, "type").orElse("any");
    if (!fits(type, value)) {
      complaints.add(place + " should be " + type + " but is " + value);
      return;
    }
    if (schema.get("enum") instanceof JsonArray allowed && !allowed.contains(value)) {
      complaints.add(place + " has a value outside its enum: " + value);
    }
    if (value instanceof JsonArray items && schema.get("items") instanceof JsonObject each) {
      for (int i = 0; i < items.size(); i++) {
        check(place + "[" + i + "]", items.get(i), each, extra, complaints);
      }
    }
    if (value instanceof JsonObject object
        && schema.get("properties") instanceof JsonObject properties) {
      checkProperties(place, object, schema, properties, extra, complaints);
    }
  }

  private void checkAny(
      String place,
      JsonValue value,
      JsonArray alternatives,
      Set<String> extra,
      List<String> complaints) {
    boolean fitsOne =
        alternatives.getValuesAs(JsonObject.class).stream()
            .anyMatch(
                alternative -> {
                  List<String> own = new ArrayList<>();
                  check(place, value, alternative, extra, own);
                  return own.isEmpty();
                });
    if (!fitsOne) {
      complaints.add(place + " fits none of its schemas: " + value);
    }
  }

  private void checkProperties(
      String place,
      JsonObject object,
      JsonObject schema,
      JsonObject properties,
      Set<String> extra,
      List<String> complaints) {
    if (schema.get("required") instanceof JsonArray required) {
      required.getValuesAs(JsonString.class).stream()
          .map(JsonString::getString)
          .filter(name -> !object.containsKey(name))
          .forEach(name -> complaints.add(place + " lacks " + name));
    }
    object.forEach(
        (name, value) -> {
          if (properties.get(name) instanceof JsonObject property) {
            check(place + "." + name, value, property, extra, complaints);
          } else if (!extra.contains(name)) {
            complaints.add(place + " has an unknown property " + name);
          }
        });
  }

  private static boolean fits(String type, JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> type.equals("string") || type.equals("any");
      case NUMBER -> type.equals("number") || type.equals("integer") || type.equals("any");
      case TRUE, FALSE -> type.equals("boolean") || type.equals("any");
      case ARRAY -> type.equals("array") || type.equals("any");
      case OBJECT -> type.equals("object") || type.equals("any");
      case NULL -> false;
    };
  }
}
