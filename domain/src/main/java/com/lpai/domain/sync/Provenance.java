package com.lpai.domain.sync;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who wrote each present value of a record, and when. A copy writes all of them at one moment, so
 * one stamp stands for most, and the others are kept beside it.
 *
 * @param usual of every value that has no other stamp
 * @param others of values that have another one, of plain fields that somebody cleared, and of
 *     cleared elements while that is to be told
 */
public record Provenance(Stamp usual, SortedMap<FieldName, Stamp> others) {
  /** Of a record that nobody has written to, or that was stored before this was noted. */
  public static final Provenance NONE = new Provenance(Stamp.UNKNOWN, new TreeMap<>());

  /**
   * One writing.
   *
   * @param at our clock; {@link Instant#EPOCH} when nobody noted it
   */
  public record Stamp(Origin by, Instant at) {
    public static final Stamp UNKNOWN = new Stamp(Origin.UNKNOWN, Instant.EPOCH);
  }

  public Provenance {
    others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /** Who wrote this field's present value. */
  public Stamp of(FieldName name) {
    return others.getOrDefault(name, usual);
  }

  /**
   * After some fields were written at once.
   *
   * @param names those whose value changed
   * @param after all values after that
   * @param untold fields whose value the CRM has yet to be told: when one of them was cleared may
   *     decide a conflict
   */
  Provenance written(
      Collection<FieldName> names, Fields after, Set<FieldName> untold, Stamp stamp) {
    if (names.isEmpty()) {
      return this;
    }
    long unwritten = after.values().keySet().stream().filter(name -> !names.contains(name)).count();
    if (unwritten == 0 && others.isEmpty() && names.size() == after.values().size()) {
      return new Provenance(stamp, others);
    }
    Stamp usually = after.values().size() - unwritten > unwritten ? stamp : usual;
    TreeMap<FieldName, Stamp> stamps = new TreeMap<>(others);
    after
        .values()
        .keySet()
        .forEach(name -> stamps.put(name, names.contains(name) ? stamp : of(name)));
    names.stream()
        .filter(name -> after.get(name).isCleared())
        .forEach(cleared -> stamps.put(cleared, stamp));
    stamps
        .entrySet()
        .removeIf(
            each ->
                after.get(each.getKey()).isCleared()
                    ? each.getKey().group().isPresent() && !untold.contains(each.getKey())
                    : each.getValue().equals(usually));
    return new Provenance(usually, stamps);
  }
}
