package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A record that both sides keep, as we hold it, with everything that is still to be told to the
 * CRM. Immutable: each method answers the record after a change, and the repository stores it only
 * when nobody else changed it meanwhile.
 *
 * <p>A kind of record adds its own ids, its table of fields, and parts that are ours alone. No
 * method here can reach those parts, so that no sync ever touches them.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record itself
 */
public abstract class Mirrored<I, G, R extends Mirrored<I, G, R>> {
  private static final int KEPT_CONFLICTS = 50;

  private final MirrorState<I, G> state;

  protected Mirrored(MirrorState<I, G> state) {
    this.state = state;
  }

  /** The same record, its own parts included, in another state. */
  protected abstract R with(MirrorState<I, G> changed);

  protected abstract R self();

  /** What both sides keep of such a record. */
  public abstract FieldTable table();

  /** What the record has beside its state, for comparing; equal to itself when there is nothing. */
  protected Object ownParts() {
    return List.of();
  }

  // ---- what it is

  public final MirrorState<I, G> state() {
    return state;
  }

  public final I id() {
    return state.id();
  }

  public final LocationId locationId() {
    return state.locationId();
  }

  public final Link<G> link() {
    return state.link();
  }

  /** Ids under which the CRM had it once. */
  public final Set<G> formerIds() {
    return state.formerIds();
  }

  public final Presence presence() {
    return state.presence();
  }

  public final Fields fields() {
    return state.fields();
  }

  public final SyncState sync() {
    return state.sync();
  }

  public final CrmTrace trace() {
    return state.trace();
  }

  /** The latest fields that both sides had changed, newest last. */
  public final List<Conflict> conflicts() {
    return state.conflicts();
  }

  /** Who wrote each of its values, and when. */
  public final Provenance provenance() {
    return state.provenance();
  }

  /** True when the CRM had it first. */
  public final boolean createdBySync() {
    return state.createdBySync();
  }

  public final Instant createdAt() {
    return state.createdAt();
  }

  public final Instant updatedAt() {
    return state.updatedAt();
  }

  /** Counts stored changes; 0 before the first. */
  public final long version() {
    return state.version();
  }

  public final boolean isLive() {
    return presence() instanceof Presence.Live;
  }

  public final Optional<G> crmId() {
    return link().crmId();
  }

  /** True when the CRM has it under another id than this one, under which it was known once. */
  public final boolean isLinkedElsewhere(G formerId) {
    return crmId().filter(present -> !present.equals(formerId)).isPresent();
  }

  /**
   * True when it holds only what the CRM told: nobody ever edited it here, nothing of it was
   * pushed, and no call about it is open.
   */
  public final boolean isOnlyACopy() {
    return isLive()
        && createdBySync()
        && sync().phase() == SyncPhase.SYNCED
        && sync().revision() == 0
        && trace().lastPushAt().equals(Instant.EPOCH);
  }

  /**
   * True when the CRM had it first and no conflict in it waits for a person: another record of
   * ours, whose create made it there, can take its place with what was edited here since.
   */
  public final boolean canBeFolded() {
    return isLive() && createdBySync() && conflicts().stream().noneMatch(Conflict::isOpen);
  }

  /** Fields whose value was kept as it came although it is none of those that we know. */
  public final List<FieldName> flagged() {
    return table().flagged(fields());
  }

  // ---- changes made here

  /** The record after a local edit; the same object when the edit changes nothing. */
  public final R edited(FieldChanges changes, Origin by, Instant now) {
    FieldChanges real = fields().differing(changes);
    if (real.isEmpty()) {
      return self();
    }
    SyncState sync = sync().edited(real, fields(), now);
    Fields after = fields().apply(real);
    List<Conflict> conflicts = new ArrayList<>();
    for (Conflict conflict : conflicts()) {
      FieldName field = conflict.field();
      boolean isConcerned = conflict.isOpen() && real.mentions(field);
      if (isConcerned && after.get(field).equals(conflict.theirs())) {
        sync = sync.decidedForTheirs(field, conflict.theirs(), now);
        conflicts.add(conflict.resolved(Conflict.Side.THEIRS, by, now));
      } else {
        conflicts.add(
            isConcerned ? conflict.withOurs(after.get(field), sync.revision()) : conflict);
      }
    }
    return whole(
        with(
            state.toBuilder()
                .fields(after)
                .sync(sync)
                .conflicts(conflicts)
                .provenance(written(after, sync, by, now))
                .updatedAt(now)
                .build()),
        now);
  }

