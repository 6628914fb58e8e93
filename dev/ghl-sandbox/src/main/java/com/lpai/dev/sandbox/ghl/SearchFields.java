package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a search over one kind of records knows; names differ from kind to kind.
 *
 * @param limit the name of the page size
 * @param more what its body may have beyond that of every search
 * @param timeAdded the sort field of the time added
 * @param sortable sort field to value: a number or a text
 * @param filterable filter field to value
 * @param times filter fields that take a range
 * @param customField how a filter on a custom field begins; its id follows
 * @param customFields where a record has its custom fields
 * @param mentioned the lower-case texts that a query is looked for in
 */
record SearchFields(
    String limit,
    Set<String> more,
    String timeAdded,
    Map<String, Function<Candidate, Object>> sortable,
    Map<String, Function<Candidate, JsonValue>> filterable,
    Map<String, Function<Item, Instant>> times,
    String customField,
    String customFields,
    Function<Candidate, Stream<String>> mentioned) {

  /** Filter fields that are stored under other names. */
  static Map<String, Function<Candidate, JsonValue>> stored(Map<String, String> names) {
    Map<String, Function<Candidate, JsonValue>> fields = new HashMap<>();
    names.forEach((name, stored) -> fields.put(name, candidate -> candidate.value(stored)));
    return fields;
  }
}
