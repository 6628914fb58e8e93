package com.lpai.domain.contact;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictChoice;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One contact here and the CRM's record of it, with one call at a time between them that may arrive
 * or not and be answered or not. Treats the contact as the pusher and the intake do, and keeps a
 * history of what people did on either side.
 */
final class SyncSimulation {
  static final FieldName EMAIL = ContactField.EMAIL.fieldName();
  static final FieldName CITY = ContactField.CITY.fieldName();
  static final FieldName TAG = FieldName.element(ContactField.TAGS, "vip");
  static final List<FieldName> FIELDS = List.of(EMAIL, CITY, TAG);

  private static final GhlContactId CRM_ID = new GhlContactId("crm-1");
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** How a call ends for the caller. */
  enum Ending {
    ANSWERED,
    /** Refused by the call budget: it did nothing. */
    THROTTLED,
    /** Refused for its content: it did nothing. */
    REJECTED,
    /** The connection is gone: it did nothing. */
    BLOCKED,
    /** No answer; whether it did something only the CRM knows. */
    LOST,
    /** The caller died; nobody wrote anything down. */
    CRASHED
  }

  /** Something that happened to one field, in order. */
  private record Event(Kind kind, FieldName field, FieldValue value) {
    enum Kind {
      EDITED_HERE,
      EDITED_THERE,
      /** The CRM has this value from now on, whoever brought it. */
      HELD_THERE,
      /** The CRM's value was taken in. */
      SEEN,
      CONFLICT,
      /** A person gave up our value. */
      GIVEN_UP
    }
  }

  private final ConflictPolicy policy;
  private final MutableInstantSource clock = MutableInstantSource.aClock();
  private final List<Event> history = new ArrayList<>();
  private Contact ours;
  private Optional<Fields> theirs;
  private Optional<Push.InFlight> call = Optional.empty();
  private boolean callArrived;
  private int calls;
  private int creates;

  private SyncSimulation(ConflictPolicy policy, Contact ours, Optional<Fields> theirs) {
    this.policy = policy;
    this.ours = ours;
    this.theirs = theirs;
    for (FieldName field : FIELDS) {
      note(Event.Kind.HELD_THERE, field, theirs.orElse(Fields.NONE).get(field));
      note(Event.Kind.SEEN, field, theirs.orElse(Fields.NONE).get(field));
    }
  }

  /** A contact that both sides have and agree on. */
  static SyncSimulation ofALinkedContact(ConflictPolicy policy) {
    Contact contact =
        ContactFixture.aContact()
            .linkedTo(CRM_ID)
            .with(EMAIL, FieldValue.text("a"))
            .with(CITY, FieldValue.text("a"))
            .atVersion(1)
            .build();
    return new SyncSimulation(policy, contact, Optional.of(contact.fields()));
  }

  /** A contact that was just made here. */
  static SyncSimulation ofANewContact(ConflictPolicy policy) {
    FieldChanges values = FieldChanges.of(EMAIL, FieldValue.text("a"));
    Contact contact =
        Contact.createdHere(
                new ContactId("1"),
                TenantFixture.anyLocation(),
                values,
                MirrorFixture.SOMEBODY,
                MutableInstantSource.START)
            .atVersion(1);
    SyncSimulation simulation = new SyncSimulation(policy, contact, Optional.empty());
    simulation.note(Event.Kind.EDITED_HERE, EMAIL, FieldValue.text("a"));
    return simulation;
  }

  // ---- people

  void editHere(FieldName field, FieldValue value) {
    FieldValue before = ours.fields().get(field);
    ours = ours.edited(FieldChanges.of(field, value), MirrorFixture.SOMEBODY, now());
    if (!before.equals(value)) {
      note(Event.Kind.EDITED_HERE, field, value);
    }
  }

  void editThere(FieldName field, FieldValue value) {
    if (theirs.isPresent() && !theirs.get().get(field).equals(value)) {
      note(Event.Kind.EDITED_THERE, field, value);
      holdThere(FieldChanges.of(field, value));
    }
  }

  void retryHere() {
    ours = ours.retried(now());
  }

  /** A person decides whatever waits for that. */
  void decide(Conflict.Side side) {
    for (Conflict conflict : ours.conflicts()) {
      if (!conflict.isOpen()) {
        continue;
      }
      ConflictChoice<Contact> choice =
          ours.choosing(conflict.id(), side, MirrorFixture.SOMEBODY, now());
      if (!(choice instanceof ConflictChoice.Made<Contact>(Contact after))) {
        throw new IllegalStateException("an open conflict cannot be decided: " + choice);
      }
      ours = after;
      if (side == Conflict.Side.THEIRS) {
        note(Event.Kind.GIVEN_UP, conflict.field(), conflict.ours());
      }
    }
  }