  /** A record that the CRM does not have yet is to be created even when no value is left. */
  private R whole(R record, Instant now) {
    boolean rests = record.sync().phase() == SyncPhase.SYNCED || record.sync().waitsForDecision();
    return rests && !(record.nextPush() instanceof NextPush.Nothing<G>)
        ? record.withSync(record.sync().touched(now))
        : record;
  }

  private Provenance written(Fields after, SyncState then, Origin by, Instant at) {
    Set<FieldName> names = new HashSet<>(after.values().keySet());
    names.addAll(fields().values().keySet());
    names.removeIf(name -> after.get(name).equals(fields().get(name)));
    return provenance().written(names, after, then.dirty().keySet(), new Provenance.Stamp(by, at));
  }

  /**
   * The record after a person chose a side of a conflict. The other side can be chosen as long as
   * nothing else has changed the field since.
   */
  public final ConflictChoice<R> choosing(
      ConflictId id, Conflict.Side side, Origin by, Instant now) {
    FieldName field = id.field();
    List<Conflict> ofField =
        conflicts().stream().filter(conflict -> conflict.field().equals(field)).toList();
    if (ofField.isEmpty()) {
      return new ConflictChoice.Unknown<>();
    }
    Conflict latest = ofField.getLast();
    boolean isLatest = latest.id().equals(id);
    if (isLatest && latest.isResolvedFor(side)) {
      return new ConflictChoice.Made<>(self());
    }
    FieldValue present = fields().get(field);
    if (!isLatest || !present.equals(latest.valueOf(latest.winner()))) {
      return new ConflictChoice.Superseded<>(self(), field);
    }
    if (side == Conflict.Side.OURS && crmId().isPresent() && !isTakenLater(field)) {
      return new ConflictChoice.NotTaken<>(field);
    }
    return new ConflictChoice.Made<>(chosen(latest, side, by, now));
  }

  private R chosen(Conflict conflict, Conflict.Side side, Origin by, Instant now) {
    FieldName field = conflict.field();
    FieldChanges wanted = fields().differing(FieldChanges.of(field, conflict.valueOf(side)));
    SyncState edited = wanted.isEmpty() ? sync() : sync().edited(wanted, fields(), now);
    SyncState sync =
        switch (side) {
          case OURS -> conflict.isOpen() ? edited.decidedForOurs(field, now) : edited;
          case THEIRS ->
              conflict.isOpen() ? edited.decidedForTheirs(field, conflict.theirs(), now) : edited;
        };
    Fields after = fields().apply(wanted);
    List<Conflict> conflicts = new ArrayList<>(conflicts());
    conflicts.set(conflicts.lastIndexOf(conflict), conflict.resolved(side, by, now));
    return whole(
        with(
            state.toBuilder()
                .fields(after)
                .sync(sync)
                .conflicts(conflicts)
                .provenance(written(after, sync, by, now))
                .updatedAt(wanted.isEmpty() ? updatedAt() : now)
                .build()),
        now);
  }

  /** False for what the CRM takes on create only, or never. */
  private boolean isTakenLater(FieldName name) {
    return table()
        .named(name.value())
        .filter(field -> field.access() != FieldAccess.WRITABLE)
        .isEmpty();
  }

  /** The record after it was deleted here: a tombstone until the CRM has confirmed. */
  public final R deletedHere(Instant now) {
    boolean knownThere = crmId().isPresent() || sync().hasCallInFlight();
    return with(
        state.toBuilder()
            .presence(new Presence.DeletedHere(now))
            .sync(knownThere ? sync().withoutQuestions().touched(now) : sync().closed())
            .updatedAt(now)
            .build());
  }

