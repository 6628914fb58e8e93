package com.lpai.domain.sync;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is still to be told to the CRM about one record: the record is its own outbox (spec 6).
 *
 * <pre>
 *   SYNCED --edit--> PENDING --started--> PENDING+InFlight --succeeded--> SYNCED (or PENDING: edited meanwhile)
 *                       ^                      |--deferred--> PENDING (later)   |--inDoubt--> PENDING+InFlight (look up first)
 *                       |--edit, retry---------+--refused---> FAILED            +--blocked--> BLOCKED (waits for the connection)
 * </pre>
 *
 * <p>A field whose conflict a person is to decide is held: the others are told without it, and when
 * nothing else is left the record is BLOCKED until they have.
 *
 * @param revision counts local edits, and conflicts decided for ours: each is to be told anew
 * @param dirty fields changed here and not accepted there yet
 * @param attempts failed attempts since the last success or edit
 * @param nextAttemptAt when a pusher may take the record (again); {@link Instant#EPOCH} when it is
 *     synced
 * @param problem why it is blocked, failed or late, in plain words; empty when all is well
 */
public record SyncState(
    SyncPhase phase,
    long revision,
    SortedMap<FieldName, DirtyField> dirty,
    Push push,
    int attempts,
    Instant nextAttemptAt,
    String problem) {

  /** Both sides agree. */
  public static final SyncState SYNCED =
      new SyncState(SyncPhase.SYNCED, 0, new TreeMap<>(), Push.IDLE, 0, Instant.EPOCH, "");

  /** No look helps: only a decision does. No database's time is later. */
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final int MOST_NAMED = 5;

  public SyncState {
    dirty = Collections.unmodifiableSortedMap(new TreeMap<>(dirty));
  }

  /** True when a call was begun whose outcome nobody has written down. */
  public boolean hasCallInFlight() {
    return push instanceof Push.InFlight;
  }

  /** True when a call is on its way, or was when its process died. */
  public boolean hasOpenCall() {
    return push instanceof Push.InFlight call && call.isOpen();
  }

  /** True when the call in flight belongs to this token. */
  public boolean isHeldBy(String token) {
    return push instanceof Push.InFlight inFlight && inFlight.token().equals(token);
  }

  /**
   * A local edit. A field that returns to the value both sides agreed on needs no push any more,
   * unless another value of it is on its way.
   *
   * @param changes only fields that really change
   * @param before the values before the edit
   */
  public SyncState edited(FieldChanges changes, Fields before, Instant now) {
    long next = revision + 1;
    TreeMap<FieldName, DirtyField> after = new TreeMap<>(dirty);
    changes
        .values()
        .forEach(
            (name, value) -> {
              DirtyField known = dirty.get(name);
              FieldValue base = known == null ? before.get(name) : known.base();
              boolean held = known != null && known.held();
              if (base.equals(value) && !hasSent(name) && !held) {
                after.remove(name);
              } else {
                after.put(name, new DirtyField(next, base, held));
              }
            });
    return toTell(after, next, now);
  }

  /**
   * This field is to be told, whatever value of it was sent.
   *
   * @param agreed what both sides last agreed on
   */
  SyncState toBeTold(FieldName name, FieldValue agreed, Instant now) {
    TreeMap<FieldName, DirtyField> after = new TreeMap<>(dirty);
    after.put(name, new DirtyField(revision + 1, agreed));
    return toTell(after, revision + 1, now);
  }

  /** The CRM has what we hold of this field. */
  SyncState told(FieldName name) {
    TreeMap<FieldName, DirtyField> after = new TreeMap<>(dirty);
    after.remove(name);
    return new SyncState(phase, revision, after, push, attempts, nextAttemptAt, problem);
  }

  private SyncState toTell(SortedMap<FieldName, DirtyField> left, long next, Instant now) {
    if (areHeld(left) && !hasOpenCall()) {
      return waiting(left, next, possiblyDone());
    }
    boolean settled = left.isEmpty() && !hasOpenCall();
    return new SyncState(
        settled ? SyncPhase.SYNCED : SyncPhase.PENDING,
        next,
        left,
        settled ? Push.IDLE : push,
        0,
        settled ? Instant.EPOCH : due(now),
        "");
  }

  // ---- what a person is to decide

  /** True when all that is to be told waits for a person's decision. */
  public boolean waitsForDecision() {
    return phase == SyncPhase.BLOCKED && areHeld(dirty);
  }

  boolean isHeld(FieldName name) {
    DirtyField known = dirty.get(name);
    return known != null && known.held();
  }

  private static boolean areHeld(SortedMap<FieldName, DirtyField> dirty) {
    return !dirty.isEmpty() && dirty.values().stream().allMatch(DirtyField::held);
  }

  private static SyncState waiting(SortedMap<FieldName, DirtyField> held, long next, Push push) {
    return new SyncState(SyncPhase.BLOCKED, next, held, push, 0, NEVER, waitsFor(held));
  }

  private static String waitsFor(SortedMap<FieldName, DirtyField> held) {
    String named =
        held.keySet().stream()
            .limit(MOST_NAMED)
            .map(FieldName::value)
            .collect(Collectors.joining(", "));
    String more = held.size() > MOST_NAMED ? " and " + (held.size() - MOST_NAMED) + " more" : "";
    return "Waits for a decision: changed here and in GoHighLevel: " + named + more + ".";
  }

  /** A person decided for the value that we hold of this field: it is told. */
  SyncState decidedForOurs(FieldName name, Instant now) {
    TreeMap<FieldName, DirtyField> after = new TreeMap<>(dirty);
    after.computeIfPresent(name, (field, known) -> new DirtyField(revision + 1, known.base()));
    return toTell(after, revision + 1, now);
  }

  /**
   * The value that the CRM was last seen with is ours by now; what was sent since is taken back.
   */
  SyncState decidedForTheirs(FieldName name, FieldValue theirs, Instant now) {
    return hasSent(name) || !dirty.containsKey(name) || !dirty.get(name).base().equals(theirs)
        ? decidedForOurs(name, now)
        : without(name, now);
  }

  private SyncState without(FieldName name, Instant now) {
    TreeMap<FieldName, DirtyField> after = new TreeMap<>(dirty);
    after.remove(name);
    return toTell(after, revision + 1, now);
  }

  /** The same with nothing held: there is nothing to decide any more. */
  SyncState withoutQuestions() {
    TreeMap<FieldName, DirtyField> after = new TreeMap<>(dirty);
    after.replaceAll((name, known) -> new DirtyField(known.revision(), known.base()));
    return new SyncState(phase, revision, after, push, attempts, nextAttemptAt, problem);
  }

  /** Nothing is left to be told but what waits for a decision. */
  SyncState nothingToTell() {
    TreeMap<FieldName, DirtyField> held = new TreeMap<>(dirty);
    held.values().removeIf(field -> !field.held());
    return held.isEmpty() ? closed() : waiting(held, revision, possiblyDone());
  }

  // ---- a call

  /** Something other than a field must be told, a deletion for example. */
  public SyncState touched(Instant now) {
    return new SyncState(SyncPhase.PENDING, revision + 1, dirty, push, 0, due(now), "");
  }

  private Instant due(Instant now) {
    return push instanceof Push.InFlight inFlight && inFlight.leaseUntil().isAfter(now)
        ? inFlight.leaseUntil()
        : now;
  }

  /** True when a value of this field was sent by a call whose effect is not known yet. */
  boolean hasSent(FieldName name) {
    return push instanceof Push.InFlight inFlight && inFlight.values().mentions(name);
  }

  /** True when this value of the field was sent by a call whose effect is not known yet. */
  boolean isOnItsWay(FieldName name, FieldValue value) {
    return push instanceof Push.InFlight inFlight && inFlight.maySay(name, value);
  }

  /**
   * The intent of a call, to be stored before the call is made. What earlier calls sent to no known
   * effect is kept in mind with it.
   */
  public SyncState started(Push.InFlight inFlight) {
    Push.InFlight call =
        push instanceof Push.InFlight before
            ? inFlight.after(before.only(name -> dirty.containsKey(name)))
            : inFlight;
    return new SyncState(
        SyncPhase.PENDING, revision, dirty, call, attempts, call.leaseUntil(), problem);
  }

  /**
   * The CRM accepted what was sent: exactly that is no longer dirty. A field that was edited
   * meanwhile is told in any case, for nobody knows what was done to it there after our call.
   *
   * <p>What earlier calls sent of the same fields is settled with it: they were given up before
   * this one began, and their events are older than this push, so that none is believed without a
   * read ({@link EventOrder}). What a read shows from now on is the CRM's value: should it be one
   * of theirs, nobody can tell a call that it did that late from a person who set the same.
   */
  public SyncState succeeded(Push.InFlight sent, Instant now) {
    TreeMap<FieldName, DirtyField> rest = new TreeMap<>(dirty);
    sent.values()
        .values()
        .forEach(
            (name, value) ->
                rest.computeIfPresent(
                    name,
                    (field, known) ->
                        known.revision() <= sent.revision()
                            ? null
                            : new DirtyField(known.revision(), value, known.held())));
    Push possible = possible(sent, rest);
    if (areHeld(rest)) {
      return waiting(rest, revision, possible);
    }
    return new SyncState(
        rest.isEmpty() ? SyncPhase.SYNCED : SyncPhase.PENDING,
        revision,
        rest,
        possible,
        0,
        rest.isEmpty() ? Instant.EPOCH : now,
        "");
  }

  /** What was sent, by this call or before, of fields that are still to be told. */
  private Push possible(Push.InFlight accepted, Map<FieldName, DirtyField> rest) {
    if (!(push instanceof Push.InFlight call)) {
      return Push.IDLE;
    }
    Push.InFlight left = call.only(rest::containsKey).settling(accepted.values());
    return left.values().isEmpty() ? Push.IDLE : left.asPossible();
  }

  /** Nothing reached the CRM, or repeating does no harm: again at this time. */
  public SyncState deferred(Instant at, String why, boolean counts) {
    return new SyncState(
        SyncPhase.PENDING,
        revision,
        dirty,
        possiblyDone(),
        counts ? attempts + 1 : attempts,
        at,
        why);
  }

  /**
   * An update that was sent may have reached the CRM whatever was answered, this time or the time
   * before. It is kept in mind with its lease over, so that an edit back to the common base is
   * still told (spec 6: no local edit is lost). A create that failed did nothing; one in doubt is
   * {@link #inDoubt}.
   */
  private Push possiblyDone() {
    return push instanceof Push.InFlight call && call.kind() == Push.Kind.UPDATE
        ? call.asPossible()
        : Push.IDLE;
  }

  /**
   * The CRM has the record already: what a create of ours sent may be part of it, and what is dirty
   * is to be told.
   */
  public SyncState adopted(Instant now) {
    Push possible = push instanceof Push.InFlight call ? call.asPossible() : Push.IDLE;
    return new SyncState(SyncPhase.PENDING, revision, dirty, possible, attempts, now, "");
  }

  /** The call's outcome is unknown; it stays in flight so that the next attempt looks first. */
  public SyncState inDoubt(Push.InFlight call, Instant lookUpAt, String why) {
    return new SyncState(
        SyncPhase.PENDING, revision, dirty, call.until(lookUpAt), attempts + 1, lookUpAt, why);
  }

  /** Something else must happen first; looked at again at this time. */
  public SyncState blocked(Instant lookAgainAt, String why) {
    return new SyncState(
        SyncPhase.BLOCKED, revision, dirty, possiblyDone(), attempts, lookAgainAt, why);
  }

  /** No repeat helps; the next edit or a manual retry tries again. */
  public SyncState failed(String why) {
    return new SyncState(
        SyncPhase.FAILED, revision, dirty, possiblyDone(), attempts + 1, Instant.EPOCH, why);
  }

  /**
   * As {@link #failed}, but the create in doubt is kept in mind: it must never be repeated blindly.
   */
  public SyncState failedInDoubt(String why) {
    return new SyncState(SyncPhase.FAILED, revision, dirty, push, attempts + 1, Instant.EPOCH, why);
  }

  /** Somebody asked to try again now. */
  public SyncState retried(Instant now) {
    boolean nothingToDo = dirty.isEmpty() && push instanceof Push.Idle;
    return (nothingToDo && phase == SyncPhase.SYNCED) || waitsForDecision()
        ? this
        : new SyncState(SyncPhase.PENDING, revision, dirty, push, 0, due(now), "");
  }

  /** Nothing will be told any more. */
  public SyncState closed() {
    return new SyncState(
        SyncPhase.SYNCED, revision, new TreeMap<>(), Push.IDLE, 0, Instant.EPOCH, "");
  }

  /** The same without the call in flight: the record it was about is no longer there. */
  public SyncState withoutCall() {
    return new SyncState(phase, revision, dirty, Push.IDLE, attempts, nextAttemptAt, problem);
  }

  /** The same with other dirty fields: what a merge learnt about the common base. */
  SyncState withDirty(SortedMap<FieldName, DirtyField> changed, Instant now) {
    long latest = changed.values().stream().mapToLong(DirtyField::revision).max().orElse(0);
    long next = Math.max(revision, latest);
    boolean isAsked = areHeld(changed) && !hasOpenCall();
    return isAsked || waitsForDecision()
        ? toTell(changed, next, now)
        : new SyncState(phase, next, changed, push, attempts, nextAttemptAt, problem);
  }
}
