package com.lpai.boot.settings;

import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.Library;
import com.lpai.domain.defaults.Template;
import com.lpai.domain.defaults.Terms;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what a location starts with: the deployment's own file, else the one that comes along. What
 * is wrong in a file is told with its place, so that no location starts with less than was meant.
 */
final class DefaultsReader {
  private static final String SETTING = "LPAI_DEFAULTS_FILE";

  private final Consumer<String> fault;
  private final Set<String> templates = new HashSet<>();
  private final Set<String> categories = new HashSet<>();

  private DefaultsReader(Consumer<String> fault) {
    this.fault = fault;
  }

  static Defaults read(SettingsReader reader) {
    String file = reader.text(SETTING);
    if (file.isEmpty()) {
      return new DefaultsReader(DefaultsReader::isOurs).parse(ours());
    }
    String own = reader.fileContent(SETTING);
    DefaultsReader ofFile =
        new DefaultsReader(
            fault ->
                reader.problem(
                    SETTING + " names the file " + file + ", which cannot be used: " + fault));
    return own.isEmpty() ? Defaults.NONE : ofFile.parse(own);
  }

  private static void isOurs(String fault) {
    throw new IllegalStateException("defaults.json: " + fault);
  }

  private static String ours() {
    try (InputStream file =
        Objects.requireNonNull(DefaultsReader.class.getResourceAsStream("defaults.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Defaults parse(String text) {
    Map<String, ?> eachOnce = Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE);
    JsonValue root;
    try (JsonReader json =
        Json.createReaderFactory(eachOnce).createReader(new StringReader(text))) {
      root = json.readValue();
    } catch (JsonException notJson) {
      fault.accept("it is no JSON. " + notJson.getMessage());
      return Defaults.NONE;
    }
    return StrictJson.object("", root, fault)
        .map(all -> all.only("terms", "templates", "libraries"))
        .map(
            all ->
                new Defaults(
                    all.object("terms").map(this::terms).stream().toList(),
                    all.list("templates").stream().map(this::template).toList(),
                    all.list("libraries").stream().map(this::library).toList()))
        .orElse(Defaults.NONE);
  }

  private Terms terms(StrictJson terms) {
    terms.only("title", "body", "version");
    return new Terms(terms.text("title"), terms.text("body"), terms.text("version"));
  }

  private Template template(StrictJson template) {
    template.only("kind", "name", "subject", "body");
    Template read =
        new Template(
            kind(template),
            template.text("name"),
            template.textOrEmpty("subject"),
            template.text("body"));
    if (!templates.add(read.kind() + " " + read.name())) {
      template.fault("name", "is that of another template of the same kind");
    }
    return read;
  }

  private static Template.Kind kind(StrictJson template) {
    String word = template.text("kind");
    Optional<Template.Kind> kind =
        Arrays.stream(Template.Kind.values())
            .filter(each -> each.name().equalsIgnoreCase(word))
            .findFirst();
    if (kind.isEmpty() && !word.isEmpty()) {
      template.fault("kind", "must be sms or email; it is \"" + word + "\"");
    }
    return kind.orElse(Template.Kind.SMS);
  }

  private Library library(StrictJson library) {
    library.only("category", "items");
    List<Library.Item> items =
        library.list("items").stream().map(DefaultsReader::item).flatMap(Optional::stream).toList();
    Library read = new Library(library.text("category"), items);
    if (!categories.add(read.category())) {
      library.fault("category", "is that of another library");
    }
    return read;
  }

  private static Optional<Library.Item> item(StrictJson item) {
    item.only("name", "unit", "price");
    try {
      return Optional.of(
          new Library.Item(item.text("name"), item.text("unit"), item.amount("price")));
    } catch (IllegalArgumentException notAPrice) {
      item.fault("price", "cannot be kept: " + notAPrice.getMessage());
      return Optional.empty();
    }
  }
}
