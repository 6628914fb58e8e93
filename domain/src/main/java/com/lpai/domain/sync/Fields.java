package com.lpai.domain.sync;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The field values that we hold of one record. What is not in it has no value. */
public record Fields(SortedMap<FieldName, FieldValue> values) {
  public static final Fields NONE = new Fields(new TreeMap<>());

  public Fields {
    TreeMap<FieldName, FieldValue> present = new TreeMap<>(values);
    present.values().removeIf(FieldValue::isCleared);
    values = Collections.unmodifiableSortedMap(present);
  }

  public static Fields of(Map<FieldName, FieldValue> values) {
    return new Fields(new TreeMap<>(values));
  }

  /** The field's value, {@link FieldValue#cleared()} when it has none. */
  public FieldValue get(FieldName name) {
    return values.getOrDefault(name, FieldValue.cleared());
  }

  /** The field's text, empty when it has none or is no text. */
  public String text(FieldName name) {
    return get(name) instanceof FieldValue.Text(String text) ? text : "";
  }

  /** These values with the changes made. */
  public Fields apply(FieldChanges changes) {
    TreeMap<FieldName, FieldValue> after = new TreeMap<>(values);
    after.putAll(changes.values());
    return new Fields(after);
  }

  /** The changes that would alter these values; what we hold already is left out. */
  public FieldChanges differing(FieldChanges changes) {
    return changes.only(name -> !get(name).equals(changes.values().get(name)));
  }

  /**
   * Completes what the other side said: an element that we know of a group it listed in full, and
   * that it did not list, is gone there.
   *
   * @param others elements that we know beside those we hold: what was removed here and not there
   */
  public FieldChanges complete(
      FieldChanges said, Set<String> completeGroups, Set<FieldName> others) {
    TreeSet<FieldName> known = new TreeSet<>(values.keySet());
    known.addAll(others);
    TreeMap<FieldName, FieldValue> all = new TreeMap<>(said.values());
    for (FieldName name : known) {
      if (name.group().filter(completeGroups::contains).isPresent()) {
        all.putIfAbsent(name, FieldValue.cleared());
      }
    }
    return new FieldChanges(all);
  }

  /** Every value as a change, for a record that the other side does not have yet. */
  public FieldChanges asChanges() {
    return new FieldChanges(values);
  }

  /** Names only: values are personal data and never belong into a log. */
  @Override
  public String toString() {
    return "Fields" + values.keySet();
  }
}