  /** The record after somebody asked to push it again now. */
  public final R retried(Instant now) {
    return withSync(sync().retried(now));
  }

  // ---- pushing

  /** The next call this record needs. */
  public final NextPush<G> nextPush() {
    return switch (link()) {
      case Link.Unlinked<G> unlinked -> firstPush();
      case Link.Linked<G>(G crmId) -> nextPushTo(crmId);
    };
  }

  private NextPush<G> firstPush() {
    if (sync().push() instanceof Push.InFlight inFlight && inFlight.kind() == Push.Kind.CREATE) {
      return new NextPush.LookUp<>(inFlight.values());
    }
    return isLive() && sync().revision() > 0
        ? new NextPush.Create<>(toldByACreate())
        : new NextPush.Nothing<>();
  }

  /** All that it holds but words that the CRM does not take: it would refuse the rest with them. */
  public final FieldChanges toldByACreate() {
    return fields()
        .asChanges()
        .only(
            name ->
                table()
                    .named(name.value())
                    .filter(field -> !field.isTaken(fields().get(name)))
                    .isEmpty());
  }

  private NextPush<G> nextPushTo(G crmId) {
    switch (presence()) {
      case Presence.DeletedHere deleted -> {
        return new NextPush.Delete<>(crmId);
      }
      case Presence.DeletedInCrm gone -> {
        return new NextPush.Nothing<>();
      }
      case Presence.Live live -> {}
    }
    FieldChanges values = dirtyValues(this::isSentByUpdates);
    if (!values.isEmpty()) {
      return new NextPush.Update<>(crmId, values);
    }
    FieldChanges names = dirtyValues(this::isInSetOfNames);
    return names.isEmpty() ? new NextPush.Nothing<>() : new NextPush.Regroup<>(crmId, names);
  }

  /** Sets of names have calls of their own; some fields the CRM takes on create only. */
  private boolean isSentByUpdates(FieldName name) {
    return !isInSetOfNames(name) && isTakenLater(name);
  }

  private boolean isInSetOfNames(FieldName name) {
    return table().groupOf(name).filter(FieldGroup::isOfNames).isPresent();
  }

  private FieldChanges dirtyValues(Predicate<FieldName> chosen) {
    FieldChanges values = FieldChanges.NONE;
    for (FieldName name : sync().dirty().keySet()) {
      if (chosen.test(name) && !sync().isHeld(name)) {
        values = values.with(name, fields().get(name));
      }
    }
    return values;
  }

  /** The record with the intent of a call, to be stored before the call is made. */
  public final R pushStarted(Push.InFlight call) {
    return withSync(sync().started(call));
  }

  /** The record after a look found nothing to push, but for what waits for a decision. */
  public final R pushedWhole() {
    return withSync(sync().nothingToTell());
  }

  /** The record after the CRM accepted a create or an update under this id. */
  public final R pushSucceeded(Push.InFlight call, G crmId, Instant now) {
    SyncState after = sync().succeeded(call, now);
    boolean deletedMeanwhile = presence() instanceof Presence.DeletedHere;
    return with(
        state.toBuilder()
            .linkedTo(crmId)
            .sync(deletedMeanwhile ? after.touched(now) : after)
            .trace(trace().pushed(now))
            .build());
  }

  /** The record after the CRM confirmed that it is deleted there. */
  public final R deletionConfirmed(Instant now) {
    return with(
        state.toBuilder().unlinked().sync(sync().closed()).trace(trace().pushed(now)).build());
  }

  /** The record with another sync state; its values stay. */
  public final R withSync(SyncState changed) {
    return with(state.toBuilder().sync(changed).build());
  }

  /** The record linked to one that the CRM turned out to have already. */
  public final R adopted(G crmId, Instant now) {
    return with(state.toBuilder().linkedTo(crmId).sync(sync().adopted(now)).build());
  }

