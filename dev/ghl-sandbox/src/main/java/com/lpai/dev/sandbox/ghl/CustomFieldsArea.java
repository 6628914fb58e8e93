package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The definitions of custom fields (ghl-facts.md 3.5). */
final class CustomFieldsArea implements GhlArea {
  private static final String VERSION = "2021-07-28";
  private static final List<String> MODELS = List.of("contact", "opportunity");
  private static final List<String> TYPES =
      List.of(
          "TEXT",
          "LARGE_TEXT",
          "NUMERICAL",
          "PHONE",
          "MONETORY",
          "CHECKBOX",
          "SINGLE_OPTIONS",
          "MULTIPLE_OPTIONS",
          "DATE",
          "TEXTBOX_LIST",
          "FILE_UPLOAD",
          "RADIO",
          "EMAIL");

  private final World world;
  private final Finder finder;

  CustomFieldsArea(World world) {
    this.world = world;
    this.finder = new Finder(world);
  }

  @Override
  public List<Endpoint> endpoints() {
    String all = "/locations/{locationId}/customFields";
    String one = all + "/{id}";
    return List.of(
        gated("GET", all, "readonly", this::list),
        gated("POST", all, "write", this::create),
        gated("GET", one, "readonly", this::get),
        gated("PUT", one, "write", this::update),
        gated("DELETE", one, "write", this::delete));
  }

  private static Endpoint gated(
      String method, String path, String access, Function<Call, Reply> operation) {
    return new Gated(
        method, path, "locations/customFields." + access, VERSION, Access.LOCATION, operation);
  }

  private Reply list(Call call) {
    call.allowQuery(Set.of("model"));
    Book book = book(call);
    String model =
        call.request()
            .queryValue("model")
            .orElseGet(() -> world.settings().get(Settings.CUSTOM_FIELDS_WITHOUT_MODEL));
    if (!MODELS.contains(model) && !model.equals("all")) {
      return Errors.unprocessable(
          List.of("model must be one of the following values: contact, opportunity, all"));
    }
    JsonArrayBuilder fields = JsonText.array();
    book.all().stream()
        .map(Item::json)
        .filter(it -> model.equals("all") || it.getString("model").equals(model))
        .sorted(Comparator.comparingInt(it -> it.getInt("position", 0)))
        .forEach(fields::add);
    return Reply.json(200, JsonText.object().add("customFields", fields).build());
  }

  /** The key is made from the name; it is also taken from the body, though no schema has it. */
  private Reply create(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    JsonObject body =
        common(call.body())
            .required("dataType")
            .oneOf("dataType", TYPES)
            .texts("fieldKey", "parentId", "description")
            .checked();
    String model = body.getString("model", "contact");
    Item made =
        book.exclusively(
            () -> {
              JsonObjectBuilder field =
                  JsonText.object()
                      .add("id", world.newId())
                      .add("name", body.getString("name"))
                      .add("fieldKey", freeKey(book, wantedKey(body, model)))
                      .add("dataType", body.getString("dataType"))
                      .add("placeholder", "")
                      .add("position", 0)
                      .add("locationId", call.variable("locationId"))
                      .add("model", model);
              return book.put(changed(field, body).build());
            });
    return field(201, made);
  }

  private static String wantedKey(JsonObject body, String model) {
    String prefix = model + ".";
    String asked = JsonText.text(body, "fieldKey").orElse("");
    String name = asked.startsWith(prefix) ? asked.substring(prefix.length()) : asked;
    return prefix + Keys.of(name.isEmpty() ? body.getString("name") : name);
  }

  private String freeKey(Book book, String wanted) {
    if (book.allBy("fieldKey", wanted).isEmpty()) {
      return wanted;
    }
    if (world.settings().get(Settings.CUSTOM_FIELD_CLASH).equals("refuse")) {
      throw new Refused(Errors.badRequest("Custom field with this name already exists."));
    }
    int number = 1;
    while (!book.allBy("fieldKey", wanted + "_" + number).isEmpty()) {
      number++;
    }
    return wanted + "_" + number;
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return field(200, existing(call));
  }

  /** A new name leaves the key as it is. */
  private Reply update(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    JsonObject body = common(call.body()).checked();
    Item after =
        book.exclusively(
            () ->
                book.put(
                    changed(JsonText.object(existing(call).json()), body)
                        .add("name", body.getString("name"))
                        .build()));
    return field(200, after);
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    book.exclusively(
        () -> {
          Item field = existing(call);
          book.remove(field);
          return field;
        });
    return Reply.json(200, JsonText.object().add("succeded", true).build());
  }

  private static BodyCheck common(JsonObject body) {
    return new BodyCheck(body)
        .required("name")
        .texts("placeholder")
        .textLists("acceptedFormat")
        .flags("isMultipleFile")
        .numbers("maxNumberOfFiles", "position")
        .oneOf("model", MODELS)
        .known("textBoxListOptions")
        .complain(optionComplaints(body));
  }

  private static List<String> optionComplaints(JsonObject body) {
    JsonValue given = body.getOrDefault("textBoxListOptions", JsonValue.EMPTY_JSON_ARRAY);
    boolean good =
        given instanceof JsonArray options
            && options.stream()
                .allMatch(it -> it instanceof JsonObject option && option.containsKey("label"));
    return good ? List.of() : List.of("textBoxListOptions must be an array of options");
  }

  private static JsonObjectBuilder changed(JsonObjectBuilder field, JsonObject body) {
    copy(body, "placeholder", field, "placeholder");
    copy(body, "position", field, "position");
    copy(body, "isMultipleFile", field, "isMultiFileAllowed");
    copy(body, "maxNumberOfFiles", field, "maxFileLimit");
    if (body.get("textBoxListOptions") instanceof JsonArray options) {
      List<String> labels = new ArrayList<>();
      options.getValuesAs(JsonObject.class).forEach(it -> labels.add(it.getString("label")));
      field.add("picklistOptions", JsonText.array(labels));
    }
    return field;
  }

  private static void copy(JsonObject body, String name, JsonObjectBuilder field, String stored) {
    JsonValue value = body.get(name);
    if (value != null) {
      field.add(stored, value);
    }
  }

  private static Reply field(int status, Item field) {
    return Reply.json(status, JsonText.object().add("customField", field.json()).build());
  }

  /** By id, or by key such as {@code contact.pincode}. */
  private Item existing(Call call) {
    String id = Request.decoded(call.variable("id"));
    Optional<Item> byKey = book(call).allBy("fieldKey", id).stream().findFirst();
    return byKey.orElseGet(() -> finder.require(call, Kind.CUSTOM_FIELDS, id, "Custom field"));
  }

  private Book book(Call call) {
    call.requireLocation(call.variable("locationId"));
    return world.of(Kind.CUSTOM_FIELDS, call.grant().locationId());
  }
}