  // ---- the pusher

  /** Begins the next call, when one is due and none is on its way. */
  void startPush() {
    boolean due = ours.sync().phase() == SyncPhase.PENDING || isBlocked();
    if (call.isPresent() || !due) {
      return;
    }
    switch (ours.nextPush()) {
      case NextPush.Nothing<GhlContactId> nothing -> ours = ours.pushedWhole();
      case NextPush.Create<GhlContactId>(FieldChanges values) -> start(Push.Kind.CREATE, values);
      case NextPush.Update<GhlContactId> update -> start(Push.Kind.UPDATE, update.values());
      case NextPush.Regroup<GhlContactId> regroup -> start(Push.Kind.UPDATE, regroup.names());
      case NextPush.LookUp<GhlContactId> lookUp -> lookUp();
      case NextPush.Delete<GhlContactId> delete ->
          throw new IllegalStateException("nobody deletes here");
    }
  }

  private boolean isBlocked() {
    return ours.sync().phase() == SyncPhase.BLOCKED;
  }

  private void start(Push.Kind kind, FieldChanges values) {
    values.values().keySet().stream()
        .filter(name -> isAsked(name))
        .forEach(
            name -> {
              throw new IllegalStateException(name + " is told before a person has decided");
            });
    calls++;
    Push.InFlight intent =
        new Push.InFlight(
            kind, ours.sync().revision(), values, now(), now().plus(LEASE), "call-" + calls);
    ours = ours.pushStarted(intent);
    call = Optional.of(intent);
    callArrived = false;
  }

  private boolean isAsked(FieldName name) {
    return ours.conflicts().stream()
        .anyMatch(conflict -> conflict.isOpen() && conflict.field().equals(name));
  }

  private void lookUp() {
    ours =
        theirs.isPresent()
            ? ours.adopted(CRM_ID, now())
            : ours.withSync(ours.sync().deferred(now(), "", false));
  }

  /** The call reaches the CRM and does its work there. */
  void arrive() {
    if (call.isEmpty() || callArrived) {
      return;
    }
    callArrived = true;
    if (call.get().kind() == Push.Kind.CREATE) {
      creates++;
      theirs = Optional.of(Fields.NONE);
    }
    holdThere(call.get().values());
  }

  /** The caller learns how the call ended, or not; an answer needs a call that arrived. */
  void end(Ending wanted) {
    if (call.isEmpty()) {
      return;
    }
    if (wanted == Ending.ANSWERED) {
      arrive();
    }
    boolean refusal =
        wanted == Ending.THROTTLED || wanted == Ending.REJECTED || wanted == Ending.BLOCKED;
    settle(call.get(), refusal && callArrived ? Ending.LOST : wanted);
    call = Optional.empty();
  }

  private void settle(Push.InFlight intent, Ending ending) {
    if (!ours.sync().isHeldBy(intent.token())) {
      return;
    }
    ours =
        switch (ending) {
          case ANSWERED -> ours.pushSucceeded(intent, CRM_ID, now());
          case THROTTLED -> ours.withSync(ours.sync().deferred(now(), "throttled", false));
          case REJECTED -> ours.withSync(ours.sync().failed("refused"));
          case BLOCKED -> ours.withSync(ours.sync().blocked(now(), "no connection"));
          case LOST ->
              intent.kind() == Push.Kind.CREATE
                  ? ours.withSync(ours.sync().inDoubt(intent, now(), "no answer"))
                  : ours.withSync(ours.sync().deferred(now(), "no answer", true));
          case CRASHED -> ours;
        };
  }

  // ---- what comes in

  /** A read of the whole record, applied at once. */
  void read() {
    theirs.ifPresent(
        record -> {
          FieldChanges said = FieldChanges.NONE;
          for (FieldName field : List.of(EMAIL, CITY)) {
            said = said.with(field, record.get(field));
          }
          if (!record.get(TAG).isCleared()) {
            said = said.with(TAG, record.get(TAG));
          }
          takeIn(new CrmRecord<>(CRM_ID, said, Set.of(ContactField.TAGS), now()), FIELDS);
        });
  }

