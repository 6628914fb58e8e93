package com.lpai.application.edit;

import com.lpai.application.idempotency.Once;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stores what is changed here. Each change is one atomic document write that holds the new values
 * and the intent to push them; no answer waits for the CRM, and a failing CRM loses nothing (spec
 * 6).
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public final class RecordEditor<I, G, R extends Mirrored<I, G, R>> {
  private final MirrorRepository<I, G, R> records;
  private final WorkSignals signals;
  private final Instance instance;

  public RecordEditor(MirrorRepository<I, G, R> records, WorkSignals signals, Instance instance) {
    this.records = records;
    this.signals = signals;
    this.instance = instance;
  }

  /** What a change comes to once the present record is known. */
  public sealed interface Change<R> {
    /** This record. */
    record To<R>(R after) implements Change<R> {}

    /** Nothing, for these reasons. */
    record Refusal<R>(List<FieldProblem> problems) implements Change<R> {}
  }

  /**
   * Stores a record that a request makes, which may be repeated (trap 75): the id is kept before
   * the record is, so that whoever repeats it, after a crash too, stores the same one or none.
   *
   * @param id of an id's text
   * @param make makes the record of an id, or says why there is none
   */
  public EditOutcome<R> addOnce(
      LocationId locationId, Once once, Function<String, I> id, Function<I, Change<R>> make) {
    switch (once.known()) {
      case Once.Known.AnotherRequest another -> {
        return new EditOutcome.KeyUsedOtherwise<>();
      }
      case Once.Known.MakesThis(String given, boolean made) -> {
        Optional<R> present = records.find(locationId, id.apply(given));
        if (present.isPresent() || made) {
          once.made(given);
          return as(present);
        }
      }
      case Once.Known.Nothing nothing -> {}
    }
    // What is refused uses no key up: it may come again, put right.
    I fresh = records.nextId();
    Change<R> checked = make.apply(fresh);
    if (checked instanceof Change.Refusal<R>(List<FieldProblem> problems)) {
      return new EditOutcome.Refused<>(problems);
    }
    return switch (once.claim(fresh::toString)) {
      case Once.Known.AnotherRequest another -> new EditOutcome.KeyUsedOtherwise<>();
      case Once.Known.Nothing nothing -> throw new IllegalStateException("a claim has an id");
      case Once.Known.MakesThis(String given, boolean made) ->
          switch (given.equals(fresh.toString()) ? checked : make.apply(id.apply(given))) {
            case Change.Refusal<R>(List<FieldProblem> problems) ->
                new EditOutcome.Refused<>(problems);
            case Change.To<R>(R record) -> addUnlessThere(once, given, record);
          };
    };
  }

  private EditOutcome<R> addUnlessThere(Once once, String id, R record) {
    EditOutcome<R> outcome =
        records.save(record.locationId(), record) instanceof SaveOutcome.Saved<G, R>(R saved)
            ? stored(saved)
            : as(records.find(record.locationId(), record.id()));
    once.made(id);
    return outcome;
  }

  private EditOutcome<R> as(Optional<R> present) {
    return present
        .filter(Mirrored::isLive)
        .<EditOutcome<R>>map(EditOutcome.Stored::new)
        .orElseGet(EditOutcome.MadeAndDeleted::new);
  }

  /** Deletes a record; it is hidden at once and deleted in the CRM in the background. */
  public EditOutcome<R> delete(LocationId locationId, I id, OptionalLong expectedVersion) {
    return change(
        locationId,
        id,
        expectedVersion,
        record -> new Change.To<>(record.deletedHere(instance.time().instant())));
  }

  /** Pushes a record again whose push has failed or waits, a deletion that failed included. */
  public EditOutcome<R> retry(LocationId locationId, I id) {
    return change(
        locationId,
        id,
        OptionalLong.empty(),
        record -> record.isLive() || record.sync().phase() == SyncPhase.FAILED,
        record -> new Change.To<>(record.retried(instance.time().instant())));
  }

  /**
   * Reads, changes and stores until nobody interferes; each round sees the newest record.
   *
   * @param expectedVersion the version that the caller saw; empty when any will do
   */
  public EditOutcome<R> change(
      LocationId locationId, I id, OptionalLong expectedVersion, Function<R, Change<R>> change) {
    return change(locationId, id, expectedVersion, Mirrored::isLive, change);
  }

  private EditOutcome<R> change(
      LocationId locationId,
      I id,
      OptionalLong expectedVersion,
      Predicate<R> isThere,
      Function<R, Change<R>> change) {
    while (true) {
      Optional<R> found = records.find(locationId, id).filter(isThere);
      if (found.isEmpty()) {
        return new EditOutcome.NotFound<>();
      }
      R present = found.get();
      if (expectedVersion.isPresent() && expectedVersion.getAsLong() != present.version()) {
        return new EditOutcome.ChangedMeanwhile<>(present);
      }
      R after;
      switch (change.apply(present)) {
        case Change.Refusal<R>(List<FieldProblem> problems) -> {
          return new EditOutcome.Refused<>(problems);
        }
        case Change.To<R>(R changed) -> after = changed;
      }
      if (after.equals(present)) {
        return new EditOutcome.Stored<>(present);
      }
      if (isForgettable(after)) {
        if (records.remove(locationId, present)) {
          return new EditOutcome.Stored<>(after);
        }
      } else if (records.save(locationId, after) instanceof SaveOutcome.Saved<G, R>(R saved)) {
        return stored(saved);
      }
    }
  }

  /** A record that the CRM never had leaves no tombstone behind. */
  private static boolean isForgettable(Mirrored<?, ?, ?> record) {
    return !record.isLive()
        && record.crmId().isEmpty()
        && record.formerIds().isEmpty()
        && !record.sync().hasCallInFlight();
  }

  private EditOutcome<R> stored(R record) {
    signals.pushDue();
    return new EditOutcome.Stored<>(record);
  }
}
