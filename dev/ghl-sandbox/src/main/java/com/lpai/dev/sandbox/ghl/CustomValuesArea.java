package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Custom values: texts of a location that templates name (ghl-facts.md 3.5). */
final class CustomValuesArea implements GhlArea {
  private static final String VERSION = "2021-07-28";

  private final World world;
  private final Finder finder;

  CustomValuesArea(World world) {
    this.world = world;
    this.finder = new Finder(world);
  }

  @Override
  public List<Endpoint> endpoints() {
    String all = "/locations/{locationId}/customValues";
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
        method, path, "locations/customValues." + access, VERSION, Access.LOCATION, operation);
  }

  private Reply list(Call call) {
    call.allowQuery(Set.of());
    JsonArrayBuilder values = JsonText.array();
    book(call).all().forEach(it -> values.add(it.json()));
    return Reply.json(200, JsonText.object().add("customValues", values).build());
  }

  private Reply create(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    JsonObject body = checked(call);
    return value(
        201,
        book.put(
            JsonText.object()
                .add("id", Ids.random())
                .add("name", body.getString("name"))
                .add("fieldKey", "{{ custom_values." + Keys.of(body.getString("name")) + " }}")
                .add("value", body.getString("value"))
                .add("locationId", call.variable("locationId"))
                .build()));
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return value(200, existing(call));
  }

  private Reply update(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    JsonObject body = checked(call);
    Item after =
        book.exclusively(
            () ->
                book.put(
                    JsonText.object(existing(call).json())
                        .add("name", body.getString("name"))
                        .add("value", body.getString("value"))
                        .build()));
    return value(200, after);
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    Book book = book(call);
    book.exclusively(
        () -> {
          Item value = existing(call);
          book.remove(value);
          return value;
        });
    return Reply.json(200, JsonText.object().add("succeded", true).build());
  }

  private static JsonObject checked(Call call) {
    JsonObject body = call.body();
    return new BodyCheck(body)
        .required("name")
        .texts("value")
        .complain(body.containsKey("value") ? List.of() : List.of("value must be a string"))
        .checked();
  }

  private static Reply value(int status, Item value) {
    return Reply.json(status, JsonText.object().add("customValue", value.json()).build());
  }

  private Item existing(Call call) {
    return finder.require(call, Kind.CUSTOM_VALUES, call.variable("id"), "Custom value");
  }

  private Book book(Call call) {
    call.requireLocation(call.variable("locationId"));
    return world.of(Kind.CUSTOM_VALUES, call.grant().locationId());
  }
}
