package com.lpai.application.conflict;

import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people do about fields that both sides had changed. */
public interface ConflictsUseCase {

  /**
   * Conflicts of live records, by kind, then by the record's id, then the oldest first.
   *
   * @param kinds of these kinds only; none for all
   * @param cursor {@code nextCursor} of the page before; empty for the first page
   * @param limit from 1 to {@link Page#LARGEST}
   * @throws IllegalArgumentException for a cursor that cannot be one, or another limit
   */
  Page<KnownConflict> list(
      LocationId locationId, Set<MirrorKind> kinds, ConflictQuery query, String cursor, int limit);

  /**
   * Chooses a side. Choosing the same side again changes nothing.
   *
   * @param id as {@link KnownConflict#id} has it
   * @param by who does
   */
  ConflictOutcome choose(LocationId locationId, String id, Conflict.Side side, Origin by);

  /**
   * What became of the conflicts of one field.
   *
   * @param chosen for how many the side was chosen
   * @param left for how many it could not be
   * @param nextCursor where to go on; empty when all were looked at
   */
  record Batch(int chosen, int left, String nextCursor) {}

  /**
   * Chooses one side in all conflicts of a field that are so, some hundreds at once.
   *
   * @param cursor {@code nextCursor} of the batch before; empty for the first
   * @param by who does
   * @throws IllegalArgumentException for a cursor that cannot be one
   */
  Batch chooseAll(
      LocationId locationId,
      MirrorKind kind,
      ConflictQuery which,
      Conflict.Side side,
      String cursor,
      Origin by);

  /** Who decides at first; empty when the location is unknown. */
  Optional<ConflictRules> rules(LocationId locationId);

  /** What became of new rules. */
  sealed interface RulesOutcome {
    /** They hold from now on; conflicts that wait for a person still do. */
    record Stored(ConflictRules rules) implements RulesOutcome {}

    /** The location is unknown. */
    record NotFound() implements RulesOutcome {}

    /** They name what does not exist; nothing was stored. */
    record Refused(List<FieldProblem> problems) implements RulesOutcome {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Replaces all rules of a location. */
  RulesOutcome setRules(LocationId locationId, ConflictRules rules);
}
