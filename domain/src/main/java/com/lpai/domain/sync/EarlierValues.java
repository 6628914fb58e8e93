package com.lpai.domain.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What was sent of fields that were sent again since, by calls of unknown effect: any of it may be
 * what the CRM shows next, and is then our own word (spec 6).
 *
 * @param values of each field, in the order in which they were sent, each once
 */
public record EarlierValues(SortedMap<FieldName, List<FieldValue>> values) {
  public static final EarlierValues NONE = new EarlierValues(new TreeMap<>());

  /** Of a field that is edited again and again while the CRM is silent, the last ones count. */
  static final int MOST = 20;

  public EarlierValues {
    TreeMap<FieldName, List<FieldValue>> copy = new TreeMap<>();
    values.forEach((name, sent) -> copy.put(name, List.copyOf(sent)));
    values = Collections.unmodifiableSortedMap(copy);
  }

  boolean has(FieldName name, FieldValue value) {
    return values.getOrDefault(name, List.of()).contains(value);
  }

  /** These, and then others. */
  EarlierValues with(FieldChanges sent) {
    TreeMap<FieldName, List<FieldValue>> more = new TreeMap<>(values);
    sent.values().forEach((name, value) -> more.merge(name, List.of(value), EarlierValues::then));
    return new EarlierValues(more);
  }

  private static List<FieldValue> then(List<FieldValue> before, List<FieldValue> later) {
    List<FieldValue> all = new ArrayList<>(before);
    all.removeAll(later);
    all.addAll(later);
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  /** Only the fields whose name passes. */
  EarlierValues only(Predicate<FieldName> chosen) {
    TreeMap<FieldName, List<FieldValue>> fewer = new TreeMap<>(values);
    fewer.keySet().removeIf(chosen.negate());
    return new EarlierValues(fewer);
  }

  /** Names only: values are personal data and never belong into a log. */
  @Override
  public String toString() {
    return "EarlierValues" + values.keySet();
  }
}