  /**
   * The record with what persons here wrote into a copy of it, to be stored before the copy is
   * removed. Of a field that was edited in both, the later value counts.
   */
  public final R carrying(R copy, Instant now) {
    Set<FieldName> written = new TreeSet<>(copy.sync().dirty().keySet());
    copy.fields().values().keySet().stream()
        .filter(name -> copy.provenance().of(name).by() instanceof Origin.User)
        .forEach(written::add);
    Mirrored<I, G, R> carrying = this;
    for (FieldName name : written) {
      Provenance.Stamp stamp = copy.provenance().of(name);
      if (!provenance().of(name).at().isAfter(stamp.at())) {
        carrying = carrying.carrying(name, copy, stamp, now);
      }
    }
    return carrying.self();
  }

  private R carrying(FieldName name, R copy, Provenance.Stamp stamp, Instant now) {
    DirtyField untold = copy.sync().dirty().get(name);
    SyncState sync = untold == null ? sync().told(name) : sync().toBeTold(name, untold.base(), now);
    Fields after = fields().apply(FieldChanges.NONE.with(name, copy.fields().get(name)));
    return with(
        state.toBuilder()
            .fields(after)
            .sync(sync)
            .provenance(provenance().written(Set.of(name), after, sync.dirty().keySet(), stamp))
            .updatedAt(now)
            .build());
  }

  /**
   * The record with what a copy of it was told by the CRM, which is to be removed for it: a value
   * of ours that is to be told stays. Its conflicts were decided, and are kept for who looks.
   */
  public final R folding(R copy) {
    FieldChanges told = copy.fields().asChanges().only(name -> !sync().dirty().containsKey(name));
    FieldChanges news = fields().differing(told);
    Fields after = fields().apply(news);
    Provenance provenance = provenance();
    for (FieldName name : news.values().keySet()) {
      provenance =
          provenance.written(
              Set.of(name), after, sync().dirty().keySet(), copy.provenance().of(name));
    }
    R folded =
        with(
            state.toBuilder()
                .fields(after)
                .provenance(provenance)
                .conflicts(
                    latest(Stream.concat(copy.conflicts().stream(), conflicts().stream()).toList()))
                .build());
    return folded.withTrace(folded.trace().with(copy.trace()));
  }

  /** The state with what was found out on the way of a push: no change, and nothing to tell. */
  protected final MirrorState<I, G> finding(FieldChanges found, Instant now) {
    Fields after = fields().apply(found);
    return state.toBuilder()
        .fields(after)
        .provenance(written(after, sync(), Origin.PUSH_ANSWER, now))
        .build();
  }

  /** The state after a person decided now that it is to be told, without changing a value. */
  protected final MirrorState<I, G> ordered(SyncState after, Instant now) {
    return state.toBuilder().sync(after).updatedAt(now).build();
  }

  // ---- changes that come in

  /**
   * The record after what the CRM said was merged in. It is the same object when that told nothing
   * new: an echo leaves no trace on the document (spec 6).
   *
   * @param said normalised
   * @param traceAfter what is remembered of this source, when something changed
   * @param by what brought it
   */
  public final R merged(
      CrmRecord<G> said, CrmTrace traceAfter, ConflictPolicy policy, Origin by, Instant now) {
    FieldChanges theirs = completed(said);
    Merge.Result result =
        Merge.merge(
            fields(),
            sync(),
            theirs,
            name -> rule(policy, name),
            new ChangeTimes(provenance(), said.changedAt()),
            now);
    boolean linked = crmId().filter(said.id()::equals).isPresent();
    boolean sameFields = result.fields().equals(fields());
    if (linked && isLive() && sameFields && result.sync().equals(sync()) && version() > 0) {
      return self();
    }
    return with(
        state.toBuilder()
            .linkedTo(said.id())
            .fields(result.fields())
            .sync(result.sync())
            .trace(traceAfter)
            .conflicts(known(result, by, now))
            .provenance(written(result.fields(), result.sync(), by, now))
            .updatedAt(sameFields && version() > 0 ? updatedAt() : now)
            .build());
  }

  /** Nobody is asked about what cannot be told any more, whatever they would say. */
  private ConflictRule rule(ConflictPolicy policy, FieldName name) {
    ConflictRule rule = policy.rule(name);
    return rule == ConflictRule.ASK && !isTakenLater(name) ? ConflictRule.OURS : rule;
  }

