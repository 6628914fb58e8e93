package com.lpai.architecture.model;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What persons do through the REST API of one server. Where no answer comes, or one that says
 * "again", {@link UncheckedIOException} is thrown; a person who finds that the record is gone, or
 * shows something else than it did, leaves it.
 */
final class RestHands implements Hands {
  private static final int GONE = 404;
  private static final int CHANGED_MEANWHILE = 412;
  private static final String TAGS = "tags";
  private static final String CUSTOM_FIELDS = "customFields";

  private final LocationId location;
  private final Supplier<HttpCalls> calls;

  /**
   * In a location.
   *
   * @param calls to the server, as the operator; asked for each call
   */
  RestHands(LocationId location, Supplier<HttpCalls> calls) {
    this.location = location;
    this.calls = calls;
  }

  @Override
  public void create(ModelKind kind, Optional<ContactId> about, FieldChanges values) {
    JsonObjectBuilder body = body(values, JsonValue.EMPTY_JSON_OBJECT);
    about.ifPresent(id -> body.add("contactId", id.toString()));
    JsonObject json = body.build();
    HttpCalls.Answer answer = answer(server -> server.post(path(kind), json));
    // The contact may have been deleted there, and that heard of, since its list was shown.
    boolean isAboutNobody = about.isPresent() && answer.body().contains("contactId");
    if (!isAboutNobody) {
      require(answer, 201);
    }
  }

  @Override
  public void edit(ModelKind kind, Mirrored<?, ?, ?> record, FieldChanges changes) {
    HttpCalls.Answer shown = answer(server -> server.get(path(kind, record)));
    if (shown.status() == GONE) {
      return;
    }
    require(shown, 200);
    JsonObject present = shown.json();
    boolean isAsSeen =
        changes.values().keySet().stream()
            .allMatch(
                name ->
                    RestRecords.shown(present, name)
                        .equals(Sides.shown(record.fields().get(name))));
    if (isAsSeen) {
      JsonObject json = body(changes, present).build();
      String tag = shown.header("ETag");
      require(
          answer(server -> server.with("If-Match", tag).patch(path(kind, record), json)),
          200,
          GONE,
          CHANGED_MEANWHILE);
    }
  }

  @Override
  public void delete(ModelKind kind, Mirrored<?, ?, ?> record) {
    require(answer(server -> server.delete(path(kind, record))), 204, GONE);
  }

  @Override
  public void retry(ModelKind kind, Mirrored<?, ?, ?> record) {
    require(
        answer(server -> server.post(path(kind, record) + "/retry", JsonValue.EMPTY_JSON_OBJECT)),
        202,
        GONE);
  }

  private String path(ModelKind kind) {
    return "/api/locations/" + location.value() + "/" + RestRecords.plural(kind);
  }

  private String path(ModelKind kind, Mirrored<?, ?, ?> record) {
    return path(kind) + "/" + record.id();
  }

  private HttpCalls.Answer answer(Function<HttpCalls, HttpCalls.Answer> call) {
    HttpCalls.Answer answer = call.apply(calls.get());
    if (answer.status() >= 500 || answer.status() == 429 || answer.status() == 401) {
      throw new UncheckedIOException(
          new IOException("answered " + answer.status() + " " + answer.body()));
    }
    return answer;
  }

  private static void require(HttpCalls.Answer answer, int... statuses) {
    for (int status : statuses) {
      if (answer.status() == status) {
        return;
      }
    }
    throw new AssertionError("answered " + answer.status() + " " + answer.body());
  }

  private static JsonObjectBuilder body(FieldChanges changes, JsonObject present) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    for (Map.Entry<FieldName, FieldValue> change : changes.values().entrySet()) {
      FieldName name = change.getKey();
      if (name.isIn(TAGS)) {
        body.add(TAGS, tags(name.element(), change.getValue(), present));
      } else if (name.isIn(CUSTOM_FIELDS)) {
        body.add(
            CUSTOM_FIELDS,
            Json.createArrayBuilder()
                .add(
                    Json.createObjectBuilder()
                        .add("id", name.element())
                        .add("value", json(change.getValue()))));
      } else {
        body.add(name.value(), json(change.getValue()));
      }
    }
    return body;
  }

  /** The array is the whole set. */
  private static JsonArrayBuilder tags(String tag, FieldValue value, JsonObject present) {
    Set<String> tags = new TreeSet<>();
    present
        .getJsonArray(TAGS)
        .getValuesAs(JsonString.class)
        .forEach(it -> tags.add(it.getString()));
    if (value.isCleared()) {
      tags.remove(tag);
    } else {
      tags.add(tag);
    }
    return Json.createArrayBuilder(List.copyOf(tags));
  }

  private static JsonValue json(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> JsonValue.NULL;
      case FieldValue.Text(String text) -> Json.createValue(text);
      case FieldValue.Flag(boolean flag) -> flag ? JsonValue.TRUE : JsonValue.FALSE;
      case FieldValue.Amount(BigDecimal amount) -> Json.createValue(amount);
      case FieldValue.Moment(Instant at) -> Json.createValue(at.toString());
      case FieldValue.Day day -> throw new IllegalArgumentException(day.toString());
      case FieldValue.Texts texts -> throw new IllegalArgumentException(texts.toString());
      case FieldValue.Structure structure ->
          throw new IllegalArgumentException(structure.toString());
    };
  }
}
