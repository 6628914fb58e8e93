package com.lpai.domain.sync;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one side says of some fields. Three things are kept apart: a field that is not in it was not
 * mentioned and is left alone; {@link FieldValue#cleared()} empties it; anything else is its value.
 */
public record FieldChanges(SortedMap<FieldName, FieldValue> values) {
  public static final FieldChanges NONE = new FieldChanges(new TreeMap<>());

  public FieldChanges {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static FieldChanges of(Map<FieldName, FieldValue> values) {
    return new FieldChanges(new TreeMap<>(values));
  }

  public static FieldChanges of(FieldName name, FieldValue value) {
    return of(Map.of(name, value));
  }

  /** What is said of this field; empty when it is not mentioned. */
  public Optional<FieldValue> get(FieldName name) {
    return Optional.ofNullable(values.get(name));
  }

  public boolean mentions(FieldName name) {
    return values.containsKey(name);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public FieldChanges with(FieldName name, FieldValue value) {
    TreeMap<FieldName, FieldValue> more = new TreeMap<>(values);
    more.put(name, value);
    return new FieldChanges(more);
  }

  /** These changes and the others; of two for one field, the other. */
  public FieldChanges with(FieldChanges others) {
    TreeMap<FieldName, FieldValue> more = new TreeMap<>(values);
    more.putAll(others.values);
    return new FieldChanges(more);
  }

  /** Only the fields whose name passes. */
  public FieldChanges only(Predicate<FieldName> chosen) {
    TreeMap<FieldName, FieldValue> fewer = new TreeMap<>(values);
    fewer.keySet().removeIf(chosen.negate());
    return new FieldChanges(fewer);
  }

  /** Names only: values are personal data and never belong into a log. */
  @Override
  public String toString() {
    return "FieldChanges" + values.keySet();
  }
}