  /** The conflicts after a merge: a new one of a field takes the place of an open one. */
  private List<Conflict> known(Merge.Result result, Origin by, Instant now) {
    List<Conflict> known = new ArrayList<>();
    TreeMap<FieldName, Conflict> news = new TreeMap<>();
    result.conflicts().forEach(conflict -> news.put(conflict.field(), conflict));
    for (Conflict conflict : conflicts()) {
      FieldName field = conflict.field();
      if (!conflict.isOpen()) {
        known.add(conflict);
      } else if (news.containsKey(field)) {
        news.computeIfPresent(field, (name, later) -> later.since(conflict.base()));
      } else if (result.sync().isHeld(field)) {
        known.add(conflict);
      } else {
        boolean areTheirs = result.fields().get(field).equals(conflict.theirs());
        known.add(
            conflict.resolved(areTheirs ? Conflict.Side.THEIRS : Conflict.Side.OURS, by, now));
      }
    }
    known.addAll(news.values());
    return latest(known);
  }

  /** Those that wait for a person stay, however many came after them. */
  private static List<Conflict> latest(List<Conflict> conflicts) {
    List<Conflict> kept = new ArrayList<>(conflicts);
    for (int i = 0; i < kept.size() && kept.size() > KEPT_CONFLICTS; ) {
      if (kept.get(i).isOpen()) {
        i++;
      } else {
        kept.remove(i);
      }
    }
    return kept;
  }

  /** The conflicts when there is nothing to decide any more: ours is what is here. */
  private List<Conflict> withoutQuestions(Origin by, Instant now) {
    return conflicts().stream()
        .map(
            conflict ->
                conflict.isOpen() ? conflict.resolved(Conflict.Side.OURS, by, now) : conflict)
        .toList();
  }

  /** What was said, with what is gone there: all elements of a listed group that we know of. */
  private FieldChanges completed(CrmRecord<G> said) {
    return fields().complete(said.fields(), said.completeGroups(), sync().dirty().keySet());
  }

  /** True when every field that was said is what we hold or have sent: an echo of our own push. */
  public final boolean isEcho(CrmRecord<G> said) {
    FieldChanges theirs = completed(said);
    return theirs.values().entrySet().stream()
        .allMatch(
            field ->
                field.getValue().equals(fields().get(field.getKey()))
                    || sync().isOnItsWay(field.getKey(), field.getValue()));
  }

  /**
   * Fields of which the CRM says something else than we hold, edits that were not told yet
   * included. A name that is told in lower case only is compared without regard to case.
   *
   * @param said normalised; what it does not tell is not compared, see {@link #notShown}
   */
  public final List<FieldName> differing(CrmRecord<G> said) {
    List<FieldName> differing = new ArrayList<>();
    said.fields()
        .values()
        .forEach(
            (name, theirs) -> {
              if (!theirs.equals(fields().get(name))) {
                differing.add(name);
              }
            });
    said.inLowerCase()
        .forEach(
            (name, theirs) -> {
              if (!inLowerCase(theirs).equals(inLowerCase(fields().text(name)))) {
                differing.add(name);
              }
            });
    Set<FieldName> edited = sync().dirty().keySet();
    heldAndUntold(said)
        .filter(name -> isIn(said.completeGroups(), name) || edited.contains(name))
        .forEach(differing::add);
    return differing;
  }

  /**
   * Elements that we hold, without an edit that waits, and that are absent where their group is
   * shown without saying that this is all of it: only a read of the record tells what became of
   * them.
   */
  public final List<FieldName> notShown(CrmRecord<G> said) {
    Set<FieldName> edited = sync().dirty().keySet();
    return heldAndUntold(said)
        .filter(name -> !isIn(said.completeGroups(), name) && !edited.contains(name))
        .toList();
  }

