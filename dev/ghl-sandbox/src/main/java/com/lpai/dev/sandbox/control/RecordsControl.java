package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.ghl.RecordViews;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All records of a location, to compare with; and changes of those that no API call changes. */
final class RecordsControl implements ControlArea {
  private static final int USUAL = 1000;
  private static final int MOST = 10_000;

  /** What people change in GoHighLevel's own pages only. */
  private static final Set<Kind> WITHOUT_API =
      EnumSet.of(Kind.PIPELINES, Kind.LOST_REASONS, Kind.CALENDARS);

  private final World world;
  private final Operator operator;
  private final RecordViews views;

  RecordsControl(World world, Operator operator, RecordViews views) {
    this.world = world;
    this.operator = operator;
    this.views = views;
  }

  @Override
  public void addTo(Router<Operation> router) {
    String all = "/sandbox/locations/{id}/records/{kind}";
    router.add("GET", all, this::list);
    router.add("PUT", all + "/{recordId}", this::put);
    router.add("DELETE", all + "/{recordId}", (request, path) -> remove(path));
  }

  private Reply list(Request request, Map<String, String> path) {
    Kind kind = kind(path);
    Book.Page page = book(path, kind).byId(request.queryValue("after"), limit(request));
    JsonArrayBuilder items = JsonText.array();
    page.items().forEach(item -> items.add(views.of(kind, item)));
    JsonObjectBuilder answer = JsonText.object().add("items", items).add("total", page.total());
    if (!page.items().isEmpty()) {
      answer.add("after", page.items().getLast().id());
    }
    return Reply.json(200, answer.build());
  }

  private static int limit(Request request) {
    String text = request.queryValue("limit").orElse(String.valueOf(USUAL));
    int limit = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("parameter limit must be a number from 1 to " + MOST);
    }
    return limit;
  }

  private Reply put(Request request, Map<String, String> path) {
    Book book = book(path, requireWithoutApi(path));
    String id = path.getOrDefault("recordId", "");
    JsonObject changes = JsonText.parseObject(request.body());
    Item after =
        book.exclusively(
            () -> {
              JsonObjectBuilder record =
                  JsonText.object(
                      book.find(id).map(Item::json).orElse(JsonValue.EMPTY_JSON_OBJECT));
              changes.forEach(record::add);
              return book.put(
                  record.add("id", id).add("locationId", path.getOrDefault("id", "")).build());
            });
    return Reply.json(200, after.json());
  }

  private Reply remove(Map<String, String> path) {
    Book book = book(path, requireWithoutApi(path));
    Optional<Item> found = book.find(path.getOrDefault("recordId", ""));
    if (found.isEmpty()) {
      return Replies.error(404, "there is no such record");
    }
    book.remove(found.get());
    return Replies.noContent();
  }

  private Book book(Map<String, String> path, Kind kind) {
    String locationId = path.getOrDefault("id", "");
    operator.requireLocation(locationId);
    return world.of(kind, locationId);
  }

  private static Kind requireWithoutApi(Map<String, String> path) {
    Kind kind = kind(path);
    if (!WITHOUT_API.contains(kind)) {
      throw new IllegalArgumentException(
          kind.plural() + " are changed by GoHighLevel's API, with a token of a person");
    }
    return kind;
  }

  private static Kind kind(Map<String, String> path) {
    String name = path.getOrDefault("kind", "");
    return Arrays.stream(Kind.values())
        .filter(it -> it.plural().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there are no records "
                        + name
                        + "; known are "
                        + Arrays.stream(Kind.values())
                            .map(Kind::plural)
                            .collect(Collectors.joining(", "))));
  }
}
