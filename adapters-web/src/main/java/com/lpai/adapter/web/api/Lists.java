package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.Page;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The answers of all lists: items, and where the next page begins. */
final class Lists {
  private Lists() {}

  /** A list that is one page, whatever its length, and takes no query. */
  static <T> Response whole(UriInfo uri, Supplier<List<T>> items, Function<T, JsonObject> json) {
    Queries.none(uri.getQueryParameters());
    return answer(new Page<>(items.get(), ""), json);
  }

  /**
   * One page. The query was checked; what can still be wrong is a cursor that we never gave out.
   *
   * @param cursor what was asked for; empty for the first page
   */
  static <T> Response page(String cursor, Supplier<Page<T>> page, Function<T, JsonObject> json) {
    return answer(withOurCursor(cursor, page), json);
  }

  /** What the query finds, where its cursor is one of ours. */
  static <T> T withOurCursor(String cursor, Supplier<T> query) {
    try {
      return query.get();
    } catch (IllegalArgumentException notOurs) {
      if (cursor.isEmpty()) {
        throw notOurs;
      }
      throw new ProblemException(
          Problem.invalid(
              List.of(
                  new FieldProblem(
                      "cursor", "Use nextCursor of the page before, or none for the first."))));
    }
  }

  static <T> Response answer(Page<T> page, Function<T, JsonObject> json) {
    return Response.ok(page(page, json).build().toString()).build();
  }

  /** The body of such an answer, to which more may be added. */
  static <T> JsonObjectBuilder page(Page<T> page, Function<T, JsonObject> json) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    page.items().forEach(item -> items.add(json.apply(item)));
    return JSON.createObjectBuilder()
        .add("items", items)
        .add("nextCursor", page.isLast() ? JsonValue.NULL : JSON.createValue(page.nextCursor()));
  }
}
