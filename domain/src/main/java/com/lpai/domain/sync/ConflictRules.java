package com.lpai.domain.sync;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How one location has conflicts decided. What is said of an element of a group comes before what
 * is said of the group, that before the kind's rule, and that before the location's.
 *
 * @param usual for whatever nothing else is said of
 * @param ofKinds of kinds of records that have a rule of their own
 * @param ofFields of fields, groups and elements that have one, by their names
 */
public record ConflictRules(
    ConflictRule usual,
    Map<MirrorKind, ConflictRule> ofKinds,
    Map<MirrorKind, SortedMap<String, ConflictRule>> ofFields) {
  /** What a location has that nobody asked. */
  public static final ConflictRules OURS = new ConflictRules(ConflictRule.OURS, Map.of(), Map.of());

  public ConflictRules {
    ofKinds = Map.copyOf(ofKinds);
    ofFields =
        ofFields.entrySet().stream()
            .filter(fields -> !fields.getValue().isEmpty())
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, fields -> new TreeMap<>(fields.getValue())));
  }

  /** What it says of one kind of record. */
  public ConflictPolicy of(MirrorKind kind) {
    ConflictRule ofKind = ofKinds.getOrDefault(kind, usual);
    SortedMap<String, ConflictRule> named = fieldsOf(kind);
    return name -> {
      ConflictRule ofGroup =
          name.group().map(group -> named.getOrDefault(group, ofKind)).orElse(ofKind);
      return named.getOrDefault(name.value(), ofGroup);
    };
  }

  /** The fields of a kind that have a rule of their own. */
  public SortedMap<String, ConflictRule> fieldsOf(MirrorKind kind) {
    return ofFields.getOrDefault(kind, new TreeMap<>());
  }
}
