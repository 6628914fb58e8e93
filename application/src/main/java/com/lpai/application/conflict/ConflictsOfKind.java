package com.lpai.application.conflict;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.RecordEditor;
import com.lpai.application.edit.RecordEditor.Change;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictChoice;
import com.lpai.domain.sync.ConflictId;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The conflicts of one kind of record.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
record ConflictsOfKind<I, G, R extends Mirrored<I, G, R>>(
    MirrorKind kind,
    MirrorRepository<I, G, R> records,
    RecordEditor<I, G, R> editor,
    Function<String, I> ids,
    Function<R, String> names,
    InstantSource time) {

  /** Of records after this one, as many records as may be looked at. */
  Page<List<KnownConflict>> after(
      LocationId locationId, ConflictQuery query, String recordId, int most) {
    Page<R> page = records.findWithConflicts(locationId, query, recordId, most);
    return new Page<>(
        page.items().stream().map(record -> of(record, query)).toList(), page.nextCursor());
  }

  /** Of the record itself, after this conflict; all when that is no longer there. */
  List<KnownConflict> after(LocationId locationId, ConflictQuery query, ConflictPlace place) {
    List<KnownConflict> all =
        find(locationId, place.recordId())
            .filter(Mirrored::isLive)
            .map(record -> of(record, query))
            .orElse(List.of());
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).conflict().id().equals(place.conflictId())) {
        return all.subList(i + 1, all.size());
      }
    }
    return all;
  }

  private Optional<R> find(LocationId locationId, String id) {
    try {
      return records.find(locationId, ids.apply(id));
    } catch (IllegalArgumentException noIdAtAll) {
      return Optional.empty();
    }
  }

  private List<KnownConflict> of(R record, ConflictQuery query) {
    List<KnownConflict> known = new ArrayList<>();
    for (Conflict conflict : record.conflicts()) {
      if (query.matches(conflict)) {
        known.add(known(record, conflict));
      }
    }
    return known;
  }

  private KnownConflict known(R record, Conflict conflict) {
    FieldValue present = record.fields().get(conflict.field());
    boolean isChoosable =
        latest(record, conflict.field()).filter(conflict::equals).isPresent()
            && present.equals(conflict.valueOf(conflict.winner()));
    return new KnownConflict(
        kind, record.id().toString(), names.apply(record), conflict, present, isChoosable);
  }

  private static Optional<Conflict> latest(Mirrored<?, ?, ?> record, FieldName field) {
    return record.conflicts().stream()
        .filter(conflict -> conflict.field().equals(field))
        .reduce((earlier, later) -> later);
  }

  ConflictOutcome choose(
      LocationId locationId, ConflictPlace place, Conflict.Side side, Origin by) {
    I id;
    try {
      id = ids.apply(place.recordId());
    } catch (IllegalArgumentException noIdAtAll) {
      return new ConflictOutcome.Unknown();
    }
    ConflictId conflictId = place.conflictId();
    List<ConflictOutcome> refused = new ArrayList<>();
    EditOutcome<R> outcome =
        editor.change(
            locationId,
            id,
            OptionalLong.empty(),
            record -> {
              refused.clear();
              return switch (record.choosing(conflictId, side, by, time.instant())) {
                case ConflictChoice.Made<R>(R after) -> new Change.To<>(after);
                case ConflictChoice.Unknown<R> unknown ->
                    refusing(refused, new ConflictOutcome.Unknown());
                case ConflictChoice.Superseded<R>(R present, FieldName field) ->
                    refusing(
                        refused,
                        latest(present, field)
                            .<ConflictOutcome>map(
                                latest -> new ConflictOutcome.Superseded(known(present, latest)))
                            .orElseGet(ConflictOutcome.Unknown::new));
                case ConflictChoice.NotTaken<R>(FieldName field) ->
                    refusing(refused, new ConflictOutcome.NotTaken(field));
              };
            });
    if (!refused.isEmpty()) {
      return refused.getFirst();
    }
    return outcome instanceof EditOutcome.Stored<R>(R stored)
        ? latest(stored, conflictId.field())
            .<ConflictOutcome>map(conflict -> new ConflictOutcome.Chosen(known(stored, conflict)))
            .orElseGet(ConflictOutcome.Unknown::new)
        : new ConflictOutcome.Unknown();
  }

  private Change<R> refusing(List<ConflictOutcome> refused, ConflictOutcome why) {
    refused.add(why);
    return new Change.Refusal<>(List.of());
  }
}