  /** An event that tells one field, applied at once. */
  void hear(FieldName field) {
    theirs.ifPresent(
        record ->
            takeIn(
                new CrmRecord<>(CRM_ID, FieldChanges.of(field, record.get(field)), Set.of(), now()),
                List.of(field)));
  }

  private void takeIn(CrmRecord<GhlContactId> said, List<FieldName> fields) {
    boolean linked = ours.crmId().isPresent();
    if (!linked && call.isPresent()) {
      return; // An event that overtakes the answer of our own create waits for it.
    }
    Contact before = linked ? ours : ours.adopted(CRM_ID, now());
    ours = before.merged(said, before.trace(), policy, Origin.WEBHOOK, now());
    fields.stream()
        .filter(field -> !isAmbiguous(field))
        .forEach(field -> note(Event.Kind.SEEN, field, theirs.orElseThrow().get(field)));
    List<Conflict> conflicts = ours.conflicts();
    conflicts.stream()
        .filter(conflict -> conflict.noticedAt().equals(now()))
        .forEach(conflict -> note(Event.Kind.CONFLICT, conflict.field(), conflict.theirs()));
  }

  /** While a call is on its way, the old value may be from before it, or somebody's after it. */
  private boolean isAmbiguous(FieldName field) {
    return call.filter(sent -> sent.values().mentions(field)).isPresent();
  }

  // ---- the end

  /** Lets everything succeed from now on, until nothing is left to do. */
  void calmDown(Conflict.Side choice) {
    end(Ending.CRASHED);
    for (int round = 0; round < 10; round++) {
      tick();
      decide(choice);
      if (ours.sync().phase() == SyncPhase.FAILED) {
        retryHere();
      }
      startPush();
      end(Ending.ANSWERED);
      tick();
      read();
    }
  }

  /** Time goes on, past the lease of any call. */
  void tick() {
    clock.advance(LEASE.plusSeconds(1));
  }

  Contact ours() {
    return ours;
  }

  Optional<Fields> theirs() {
    return theirs;
  }

  int creates() {
    return creates;
  }

  /**
   * Whether the last edit that a person made to a field here was lost: it is not what both sides
   * hold now, although nobody touched the field in the CRM behind its back; or somebody did, but
   * the CRM never had our value and no conflict says so.
   */
  boolean lostAnEditOf(FieldName field) {
    List<Event> events = history.stream().filter(event -> event.field().equals(field)).toList();
    int edit = last(events, Event.Kind.EDITED_HERE);
    if (edit < 0 || ours.fields().get(field).equals(events.get(edit).value())) {
      return false;
    }
    if (last(events, Event.Kind.GIVEN_UP) > edit) {
      return false;
    }
    int seen = last(events.subList(0, edit), Event.Kind.SEEN);
    int there = last(events, Event.Kind.EDITED_THERE);
    boolean editedThereUnseenOrLater = there > seen;
    int conflict = last(events, Event.Kind.CONFLICT);
    ConflictRule rule = policy.rule(field);
    if (rule == ConflictRule.OURS || rule == ConflictRule.ASK) {
      boolean conflictWasTheLastWord = conflict > edit && conflict > there;
      return !editedThereUnseenOrLater
          || conflictWasTheLastWord
          || !(conflict > edit || wasHeldThere(events, events.get(edit).value(), seen));
    }
    return !(conflict > edit
        || (editedThereUnseenOrLater && wasHeldThere(events, events.get(edit).value(), seen)));
  }

  private static int last(List<Event> events, Event.Kind kind) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).kind() == kind) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the CRM had this value when it was last seen before the edit, or at any time after. */
  private static boolean wasHeldThere(List<Event> events, FieldValue value, int seen) {
    int before = last(events.subList(0, Math.max(0, seen)), Event.Kind.HELD_THERE);
    return events.subList(Math.max(0, before), events.size()).stream()
        .anyMatch(event -> event.kind() == Event.Kind.HELD_THERE && event.value().equals(value));
  }

  private void holdThere(FieldChanges values) {
    theirs = theirs.map(record -> record.apply(values));
    values.values().forEach((field, value) -> note(Event.Kind.HELD_THERE, field, value));
  }

  private void note(Event.Kind kind, FieldName field, FieldValue value) {
    history.add(new Event(kind, field, value));
  }

  private Instant now() {
    return clock.instant();
  }

  String story() {
    StringBuilder story = new StringBuilder();
    history.forEach(event -> story.append(event).append('\n'));
    return story.toString();
  }
}
