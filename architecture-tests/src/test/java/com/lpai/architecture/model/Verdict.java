package com.lpai.architecture.model;

import com.lpai.architecture.model.Tales.Edit;
import com.lpai.architecture.model.Tales.Side;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.Mirrored;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold when a run is quiet, told from what persons did and from what both sides show.
 *
 * <ul>
 *   <li>Both sides have the same records, one for one, equal field by field.
 *   <li>Nothing that a person made is missing, unless a person deleted it; nothing that a person
 *       deleted here is there.
 *   <li>No edit is lost: what was last set on a side is the value in the end; or the other side saw
 *       it and changed it; or a conflict names both.
 *   <li>A conflict is one: each of its two values was set by a person of that side, who had not
 *       seen the other.
 * </ul>
 */
final class Verdict {
  private final Sides sides;
  private final Tales tales;
  private final List<String> faults = new ArrayList<>();
  private int conflicts;
  private int replacedUnseen;

  private Verdict(Sides sides) {
    this.sides = sides;
    this.tales = sides.tales;
  }

  /** What does not hold, a line each. */
  static List<String> faults(Sides sides) {
    return of(sides).faults;
  }

  /** Judges a location that is quiet. */
  static Verdict of(Sides sides) {
    Verdict verdict = new Verdict(sides);
    for (ModelKind kind : ModelKind.values()) {
      verdict.judge(kind);
    }
    return verdict;
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many conflicts the records name. */
  int conflicts() {
    return conflicts;
  }

  /**
   * How many edits there our update replaced before anything could show them here. GoHighLevel has
   * no update on a condition, and one read before each update would double the calls: what is set
   * there between our last look and our update is replaced without a conflict. A look whose process
   * died before it stored what it saw was none.
   */
  int replacedUnseen() {
    return replacedUnseen;
  }

  private void judge(ModelKind kind) {
    Map<String, JsonObject> there = sides.there.records(kind);
    Map<String, Mirrored<?, ?, ?>> linked = new HashMap<>();
    for (Mirrored<?, ?, ?> record : sides.here.live(kind)) {
      Optional<String> id = record.crmId().map(Object::toString);
      if (id.isEmpty() || !there.containsKey(id.get())) {
        fault(kind, record.id() + " is here only");
      } else if (linked.put(id.get(), record) != null) {
        fault(kind, id.get() + " is here twice");
      }
    }
    there.forEach(
        (id, record) -> {
          if (linked.containsKey(id)) {
            judge(kind, linked.get(id), record);
          } else {
            fault(kind, id + " is there only");
          }
        });
    judgeMade(kind, there);
    judgeDeleted(kind, there);
    judgeStrangers(kind, linked.values());
  }

  // ---- records

  private void judgeMade(ModelKind kind, Map<String, JsonObject> there) {
    for (String id : tales.madeOn(Side.HERE, kind)) {
      Optional<? extends Mirrored<?, ?, ?>> found = sides.here.find(kind, id);
      boolean wasDeleted =
          tales.wasDeleted(Side.HERE, kind, id)
              || found.filter(record -> wasDeletedThere(kind, record)).isPresent();
      if (found.filter(Mirrored::isLive).isEmpty() && !wasDeleted) {
        fault(kind, id + " was made here and deleted by nobody");
      }
    }
    Set<String> deletedHere = new HashSet<>();
    for (String id : tales.deletedOn(Side.HERE, kind)) {
      sides.here.find(kind, id).ifPresent(record -> deletedHere.addAll(idsThere(record)));
    }
    for (String id : tales.madeOn(Side.THERE, kind)) {
      boolean wasDeleted = tales.wasDeleted(Side.THERE, kind, id) || deletedHere.contains(id);
      if (!there.containsKey(id) && !wasDeleted) {
        fault(kind, id + " was made there and deleted by nobody");
      }
    }
  }

  /**
   * Whatever lives was made by a person, or a create of ours made it twice. Where a person was told
   * to check, and deleted the record here, its copy from there may live on. So does a copy that a
   * person edited when its record was deleted here while its create was in doubt: the edit is the
   * later word.
   */
  private void judgeStrangers(ModelKind kind, Collection<Mirrored<?, ?, ?>> live) {
    List<String> strangers =
        live.stream()
            .filter(record -> !tales.wasMade(Side.HERE, kind, record.id().toString()))
            .filter(
                record ->
                    idsThere(record).stream().noneMatch(id -> tales.wasMade(Side.THERE, kind, id)))
            .map(record -> record.id().toString())
            .toList();
    long edited = strangers.stream().filter(id -> tales.wasEditedHere(kind, id)).count();
    long explained =
        tales.howManyGivenUp(kind) + Math.min(edited, tales.howManyDeletedInDoubt(kind));
    if (strangers.size() > explained) {
      fault(kind, strangers + " were made by nobody");
    }
  }

  private boolean wasDeletedThere(ModelKind kind, Mirrored<?, ?, ?> record) {
    return idsThere(record).stream().anyMatch(id -> tales.wasDeleted(Side.THERE, kind, id));
  }

  private void judgeDeleted(ModelKind kind, Map<String, JsonObject> there) {
    for (String id : tales.deletedOn(Side.HERE, kind)) {
      Optional<? extends Mirrored<?, ?, ?>> found = sides.here.find(kind, id);
      if (found.filter(Mirrored::isLive).isPresent()) {
        fault(kind, id + " was deleted here and lives");
      }
      found.stream()
          .flatMap(record -> idsThere(record).stream())
          .filter(there::containsKey)
          .forEach(it -> fault(kind, it + " was deleted here and is there"));
    }
  }

  private static Set<String> idsThere(Mirrored<?, ?, ?> record) {
    Set<String> ids = new HashSet<>();
    record.crmId().ifPresent(id -> ids.add(id.toString()));
    record.formerIds().forEach(id -> ids.add(id.toString()));
    return ids;
  }

  // ---- fields

  private void judge(ModelKind kind, Mirrored<?, ?, ?> here, JsonObject there) {
    Set<String> ids = idsThere(here);
    List<Edit> edits = tales.of(kind, here.id().toString(), ids);
    // Deleted on one side and made anew, it has another story there.
    boolean isOneStory = ids.size() == 1;
    for (ModelField field : ModelField.of(kind)) {
      String ours = sides.valueHere(here, field);
      String theirs = sides.valueThere(there, field);
      if (!ours.equals(theirs)) {
        fault(kind, here.id() + " " + field + ": here " + ours + ", there " + theirs);
      }
      List<Edit> ofField =
          edits.stream().filter(edit -> edit.field().equals(field.name())).toList();
      List<Conflict> named =
          here.conflicts().stream()
              .filter(conflict -> conflict.field().equals(sides.name(field)))
              .toList();
      conflicts += named.size();
      if (isOneStory) {
        judgeEdits(here, field, theirs, ofField, named);
        named.forEach(conflict -> judgeConflict(here, field, ofField, conflict));
      }
    }
    if (kind == ModelKind.APPOINTMENT) {
      judgeEnd(here, there);
    }
  }

  private void judgeEnd(Mirrored<?, ?, ?> here, JsonObject there) {
    Instant start = Instant.parse(sides.valueThere(there, ModelField.START));
    Duration length = Duration.between(start, Ghl.end(there));
    String ours = Sides.shown(here.fields().get(FieldName.of("end")));
    if (!Ghl.end(there).toString().equals(ours) || !length.equals(Ghl.HOUR)) {
      fault(
          ModelKind.APPOINTMENT,
          here.id() + " ends here " + ours + ", there " + Ghl.end(there) + ", begins " + start);
    }
  }

  private void judgeEdits(
      Mirrored<?, ?, ?> here,
      ModelField field,
      String value,
      List<Edit> edits,
      List<Conflict> named) {
    List<Edit> last = new ArrayList<>();
    for (Side side : Side.values()) {
      last(edits, side).ifPresent(last::add);
    }
    if (!last.isEmpty() && last.stream().noneMatch(edit -> edit.value().equals(value))) {
      fault(
          field.kind(),
          here.id() + " " + field + " is " + value + ", which nobody set last: " + edits);
    }
    for (Edit edit : last) {
      boolean isNamed =
          named.stream()
              .anyMatch(
                  conflict ->
                      Sides.shown(edit.side() == Side.HERE ? conflict.ours() : conflict.theirs())
                          .equals(edit.value()));
      if (edit.value().equals(value) || isNamed || wasSeen(edit, edits)) {
        continue;
      }
      if (tales.wasReplacedUnseen(edit)) {
        replacedUnseen++;
      } else {
        fault(field.kind(), here.id() + " " + field + " is " + value + ", lost: " + edit + edits);
      }
    }
  }

  private static Optional<Edit> last(List<Edit> edits, Side side) {
    return edits.stream().filter(edit -> edit.side() == side).reduce((one, later) -> later);
  }

  /**
   * The other side changed this value, which it was shown. When it did so before: the value is what
   * both agreed on once, and whoever sets that again, without having seen what the other made of
   * it, changed nothing as far as anybody can tell (values are compared, not histories, spec 6).
   * Neither does who sets it again there while our call is without an answer: it looks as if the
   * call had not arrived, and it is repeated.
   */
  private boolean wasSeen(Edit edit, List<Edit> edits) {
    return edits.stream()
        .filter(other -> other.side() != edit.side() && other.before().equals(edit.value()))
        .anyMatch(
            other ->
                other.at() > edit.at()
                    || !hasSeen(edit, other, edits)
                    || tales.wasDuringDoubt(edit));
  }

  /** Whether who made the one edit had been shown the other before. */
  private static boolean hasSeen(Edit edit, Edit other, List<Edit> edits) {
    return edits.stream()
        .filter(each -> each.side() == edit.side())
        .filter(each -> each.at() > other.at() && each.at() <= edit.at())
        .filter(each -> each.before().equals(other.value()))
        .anyMatch(each -> !wasSetBefore(each, other.value(), edits));
  }

  private void judgeConflict(
      Mirrored<?, ?, ?> here, ModelField field, List<Edit> edits, Conflict conflict) {
    String ours = Sides.shown(conflict.ours());
    String theirs = Sides.shown(conflict.theirs());
    List<Edit> set =
        edits.stream()
            .filter(edit -> edit.side() == Side.HERE && edit.value().equals(ours))
            .toList();
    List<Edit> setThere =
        edits.stream()
            .filter(edit -> edit.side() == Side.THERE && edit.value().equals(theirs))
            .toList();
    // Whoever set ours had been shown theirs, and nobody there set it again: there is no conflict.
    // Set twice there, nobody can tell by the value which of the two they were shown.
    boolean wasShown =
        !set.isEmpty()
            && setThere.size() <= 1
            && set.stream()
                .allMatch(
                    edit ->
                        edit.before().equals(theirs)
                            && !edits.getFirst().before().equals(theirs)
                            && !wasSetBefore(edit, theirs, edits)
                            && setThere.stream().allMatch(it -> it.at() < edit.at()));
    // What GoHighLevel chose where nobody here did is its word, too: nobody can tell it from a
    // person's, so it is named rather than lost (ADR 14).
    boolean wasChosen =
        conflict.base().isCleared()
            && tales.wasChosenThere(field.kind(), idsThere(here), field.name(), theirs);
    if (set.isEmpty() || (setThere.isEmpty() && !wasChosen) || wasShown) {
      fault(
          field.kind(),
          "%s %s: no conflict of %s and %s: %s".formatted(here.id(), field, ours, theirs, edits));
    }
  }

  /** Whether the value that an edit changed was one that a person of the same side had set. */
  private static boolean wasSetBefore(Edit edit, String value, List<Edit> edits) {
    return edits.stream()
        .filter(other -> other.side() == edit.side() && other.at() < edit.at())
        .reduce((one, later) -> later)
        .filter(other -> other.value().equals(value))
        .isPresent();
  }

  private void fault(ModelKind kind, String what) {
    faults.add(kind + " " + what);
  }
}
