package com.lpai.adapter.ghl.record;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A search with {@code searchAfter}, which alone reaches more than 10,000 records (ghl-facts.md
 * 3.1, 3.2). A page's cursor is GoHighLevel's own, as JSON.
 *
 * @param items where an answer has the records
 * @param limit what the page's size is called
 * @param added the field of the time when a record was added
 * @param changed the field of the time of its last change
 */
public record Search(String items, String limit, String added, String changed) {

  /** More are refused. */
  private static final int LARGEST_PAGE = 500;

  /**
   * The size of a page that can be asked for.
   *
   * @param wanted what a caller would like
   * @param most what is allowed at most, whatever a caller would like
   */
  public static int size(int wanted, int most) {
    return Math.clamp(wanted, 1, Math.min(LARGEST_PAGE, most));
  }

  /**
   * The request's body. The oldest comes first, so that what is added or changed meanwhile comes at
   * the end (trap 48).
   *
   * @param changedSince {@link Instant#EPOCH} for all
   */
  public String body(LocationId locationId, String cursor, int size, Instant changedSince) {
    boolean changesOnly = changedSince.isAfter(Instant.EPOCH);
    JsonObjectBuilder body =
        JSON.createObjectBuilder()
            .add("locationId", locationId.value())
            .add(limit, size)
            .add(
                "sort",
                only(
                    JSON.createObjectBuilder()
                        .add("field", changesOnly ? changed : added)
                        .add("direction", "asc")));
    if (changesOnly) {
      body.add(
          "filters",
          only(
              JSON.createObjectBuilder()
                  .add("field", changed)
                  .add("operator", "range")
                  .add(
                      "value",
                      JSON.createObjectBuilder().add("gte", changedSince.toEpochMilli()))));
    }
    Optional<JsonValue> after = cursor.isEmpty() ? Optional.empty() : JsonReads.value(cursor);
    if (after.isPresent()) {
      body.add("searchAfter", after.get());
    } else {
      body.add("page", 1);
    }
    return body.build().toString();
  }

  private static JsonArrayBuilder only(JsonObjectBuilder object) {
    return JSON.createArrayBuilder().add(object);
  }

  /**
   * The page of an answer; empty when the answer has none, or none behind which the rest could be
   * reached.
   *
   * @param cursor the one that was asked with
   * @param size the one that was asked for; fewer records are not the end
   */
  public <T> Optional<CrmPage<T>> page(
      LocationId locationId,
      JsonObject answer,
      String cursor,
      int size,
      Function<JsonObject, Optional<T>> reader) {
    if (!(answer.get(items) instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> records = JsonReads.objects(answer, items);
    String after = records.isEmpty() ? "" : cursorAfter(records.getLast(), answer);
    String next = after.equals(cursor) ? "" : after;
    if (next.isEmpty() && records.size() >= size) {
      return Optional.empty();
    }
    long total = JsonReads.whole(answer, "total").orElse(-1L);
    return Optional.of(new CrmPage<>(Records.read(locationId, records, reader), next, total));
  }

  /** Told by the last record, under either name, or by the answer as a whole. */
  private static String cursorAfter(JsonObject last, JsonObject body) {
    for (JsonArray told :
        List.of(
            JsonReads.list(last, "searchAfter"),
            JsonReads.list(last, "sort"),
            JsonReads.list(body, "searchAfter"))) {
      if (!told.isEmpty()) {
        return told.toString();
      }
    }
    return "";
  }
}
