package com.lpai.application.overlay;

import com.lpai.application.overlay.RecordChange.Effect;
import com.lpai.application.overlay.RecordChange.FieldChange;
import com.lpai.application.overlay.RecordChange.Kind;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Copies of what the CRM has, as they would be: read from the store once, and written here only.
 * One of a location at a time.
 *
 * @param <K> the CRM's id of a copy
 * @param <E> a copy
 */
abstract class CopyOverlay<K, E> {
  private final Map<K, E> seen = new HashMap<>();
  private final Set<K> askedFor = new HashSet<>();
  private final Map<K, E> present = new HashMap<>();
  private final Set<K> touched = new LinkedHashSet<>();

  abstract Map<K, E> stored(LocationId locationId, Collection<K> ids);

  abstract K idOf(E copy);

  abstract E renewed(E known, E told);

  abstract Map<String, FieldValue> shown(E copy);

  /** Whether it went before it was read here. */
  boolean isGone(E copy) {
    return false;
  }

  final Map<K, E> read(LocationId locationId, Collection<K> ids) {
    Set<K> unknown = new HashSet<>(ids);
    unknown.removeAll(askedFor);
    if (!unknown.isEmpty()) {
      askedFor.addAll(unknown);
      stored(locationId, unknown)
          .forEach(
              (id, copy) -> {
                seen.put(id, copy);
                if (!isGone(copy)) {
                  present.put(id, copy);
                }
              });
    }
    Map<K, E> found = new HashMap<>(present);
    found.keySet().retainAll(Set.copyOf(ids));
    return found;
  }

  final int write(LocationId locationId, List<E> told) {
    Map<K, E> before = read(locationId, told.stream().map(this::idOf).toList());
    Map<K, E> after = new LinkedHashMap<>();
    for (E copy : told) {
      K id = idOf(copy);
      after.put(
          id, Optional.ofNullable(before.get(id)).map(known -> renewed(known, copy)).orElse(copy));
    }
    after.values().removeAll(before.values());
    present.putAll(after);
    touched.addAll(after.keySet());
    return after.size();
  }

  final void forget(Predicate<E> which) {
    List<K> ids =
        present.entrySet().stream()
            .filter(entry -> which.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    ids.forEach(present::remove);
    touched.addAll(ids);
  }

  /** Copies that would show other values, in the order in which they were written first. */
  final List<RecordChange> changes(Kind kind) {
    List<RecordChange> changes = new ArrayList<>();
    for (K id : touched) {
      Optional<E> before = Optional.ofNullable(seen.get(id));
      Optional<E> after = Optional.ofNullable(present.get(id));
      List<FieldChange> fields =
          Differences.between(
              before.map(this::shown).orElse(Map.of()), after.map(this::shown).orElse(Map.of()));
      if (!fields.isEmpty() || before.isPresent() != after.isPresent()) {
        changes.add(new RecordChange(kind, "", String.valueOf(id), effect(before, after), fields));
      }
    }
    return changes;
  }

  private static <E> Effect effect(Optional<E> before, Optional<E> after) {
    if (before.isEmpty()) {
      return Effect.CREATED;
    }
    return after.isEmpty() ? Effect.REMOVED : Effect.CHANGED;
  }
}
