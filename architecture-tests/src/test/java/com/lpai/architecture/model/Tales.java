package com.lpai.architecture.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What persons did on either side, noted when they did it. Knows nothing of our merge. */
final class Tales {

  /** Who did it. */
  enum Side {
    HERE,
    THERE
  }

  /**
   * A person set a field.
   *
   * @param at counts what persons did
   * @param value what they set; empty for none
   * @param before what that side showed them
   */
  record Edit(int at, Side side, String field, String value, String before) {}

  private record Place(Side side, ModelKind kind, String id) {}

  private record Chosen(Place place, String field, String value) {}

  private final Map<Place, List<Edit>> edits = new HashMap<>();
  private final Map<Place, Set<Place>> copies = new HashMap<>();
  private final Set<Place> made = new HashSet<>();
  private final Set<Place> deleted = new HashSet<>();
  private final Map<Place, Integer> shown = new HashMap<>();
  private final Set<Edit> blindly = new HashSet<>();
  private final Set<Edit> toOneOfOurs = new HashSet<>();
  private final Set<Edit> inDoubt = new HashSet<>();
  private final Set<Chosen> chosen = new HashSet<>();
  private final Map<ModelKind, Integer> givenUp = new EnumMap<>(ModelKind.class);
  private final Map<ModelKind, Integer> deletedInDoubt = new EnumMap<>(ModelKind.class);
  private int count;

  void made(Side side, ModelKind kind, String id) {
    made.add(new Place(side, kind, id));
  }

  void edited(Side side, ModelKind kind, String id, String field, String value, String before) {
    count++;
    edits
        .computeIfAbsent(new Place(side, kind, id), place -> new ArrayList<>())
        .add(new Edit(count, side, field, value, before));
  }

  /**
   * What was set in this record here was set in the one there: of a copy, which may have been taken
   * for a record of its own until it was known whose it is.
   */
  void wasOf(ModelKind kind, String here, String there) {
    copies
        .computeIfAbsent(new Place(Side.THERE, kind, there), place -> new HashSet<>())
        .add(new Place(Side.HERE, kind, here));
  }

  /** How many fields were set, on both sides. */
  int howManyEdits() {
    return count;
  }

  void deleted(Side side, ModelKind kind, String id) {
    deleted.add(new Place(side, kind, id));
  }

  /**
   * A read of ours has shown the record as it is there now.
   *
   * @return takes it back: what was read has come to nobody
   */
  Runnable shown(ModelKind kind, String id) {
    Place place = new Place(Side.THERE, kind, id);
    int before = shown.getOrDefault(place, 0);
    shown.put(place, count);
    return () -> shown.put(place, before);
  }

  /** The latest edit there was of a record that was known to be one of ours. */
  void knownHere(ModelKind kind, String id) {
    toOneOfOurs.add(edits.getOrDefault(new Place(Side.THERE, kind, id), List.of()).getLast());
  }

  /**
   * The latest edit there was made while a call of ours that had told the field was without an
   * answer.
   */
  void duringDoubt(ModelKind kind, String id) {
    inDoubt.add(edits.getOrDefault(new Place(Side.THERE, kind, id), List.of()).getLast());
  }

  boolean wasDuringDoubt(Edit edit) {
    return inDoubt.contains(edit);
  }

  /** GoHighLevel gave this value to a new record, of which who made it had said nothing. */
  void chosenThere(ModelKind kind, String id, String field, String value) {
    chosen.add(new Chosen(new Place(Side.THERE, kind, id), field, value));
  }

  boolean wasChosenThere(ModelKind kind, Collection<String> ids, String field, String value) {
    return ids.stream()
        .map(id -> new Chosen(new Place(Side.THERE, kind, id), field, value))
        .anyMatch(chosen::contains);
  }

  /** A call of ours replaced this value there. */
  void overwritten(ModelKind kind, String id, String field, String value) {
    Place place = new Place(Side.THERE, kind, id);
    edits.getOrDefault(place, List.of()).stream()
        .filter(edit -> edit.field().equals(field))
        .reduce((one, later) -> later)
        .filter(edit -> edit.value().equals(value))
        .filter(edit -> shown.getOrDefault(place, 0) < edit.at())
        .filter(toOneOfOurs::contains)
        .ifPresent(blindly::add);
  }

  /**
   * Whether our update replaced what a person there had just set, before any read could show it
   * here.
   */
  boolean wasReplacedUnseen(Edit edit) {
    return blindly.contains(edit);
  }

  /** A person deleted a record here that may be there, as the failure told. */
  void givenUp(ModelKind kind) {
    givenUp.merge(kind, 1, Integer::sum);
  }

  int howManyGivenUp(ModelKind kind) {
    return givenUp.getOrDefault(kind, 0);
  }

  /** A person deleted a record here of which nobody knew yet whether our create had made it. */
  void deletedInDoubt(ModelKind kind) {
    deletedInDoubt.merge(kind, 1, Integer::sum);
  }

  int howManyDeletedInDoubt(ModelKind kind) {
    return deletedInDoubt.getOrDefault(kind, 0);
  }

  boolean wasEditedHere(ModelKind kind, String id) {
    return edits.containsKey(new Place(Side.HERE, kind, id));
  }

  boolean wasMade(Side side, ModelKind kind, String id) {
    return made.contains(new Place(side, kind, id));
  }

  boolean wasDeleted(Side side, ModelKind kind, String id) {
    return deleted.contains(new Place(side, kind, id));
  }

  List<String> madeOn(Side side, ModelKind kind) {
    return ids(made, side, kind);
  }

  List<String> deletedOn(Side side, ModelKind kind) {
    return ids(deleted, side, kind);
  }

  private static List<String> ids(Set<Place> places, Side side, ModelKind kind) {
    return places.stream()
        .filter(place -> place.side() == side && place.kind() == kind)
        .map(Place::id)
        .sorted()
        .toList();
  }

  /** All edits of one record, which is known by this id here and by these there. */
  List<Edit> of(ModelKind kind, String here, Collection<String> there) {
    Set<Place> places = new HashSet<>(Set.of(new Place(Side.HERE, kind, here)));
    for (String id : there) {
      Place place = new Place(Side.THERE, kind, id);
      places.add(place);
      places.addAll(copies.getOrDefault(place, Set.of()));
    }
    return places.stream()
        .flatMap(place -> edits.getOrDefault(place, List.of()).stream())
        .sorted(Comparator.comparingInt(Edit::at))
        .toList();
  }
}
