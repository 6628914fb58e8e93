package com.lpai.domain.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one rule for a change that comes in, whatever brought it (spec 6). Pure. */
public final class Merge {
  private Merge() {}

  /**
   * What a merge did.
   *
   * @param fields the record's values after it
   * @param sync the record's sync state after it
   * @param conflicts fields that both sides had changed
   */
  public record Result(Fields fields, SyncState sync, List<Conflict> conflicts) {
    public Result {
      conflicts = List.copyOf(conflicts);
    }
  }

  /**
   * Merges what the CRM says into what we hold, field by field:
   *
   * <ul>
   *   <li>not dirty: theirs
   *   <li>dirty, and theirs is ours, the common base, or what is on its way, sent by whichever call
   *       of unknown effect: ours stays and will be pushed
   *   <li>dirty, and they changed it otherwise: a conflict, decided by the policy, with both values
   *       kept; where a person is to decide, ours stays and is not told until they have
   * </ul>
   *
   * @param theirs normalised; a field it does not mention is left alone
   * @param policy how a conflict of a field is decided
   * @param times when either side was changed
   */
  public static Result merge(
      Fields ours,
      SyncState sync,
      FieldChanges theirs,
      ConflictPolicy policy,
      ChangeTimes times,
      Instant now) {
    TreeMap<FieldName, FieldValue> taken = new TreeMap<>();
    TreeMap<FieldName, DirtyField> dirty = new TreeMap<>(sync.dirty());
    List<Conflict> conflicts = new ArrayList<>();
    for (Map.Entry<FieldName, FieldValue> said : theirs.values().entrySet()) {
      FieldName name = said.getKey();
      FieldValue value = said.getValue();
      DirtyField known = dirty.get(name);
      if (known == null) {
        taken.put(name, value);
        continue;
      }
      FieldValue mine = ours.get(name);
      if (value.equals(known.base()) || sync.isOnItsWay(name, value)) {
        continue;
      }
      if (value.equals(mine)) {
        // They came to our value by themselves: from here on, going back is a change to be told.
        dirty.put(name, new DirtyField(known.revision(), value));
        continue;
      }
      ConflictRule rule = policy.rule(name);
      boolean held = rule == ConflictRule.ASK;
      Conflict.Side winner = winner(rule, name, times);
      long revision = sync.revision() + 1;
      conflicts.add(
          new Conflict(
              name,
              revision,
              known.base(),
              mine,
              value,
              winner,
              now,
              held ? Conflict.Status.OPEN : Conflict.Status.DECIDED));
      if (winner == Conflict.Side.THEIRS) {
        taken.put(name, value);
      }
      // A call on its way may be overtaken by their change or overtake it: the winner is told anew.
      if (winner == Conflict.Side.OURS || sync.hasSent(name)) {
        dirty.put(name, new DirtyField(revision, value, held));
      } else {
        dirty.remove(name);
      }
    }
    return new Result(ours.apply(new FieldChanges(taken)), settle(sync, dirty, now), conflicts);
  }

  /** As above, when nobody knows when either side was changed. */
  public static Result merge(
      Fields ours, SyncState sync, FieldChanges theirs, ConflictPolicy policy, Instant now) {
    return merge(ours, sync, theirs, policy, ChangeTimes.UNKNOWN, now);
  }

  private static Conflict.Side winner(ConflictRule rule, FieldName name, ChangeTimes times) {
    return switch (rule) {
      case OURS, ASK -> Conflict.Side.OURS;
      case THEIRS -> Conflict.Side.THEIRS;
      case NEWEST -> times.areTheirsLater(name) ? Conflict.Side.THEIRS : Conflict.Side.OURS;
    };
  }

  private static SyncState settle(
      SyncState sync, SortedMap<FieldName, DirtyField> dirty, Instant now) {
    boolean nothingLeft = dirty.isEmpty() && !sync.dirty().isEmpty() && !sync.hasOpenCall();
    return nothingLeft ? sync.closed() : sync.withDirty(dirty, now);
  }
}
