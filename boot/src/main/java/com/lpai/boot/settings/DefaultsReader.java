package com.lpai.boot.settings;

import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.Library;
import com.lpai.domain.defaults.Template;
import com.lpai.domain.defaults.Terms;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Reads what a location starts with: the deployment's own file, else the one that comes along. */
final class DefaultsReader {
  private static final String SETTING = "LPAI_DEFAULTS_FILE";

  private DefaultsReader() {}

  static Defaults read(SettingsReader reader) {
    String own = reader.fileContent(SETTING);
    try {
      return parse(own.isEmpty() ? ours() : own);
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      reader.problem(
          SETTING
              + " must name a JSON file with terms, templates and libraries as in"
              + " docs/configuration.md: "
              + e.getMessage());
      return Defaults.NONE;
    }
  }

  private static String ours() {
    try (InputStream file =
        Objects.requireNonNull(DefaultsReader.class.getResourceAsStream("defaults.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Defaults parse(String text) {
    try (JsonReader json = Json.createReader(new StringReader(text))) {
      JsonObject root = json.readObject();
      return new Defaults(
          root.containsKey("terms") ? List.of(terms(root.getJsonObject("terms"))) : List.of(),
          list(root, "templates").getValuesAs(DefaultsReader::template),
          list(root, "libraries").getValuesAs(DefaultsReader::library));
    }
  }

  private static JsonArray list(JsonObject object, String name) {
    return object.containsKey(name) ? object.getJsonArray(name) : JsonValue.EMPTY_JSON_ARRAY;
  }

  private static Terms terms(JsonObject terms) {
    return new Terms(terms.getString("title"), terms.getString("body"), terms.getString("version"));
  }

  private static Template template(JsonObject template) {
    return new Template(
        Template.Kind.valueOf(template.getString("kind").toUpperCase(Locale.ROOT)),
        template.getString("name"),
        template.getString("subject", ""),
        template.getString("body"));
  }

  private static Library library(JsonObject library) {
    return new Library(
        library.getString("category"), list(library, "items").getValuesAs(DefaultsReader::item));
  }

  private static Library.Item item(JsonObject item) {
    return new Library.Item(
        item.getString("name"),
        item.getString("unit"),
        item.getJsonNumber("price").bigDecimalValue());
  }
}