  /** Elements that we hold and that are absent where their group is told, in full or in part. */
  private Stream<FieldName> heldAndUntold(CrmRecord<G> said) {
    return said.completeGroups().isEmpty() && said.shownGroups().isEmpty()
        ? Stream.empty()
        : fields().values().keySet().stream()
            .filter(name -> isIn(said.completeGroups(), name) || isIn(said.shownGroups(), name))
            .filter(name -> !said.fields().mentions(name));
  }

  private static boolean isIn(Set<String> groups, FieldName name) {
    return name.group().filter(groups::contains).isPresent();
  }

  private static String inLowerCase(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * True when we hold a value for a field that an event leaves out, or when the CRM had an element,
   * as far as we know, of a group that it shows; absence proves nothing.
   */
  public final boolean holdsMoreThan(CrmRecord<G> said) {
    boolean leavesOutAField =
        table().fields().stream()
            .filter(MirroredField::isInEvents)
            .map(MirroredField::fieldName)
            .anyMatch(name -> !said.fields().mentions(name) && !fields().get(name).isCleared());
    return leavesOutAField
        || Stream.concat(fields().values().keySet().stream(), sync().dirty().keySet().stream())
            .filter(name -> name.group().filter(said.shownGroups()::contains).isPresent())
            .anyMatch(name -> !said.fields().mentions(name) && !agreed(name).isCleared());
  }

  /**
   * True when what the CRM says here comes with a change of something that its events never show:
   * one read tells it.
   *
   * @param said normalised
   */
  public boolean impliesMoreThan(CrmRecord<G> said) {
    return false;
  }

  /** What both sides last agreed on: an edit that the CRM has not accepted is not known there. */
  private FieldValue agreed(FieldName name) {
    DirtyField edited = sync().dirty().get(name);
    return edited == null ? fields().get(name) : edited.base();
  }

  /** The record after the CRM deleted it: kept, hidden, no longer matched or pushed. */
  public final R deletedInCrm(CrmTrace traceAfter, Instant now) {
    MirrorState.Builder<I, G> gone =
        state.toBuilder()
            .unlinked()
            .sync(sync().closed())
            .conflicts(withoutQuestions(Origin.UNKNOWN, now))
            .trace(traceAfter);
    return with(
        isLive()
            ? gone.presence(new Presence.DeletedInCrm(now)).updatedAt(now).build()
            : gone.build());
  }

  /** The record after a read proved that the CRM has it again. */
  public final R revived(Instant now) {
    return presence() instanceof Presence.DeletedInCrm
        ? with(state.toBuilder().presence(Presence.LIVE).updatedAt(now).build())
        : self();
  }

  /**
   * The record after the CRM turned out to have it no longer, although it was edited here. Created
   * anew, all that it holds is to be told, also what no create takes and only a later call does.
   */
  public final R orphaned(String why, Instant now) {
    SyncState sync = sync().withoutCall().withoutQuestions().failed(why);
    TreeMap<FieldName, DirtyField> dirty = new TreeMap<>(sync.dirty());
    for (MirroredField field : table().fields()) {
      FieldValue held = fields().get(field.fieldName());
      if (field.access() == FieldAccess.WRITABLE && !held.isCleared() && field.isTaken(held)) {
        dirty.put(field.fieldName(), new DirtyField(sync.revision(), FieldValue.cleared()));
      }
    }
    return with(
        state.toBuilder()
            .unlinked()
            .sync(sync.withDirty(dirty, now))
            .conflicts(withoutQuestions(Origin.PUSH_ANSWER, now))
            .build());
  }

  public final R withTrace(CrmTrace changed) {
    return with(state.toBuilder().trace(changed).build());
  }

  /** The record as it is stored under this version. */
  public final R atVersion(long stored) {
    return with(state.toBuilder().version(stored).build());
  }

  // ---- an object of values

  @Override
  public final boolean equals(Object other) {
    return other instanceof Mirrored<?, ?, ?> that
        && state.equals(that.state)
        && ownParts().equals(that.ownParts());
  }

  @Override
  public final int hashCode() {
    return state.hashCode();
  }

  /** Ids and states only: values are personal data and never belong into a log. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + state;
  }
}
