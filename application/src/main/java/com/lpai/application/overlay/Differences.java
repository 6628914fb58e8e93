package com.lpai.application.overlay;

import com.lpai.application.overlay.RecordChange.FieldChange;
import com.lpai.domain.sync.FieldValue;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares the values of two states of one record. */
final class Differences {
  private Differences() {}

  static List<FieldChange> between(Map<String, FieldValue> before, Map<String, FieldValue> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream()
        .map(name -> new FieldChange(name, value(before, name), value(after, name)))
        .filter(change -> !change.before().equals(change.after()))
        .toList();
  }

  private static FieldValue value(Map<String, FieldValue> values, String name) {
    return values.getOrDefault(name, FieldValue.cleared());
  }
}
