package com.lpai.dev.sandbox.openapi;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.openapi.Complaint.What;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One of GoHighLevel's own OpenAPI files, and what of JSON Schema those files use. */
public final class OpenApi {
  private static final Map<Path, OpenApi> READ = new ConcurrentHashMap<>();

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
    return read(shared.resolve("ghl-openapi/apps/" + area + ".json"));
  }

  private static OpenApi read(Path file) {
    return READ.computeIfAbsent(file.normalize(), OpenApi::new);
  }

  JsonObject paths() {
    return document.getJsonObject("paths");
  }

  /** A named schema. */
  public JsonObject schema(String name) {
    return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
  }

  /** Says where a value is not what its schema describes. */
  List<Complaint> complaints(JsonValue value, JsonObject schema) {
    List<Complaint> complaints = new ArrayList<>();
    check("$", value, schema, complaints);
    return complaints;
  }

  private void check(String place, JsonValue value, JsonObject schema, List<Complaint> complaints) {
    Optional<String> reference = JsonText.text(schema, "$ref");
    if (reference.isPresent()) {
      String[] parts = reference.get().split("#/components/schemas/", -1);
      OpenApi target = parts[0].isEmpty() ? this : read(file.resolveSibling(parts[0]));
      target.check(place, value, target.schema(parts[1]), complaints);
      return;
    }
    if (schema.get("anyOf") instanceof JsonArray alternatives) {
      checkAny(place, value, alternatives, complaints);
      return;
    }
    if (schema.get("oneOf") instanceof JsonArray alternatives) {
      checkAny(place, value, alternatives, complaints);
      return;
    }
    if (schema.get("allOf") instanceof JsonArray parts) {
      parts.getValuesAs(JsonObject.class).forEach(part -> check(place, value, part, complaints));
      return;
    }
    if (value.equals(JsonValue.NULL) && schema.getBoolean("nullable", false)) {
      return;
    }
    String type = JsonText.text(schema, "type").orElse("any");
    if (!fits(type, value)) {
      complain(place, What.VALUE, " should be " + type + " but is " + value, complaints);
      return;
    }
    if (schema.get("enum") instanceof JsonArray allowed && !allowed.contains(value)) {
      complain(place, What.VALUE, " has a value outside its enum: " + value, complaints);
    }
    if (value instanceof JsonArray items && schema.get("items") instanceof JsonObject each) {
      for (int i = 0; i < items.size(); i++) {
        check(place + "[" + i + "]", items.get(i), each, complaints);
      }
    }
    if (value instanceof JsonObject object
        && schema.get("properties") instanceof JsonObject properties) {
      checkProperties(place, object, schema, properties, complaints);
    }
  }

  private void checkAny(
      String place, JsonValue value, JsonArray alternatives, List<Complaint> complaints) {
    boolean fitsOne =
        alternatives.getValuesAs(JsonObject.class).stream()
            .anyMatch(
                alternative -> {
                  List<Complaint> own = new ArrayList<>();
                  check(place, value, alternative, own);
                  return own.isEmpty();
                });
    if (!fitsOne) {
      complain(place, What.VALUE, " fits none of its schemas: " + value, complaints);
    }
  }

  private void checkProperties(
      String place,
      JsonObject object,
      JsonObject schema,
      JsonObject properties,
      List<Complaint> complaints) {
    if (schema.get("required") instanceof JsonArray required) {
      required.getValuesAs(JsonString.class).stream()
          .map(JsonString::getString)
          .filter(name -> !object.containsKey(name))
          .forEach(
              name ->
                  complaints.add(
                      Complaint.of(place + "." + name, What.MISSING, place + " lacks " + name)));
    }
    object.forEach(
        (name, value) -> {
          if (properties.get(name) instanceof JsonObject property) {
            check(place + "." + name, value, property, complaints);
          } else {
            complaints.add(
                Complaint.of(
                    place + "." + name, What.UNKNOWN, place + " has an unknown property " + name));
          }
        });
  }

  private static void complain(String place, What what, String text, List<Complaint> complaints) {
    complaints.add(Complaint.of(place, what, place + text));
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
