package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MirrorRepository} promises, whatever kind of record it keeps. Each test has
 * locations of its own.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public interface MirrorRepositoryContract<I, G, R extends Mirrored<I, G, R>> {
  /** The repository under test; other tests' locations may be in it. */
  MirrorRepository<I, G, R> records();

  /** A record of the kind, with nothing in it. */
  MirrorFixture<I, G, R, ?> aRecord();

  /** An id of the CRM that no other record has. */
  G anyCrmId();

  /** An id that {@link MirrorRepository#nextId} never gives. */
  I unknownId();

  /** A text field of the kind. */
  FieldName textField();

  // ---- versions

  @Test
  default void newIdsAreAllDifferent() {
    Set<I> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(records().nextId());
    }

    assertThat(ids).hasSize(100);
  }

  @Test
  default void aNewRecordIsStoredAtVersionOne() {
    R record = in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("jane")).build();

    SaveOutcome<G, R> outcome = records().save(record.locationId(), record);

    assertThat(outcome).isEqualTo(new SaveOutcome.Saved<>(record.atVersion(1)));
    assertThat(records().find(record.locationId(), record.id())).contains(record.atVersion(1));
  }

  @Test
  default void eachChangeIsStoredAtTheNextVersion() {
    R first = saved(in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("a")));
    R changed = first.edited(text("b"), MirrorFixture.SOMEBODY, START);

    SaveOutcome<G, R> outcome = records().save(first.locationId(), changed);

    assertThat(outcome).isEqualTo(new SaveOutcome.Saved<>(changed.atVersion(2)));
    assertThat(records().find(first.locationId(), first.id())).contains(changed.atVersion(2));
  }

  @Test
  default void aChangeOfAnOldVersionIsStaleAndChangesNothing() {
    R first = saved(in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("a")));
    R second = saved(first.edited(text("b"), MirrorFixture.SOMEBODY, START));

    SaveOutcome<G, R> late =
        records().save(first.locationId(), first.edited(text("c"), MirrorFixture.SOMEBODY, START));

    assertThat(late).isEqualTo(new SaveOutcome.Stale<>());
    assertThat(records().find(first.locationId(), first.id())).contains(second);
  }

  @Test
  default void anIdThatIsStoredAlreadyIsNotStoredAnew() {
    R first = saved(in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("a")));

    SaveOutcome<G, R> again = records().save(first.locationId(), first.atVersion(0));

    assertThat(again).isEqualTo(new SaveOutcome.Stale<>());
    assertThat(records().find(first.locationId(), first.id())).contains(first);
  }

  @Test
  default void aChangeOfARemovedContactIsStale() {
    R record = saved(in(TenantFixture.anyLocation()));
    records().remove(record.locationId(), record);

    SaveOutcome<G, R> late = records().save(record.locationId(), record);

    assertThat(late).isEqualTo(new SaveOutcome.Stale<>());
    assertThat(records().find(record.locationId(), record.id())).isEmpty();
  }

  @Test
  default void aCopyIsRemovedAtItsVersionOnly() {
    G crmId = anyCrmId();
    R first = saved(in(TenantFixture.anyLocation()).linkedTo(crmId));
    LocationId location = first.locationId();
    R second = saved(first.edited(text("b"), MirrorFixture.SOMEBODY, START));

    assertThat(records().removeCopy(TenantFixture.anyLocation(), second))
        .isEqualTo(MirrorRepository.Removal.CHANGED);
    assertThat(records().removeCopy(location, first)).isEqualTo(MirrorRepository.Removal.CHANGED);
    assertThat(records().find(location, first.id())).contains(second);
    assertThat(records().removeCopy(location, second)).isEqualTo(MirrorRepository.Removal.REMOVED);
    assertThat(records().removeCopy(location, second)).isEqualTo(MirrorRepository.Removal.CHANGED);
    assertThat(records().findByCrmId(location, crmId)).isEmpty();
  }

  @Test
  default void ofSixteenWritersWithOneVersionExactlyOneWins() {
    R record = saved(in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("start")));

    List<SaveOutcome<G, R>> outcomes =
        ManyThreads.atOnce(
            16,
            number ->
                records()
                    .save(
                        record.locationId(),
                        record.edited(
                            text("writer" + number + ""), MirrorFixture.SOMEBODY, START)));

    List<R> winners = savedOnes(outcomes);
    assertThat(winners).hasSize(1);
    assertThat(outcomes.stream().filter(new SaveOutcome.Stale<G, R>()::equals)).hasSize(15);
    assertThat(records().find(record.locationId(), record.id())).contains(winners.getFirst());
  }

  @Test
  default void ofSixteenWritersOfOneNewIdExactlyOneWins() {
    R record = in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("new")).build();

    List<SaveOutcome<G, R>> outcomes =
        ManyThreads.atOnce(16, number -> records().save(record.locationId(), record));

    assertThat(savedOnes(outcomes)).hasSize(1);
    assertThat(records().counts(record.locationId()).total()).isEqualTo(1);
  }

  // ---- one record for one of the CRM

  @Test
  default void aCrmIdOfAnotherRecordIsTaken() {
    G crmId = anyCrmId();
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).linkedTo(crmId));
    R second = in(location).linkedTo(crmId).build();

    SaveOutcome<G, R> outcome = records().save(location, second);

    assertThat(outcome).isEqualTo(new SaveOutcome.CrmIdTaken<>(crmId));
    assertThat(records().find(location, second.id())).isEmpty();
  }

  @Test
  default void aStoredRecordCannotBeLinkedToATakenCrmId() {
    G crmId = anyCrmId();
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).linkedTo(crmId));
    R second = saved(in(location));

    SaveOutcome<G, R> outcome = records().save(location, second.adopted(crmId, START));

    assertThat(outcome).isEqualTo(new SaveOutcome.CrmIdTaken<>(crmId));
    assertThat(records().find(location, second.id())).contains(second);
  }

  @Test
  default void aCrmIdIsFreeAgainWhenItsRecordWasUnlinked() {
    G crmId = anyCrmId();
    LocationId location = TenantFixture.anyLocation();
    R first = saved(in(location).linkedTo(crmId));
    R gone = saved(first.deletedInCrm(CrmTrace.NONE, START));

    R second = saved(in(location).linkedTo(crmId));

    assertThat(records().findByCrmId(location, crmId)).contains(second);
    assertThat(records().find(location, gone.id())).contains(gone);
  }

  /** In the guide the second location took the first one's record (trap 50). */
  @Test
  default void oneCrmIdMayExistInTwoLocations() {
    G crmId = anyCrmId();
    R here = saved(in(TenantFixture.anyLocation()).linkedTo(crmId));
    R there = saved(in(TenantFixture.anyLocation()).linkedTo(crmId));

    assertThat(records().findByCrmId(here.locationId(), crmId)).contains(here);
    assertThat(records().findByCrmId(there.locationId(), crmId)).contains(there);
  }

  @Test
  default void ofSixteenRecordsForOneCrmRecordExactlyOneIsStored() {
    G crmId = anyCrmId();
    LocationId location = TenantFixture.anyLocation();

    List<SaveOutcome<G, R>> outcomes =
        ManyThreads.atOnce(
            16, number -> records().save(location, in(location).linkedTo(crmId).build()));

    assertThat(savedOnes(outcomes)).hasSize(1);
    assertThat(outcomes.stream().filter(new SaveOutcome.CrmIdTaken<>(crmId)::equals)).hasSize(15);
    assertThat(records().counts(location).total()).isEqualTo(1);
  }

  // ---- many at once

  @Test
  default void nothingToStoreHasNoOutcomes() {
    assertThat(records().saveAll(TenantFixture.anyLocation(), List.of())).isEmpty();
  }

  @Test
  default void eachOfManyHasItsOwnOutcomeInOrder() {
    LocationId location = TenantFixture.anyLocation();
    G taken = anyCrmId();
    saved(in(location).linkedTo(taken));
    R current = saved(in(location).with(textField(), FieldValue.text("current")));
    R overtaken = saved(in(location).with(textField(), FieldValue.text("old")));
    saved(overtaken.edited(text("newer"), MirrorFixture.SOMEBODY, START));
    R update = current.edited(text("changed"), MirrorFixture.SOMEBODY, START);
    R fresh = in(location).linkedTo(anyCrmId()).build();
    R late = overtaken.edited(text("late"), MirrorFixture.SOMEBODY, START);
    R twin = in(location).linkedTo(taken).build();
    R lastOne = in(location).with(textField(), FieldValue.text("last")).build();

    List<SaveOutcome<G, R>> outcomes =
        records().saveAll(location, List.of(fresh, late, twin, update, lastOne));

    assertThat(outcomes)
        .containsExactly(
            new SaveOutcome.Saved<>(fresh.atVersion(1)),
            new SaveOutcome.Stale<>(),
            new SaveOutcome.CrmIdTaken<>(taken),
            new SaveOutcome.Saved<>(update.atVersion(2)),
            new SaveOutcome.Saved<>(lastOne.atVersion(1)));
    assertThat(records().find(location, update.id())).contains(update.atVersion(2));
    assertThat(records().find(location, twin.id())).isEmpty();
    assertThat(records().find(location, lastOne.id())).contains(lastOne.atVersion(1));
  }

  @Test
  default void twoOfManyForOneCrmRecordAreNotBothStored() {
    LocationId location = TenantFixture.anyLocation();
    G crmId = anyCrmId();

    List<SaveOutcome<G, R>> outcomes =
        records()
            .saveAll(
                location,
                List.of(
                    in(location).linkedTo(crmId).build(), in(location).linkedTo(crmId).build()));

    assertThat(savedOnes(outcomes)).hasSize(1);
    assertThat(outcomes).contains(new SaveOutcome.CrmIdTaken<>(crmId));
  }

  @Test
  default void hundredsAreStoredAtOnce() {
    LocationId location = TenantFixture.anyLocation();
    List<R> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(
          in(location).linkedTo(anyCrmId()).with(textField(), FieldValue.text(i + "")).build());
    }

    List<SaveOutcome<G, R>> outcomes = records().saveAll(location, many);

    assertThat(savedOnes(outcomes))
        .isEqualTo(many.stream().map(record -> record.atVersion(1)).toList());
    assertThat(records().counts(location).total()).isEqualTo(500);
  }

  // ---- nothing is lost on the way

  @Test
  default void whatIsStillToBePushedComesBackAsItWas() {
    FieldName tag = FieldName.element("tags", "a.b/$c");
    R dirty =
        in(TenantFixture.anyLocation())
            .linkedTo(anyCrmId())
            .with(textField(), FieldValue.text("old"))
            .build()
            .edited(text("new").with(tag, new FieldValue.Flag(true)), MirrorFixture.SOMEBODY, START)
            .edited(text("newer"), MirrorFixture.SOMEBODY, START.plusMillis(1));
    Push.InFlight call =
        new Push.InFlight(
            Push.Kind.UPDATE,
            2,
            text("newer").with(FieldName.of("gone"), FieldValue.cleared()),
            START.plusMillis(2),
            START.plusSeconds(30),
            "token-1");

    R reread = reread(dirty.pushStarted(call));

    assertThat(reread).isEqualTo(dirty.pushStarted(call).atVersion(1));
    assertThat(reread.sync().push()).isEqualTo(call);
    assertThat(reread.sync().dirty()).isEqualTo(dirty.sync().dirty());
  }

  @Test
  default void whatEarlierCallsSentComesBackAsItWas() {
    FieldName tag = FieldName.element("tags", "a.b/$c");
    R record = in(TenantFixture.anyLocation()).linkedTo(anyCrmId()).build();
    for (FieldValue flag : List.of(new FieldValue.Flag(true), FieldValue.cleared())) {
      FieldChanges edit = text("edit " + record.sync().revision()).with(tag, flag);
      record = record.edited(edit, MirrorFixture.SOMEBODY, START);
      record = record.pushStarted(sending(record.sync().revision(), edit));
    }
    FieldChanges last = FieldChanges.of(textField(), FieldValue.cleared());
    R sentThrice = record.pushStarted(sending(2, last));

    R reread = reread(sentThrice);

    assertThat(reread).isEqualTo(sentThrice.atVersion(1));
    assertThat(reread.sync().isOnItsWay(textField(), FieldValue.text("edit 0"))).isTrue();
    assertThat(reread.sync().isOnItsWay(tag, new FieldValue.Flag(true))).isTrue();
  }

  private static Push.InFlight sending(long revision, FieldChanges values) {
    return new Push.InFlight(
        Push.Kind.UPDATE, revision, values, START, START.plusSeconds(30), "token");
  }

  @Test
  default void everySyncStateComesBackAsItWas() {
    SyncState pending = SyncState.SYNCED.touched(START);
    Push.InFlight create = call(Push.Kind.CREATE, START);
    Push.InFlight delete = call(Push.Kind.DELETE, START);
    for (SyncState state :
        List.of(
            SyncState.SYNCED,
            pending,
            pending.deferred(START.plusMillis(7), "GoHighLevel is away", true),
            pending.blocked(START.plusSeconds(60), "needs reauth"),
            pending.failed("email: must be valid"),
            pending.started(create).inDoubt(create, START.plusSeconds(35), "no answer"),
            pending.started(create).failedInDoubt("please check"),
            pending.started(delete))) {
      R record = in(TenantFixture.anyLocation()).withSync(state).build();

      assertThat(reread(record)).isEqualTo(record.atVersion(1));
    }
  }

  @Test
  default void conflictsTraceAndTombstonesComeBackAsTheyWere() {
    MirrorFixture<I, G, R, ?> fixture =
        in(TenantFixture.anyLocation())
            .formerly(anyCrmId())
            .formerly(anyCrmId())
            .deletedInCrm(START.plusMillis(3))
            .createdBySync()
            .withTrace(
                new CrmTrace(
                    START.plusMillis(1),
                    Instant.EPOCH,
                    START.minusMillis(999),
                    START.plusMillis(2),
                    START,
                    START.plusMillis(4),
                    START.plusMillis(5)));
    for (int i = 0; i < 3; i++) {
      fixture.withConflict(
          new Conflict(
              FieldName.element("tags", "c." + i),
              i,
              FieldValue.cleared(),
              new FieldValue.Flag(true),
              FieldValue.text("theirs"),
              i == 1 ? Conflict.Side.THEIRS : Conflict.Side.OURS,
              START.plusMillis(i),
              List.of(
                      Conflict.Status.OPEN,
                      Conflict.Status.DECIDED,
                      new Conflict.Status.Resolved(
                          new Origin.User("mo@example.com"), START.plusMillis(9)))
                  .get(i)));
    }
    R record = fixture.build();

    R reread = reread(record);

    assertThat(reread).isEqualTo(record.atVersion(1));
    assertThat(reread.conflicts()).isEqualTo(record.conflicts());
    R here = in(TenantFixture.anyLocation()).deletedHere(START.plusMillis(4)).build();
    assertThat(reread(here)).isEqualTo(here.atVersion(1));
  }

  @Test
  default void whoWroteEachValueComesBackAsItWas() {
    FieldName tag = FieldName.element("tags", "a.b/$c");
    Provenance edited =
        new Provenance(
            new Provenance.Stamp(Origin.SETUP, START),
            new TreeMap<>(
                Map.of(
                    textField(),
                    new Provenance.Stamp(new Origin.User("jo@example.com"), START.plusMillis(1)),
                    tag,
                    new Provenance.Stamp(Origin.RECONCILIATION, START.plusMillis(2)),
                    FieldName.of("one"),
                    new Provenance.Stamp(Origin.PUSH_ANSWER, START.plusMillis(3)),
                    FieldName.of("two"),
                    new Provenance.Stamp(Origin.WEBHOOK, START.plusMillis(3)))));
    Provenance edits =
        new Provenance(
            new Provenance.Stamp(new Origin.User(""), START),
            new TreeMap<>(Map.of(textField(), Provenance.Stamp.UNKNOWN)));
    for (Provenance any : List.of(Provenance.NONE, edited, edits)) {
      R record = in(TenantFixture.anyLocation()).withProvenance(any).build();

      assertThat(reread(record).provenance()).isEqualTo(any);
    }
  }

  @Test
  default void aFieldThatWaitsForADecisionComesBackAsItWas() {
    R record =
        saved(
            in(TenantFixture.anyLocation())
                .linkedTo(anyCrmId())
                .with(textField(), FieldValue.text("base")));
    R edited = record.edited(text("ours"), MirrorFixture.SOMEBODY, START);
    DirtyField held =
        new DirtyField(edited.sync().revision(), FieldValue.text("base"), /* held= */ true);
    R asked =
        edited.withSync(edited.sync().withDirty(new TreeMap<>(Map.of(textField(), held)), START));

    R reread = saved(asked);

    assertThat(reread.sync()).isEqualTo(asked.sync());
    assertThat(reread.sync().waitsForDecision()).isTrue();
    assertThat(records().countDue(record.locationId(), START.plusSeconds(1_000_000_000))).isZero();
  }

  // ---- conflicts

  @Test
  default void recordsAreFoundByTheirConflicts() {
    LocationId location = TenantFixture.anyLocation();
    FieldName other = FieldName.element("tags", "a.b$");
    R open = saved(conflicting(location, textField(), Conflict.Status.OPEN));
    R decided = saved(conflicting(location, textField(), Conflict.Status.DECIDED));
    R resolved =
        saved(conflicting(location, other, new Conflict.Status.Resolved(Origin.WEBHOOK, START)));
    R mixed =
        saved(
            conflicting(location, other, Conflict.Status.OPEN)
                .withConflict(conflict(textField(), Conflict.Status.DECIDED)));
    saved(in(location));
    saved(conflicting(location, other, Conflict.Status.OPEN).deletedHere(START));
    saved(conflicting(TenantFixture.anyLocation(), textField(), Conflict.Status.OPEN));

    assertThat(found(location, "")).containsExactlyInAnyOrder(open, decided, resolved, mixed);
    assertThat(found(location, "", ConflictQuery.State.OPEN))
        .containsExactlyInAnyOrder(open, mixed);
    assertThat(found(location, "", ConflictQuery.State.OPEN, ConflictQuery.State.RESOLVED))
        .containsExactlyInAnyOrder(open, resolved, mixed);
    assertThat(found(location, other.value())).containsExactlyInAnyOrder(resolved, mixed);
    assertThat(found(location, textField().value(), ConflictQuery.State.OPEN))
        .containsExactly(open);
  }

  @Test
  default void recordsWithConflictsComeInPages() {
    LocationId location = TenantFixture.anyLocation();
    Set<I> stored = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      stored.add(saved(conflicting(location, textField(), Conflict.Status.OPEN)).id());
    }
    ConflictQuery all = new ConflictQuery("", Set.of());

    List<R> pages = new ArrayList<>();
    String cursor = "";
    do {
      Page<R> page = records().findWithConflicts(location, all, cursor, 2);
      pages.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(pages).extracting(Mirrored::id).containsExactlyInAnyOrderElementsOf(stored);
    String first = pages.getFirst().id().toString();
    assertThat(records().findWithConflicts(location, all, first, 10).items())
        .isEqualTo(pages.subList(1, 5));
  }

  // ---- finding

  @Test
  default void anIdThatNobodyMadeFindsNothing() {
    LocationId location = TenantFixture.anyLocation();

    assertThat(records().find(location, unknownId())).isEmpty();
    assertThat(records().find(location, records().nextId())).isEmpty();
    assertThat(records().findByCrmId(location, anyCrmId())).isEmpty();
  }

  @Test
  default void aRecordIsFoundByItsCrmIdAndByAFormerOne() {
    G former = anyCrmId();
    G present = anyCrmId();
    LocationId location = TenantFixture.anyLocation();
    R record = saved(in(location).linkedTo(present).formerly(former));
    R tombstone = saved(in(location).formerly(anyCrmId()).deletedInCrm(START));
    G tombstoneId = tombstone.formerIds().iterator().next();

    assertThat(records().findByCrmId(location, present)).contains(record);
    assertThat(records().findByCrmId(location, former)).contains(record);
    assertThat(records().findByCrmId(location, tombstoneId)).contains(tombstone);
  }

  @Test
  default void theLinkedRecordComesBeforeOneThatOnceWas() {
    G crmId = anyCrmId();
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).formerly(crmId).deletedInCrm(START));
    R linked = saved(in(location).linkedTo(crmId));
    saved(in(location).formerly(crmId).deletedInCrm(START));

    assertThat(records().findByCrmId(location, crmId)).contains(linked);
    assertThat(records().findByCrmIds(location, List.of(crmId))).isEqualTo(Map.of(crmId, linked));
  }

  @Test
  default void ofTwoThatOnceWereLinkedTheOneMadeLastIsFound() {
    LocationId location = TenantFixture.anyLocation();
    G crmId = anyCrmId();
    MirrorFixture<I, G, R, ?> earlier =
        in(location).formerly(crmId).deletedInCrm(START.plusSeconds(1));
    R later = saved(in(location).formerly(crmId).deletedInCrm(START));
    saved(earlier);

    assertThat(records().findByCrmId(location, crmId)).contains(later);
    assertThat(records().findByCrmIds(location, List.of(crmId))).isEqualTo(Map.of(crmId, later));
    assertThat(records().findIdsByCrmIds(location, List.of(crmId)))
        .isEqualTo(Map.of(crmId, later.id()));
  }

  @Test
  default void aPageOfCrmIdsFindsThoseThatThereAre() {
    LocationId location = TenantFixture.anyLocation();
    G one = anyCrmId();
    G other = anyCrmId();
    G former = anyCrmId();
    R first = saved(in(location).linkedTo(one));
    R second = saved(in(location).linkedTo(other).formerly(former));
    saved(in(location).linkedTo(anyCrmId()));

    assertThat(records().findByCrmIds(location, List.of(one, anyCrmId(), other, former)))
        .isEqualTo(Map.of(one, first, other, second, former, second));
    assertThat(records().findByCrmIds(location, List.of())).isEmpty();
    assertThat(records().findIdsByCrmIds(location, List.of(one, anyCrmId(), former)))
        .isEqualTo(Map.of(one, first.id(), former, second.id()));
    assertThat(records().findIdsByCrmIds(TenantFixture.anyLocation(), List.of(one))).isEmpty();
  }

  @Test
  default void createsInFlightAreFoundTombstonesAndDoubtfulOnesToo() {
    LocationId location = TenantFixture.anyLocation();
    Push.InFlight create = call(Push.Kind.CREATE, START);
    SyncState begun = SyncState.SYNCED.touched(START).started(create);
    R underWay = saved(in(location).withSync(begun));
    R inDoubt =
        saved(in(location).withSync(begun.inDoubt(create, START.plusSeconds(35), "no answer")));
    R parked = saved(in(location).withSync(begun.failedInDoubt("please check")));
    R deleted = saved(in(location).deletedHere(START).withSync(begun));
    saved(in(location).withSync(SyncState.SYNCED.started(call(Push.Kind.UPDATE, START))));
    saved(in(location).withSync(SyncState.SYNCED.started(call(Push.Kind.DELETE, START))));
    saved(in(location).pendingSince(START));

    assertThat(records().findCreatesInFlight(location))
        .containsExactlyInAnyOrder(underWay, inDoubt, parked, deleted);
  }

  @Test
  default void linkedRecordsAreCountedAndThoseThatNoReadHasShownLatelyFound() {
    LocationId location = TenantFixture.anyLocation();
    G never = anyCrmId();
    G before = anyCrmId();
    saved(in(location).linkedTo(never));
    saved(in(location).linkedTo(before).withTrace(CrmTrace.NONE.read(START.minusMillis(1), START)));
    saved(in(location).linkedTo(anyCrmId()).withTrace(CrmTrace.NONE.read(START, START)));
    saved(in(location).linkedTo(anyCrmId()).deletedHere(START));
    saved(in(location));
    saved(in(location).formerly(anyCrmId()));

    List<G> all = records().findNotReadSince(location, "", START, 10);

    assertThat(records().countLinked(location)).isEqualTo(4);
    assertThat(all)
        .containsExactlyInAnyOrder(never, before)
        .isSortedAccordingTo(Comparator.comparing(Object::toString));
    assertThat(records().findNotReadSince(location, "", START, 1)).isEqualTo(all.subList(0, 1));
    assertThat(records().findNotReadSince(location, all.getFirst().toString(), START, 10))
        .isEqualTo(all.subList(1, 2));
    assertThat(records().countLinked(TenantFixture.anyLocation())).isZero();
    assertThat(records().findNotReadSince(TenantFixture.anyLocation(), "", START, 1)).isEmpty();
  }

  @Test
  default void everyRecordStandsOnOnePageTheLiveOnesFirst() {
    LocationId location = TenantFixture.anyLocation();
    R linked = saved(in(location).linkedTo(anyCrmId()));
    R unlinked = saved(in(location).pendingSince(START));
    R gone = saved(in(location).formerly(anyCrmId()).deletedInCrm(START));
    R deleted =
        saved(
            in(location)
                .linkedTo(anyCrmId())
                .withSync(SyncState.SYNCED.failed("no"))
                .deletedHere(START));
    saved(in(TenantFixture.anyLocation()));

    List<Standing<I, G>> standings = new ArrayList<>();
    String cursor = "";
    do {
      Page<Standing<I, G>> page = records().standings(location, cursor, 1);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(1);
      standings.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(standings.subList(0, 2))
        .containsExactlyInAnyOrder(standing(linked), standing(unlinked));
    assertThat(standings.subList(2, standings.size()))
        .containsExactlyInAnyOrder(standing(gone), standing(deleted));
    assertThat(records().standings(location, "", 10).items()).isNotEmpty();
  }

  private Standing<I, G> standing(R record) {
    return new Standing<>(record.id(), record.link(), record.presence(), record.sync().phase());
  }

  // ---- removing

  @Test
  default void aRecordIsRemovedOnlyAtItsVersion() {
    R old = saved(in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("a")));
    R current = saved(old.edited(text("b"), MirrorFixture.SOMEBODY, START));

    assertThat(records().remove(old.locationId(), old)).isFalse();
    assertThat(records().find(old.locationId(), old.id())).contains(current);
    assertThat(records().remove(old.locationId(), current)).isTrue();
    assertThat(records().find(old.locationId(), old.id())).isEmpty();
    assertThat(records().remove(old.locationId(), current)).isFalse();
  }

  // ---- counts

  @Test
  default void countsAreOfLiveRecordsByPhaseAndOfRefusedDeletions() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location));
    saved(in(location));
    saved(in(location));
    saved(in(location).pendingSince(START));
    saved(in(location).pendingSince(START));
    saved(in(location).withSync(SyncState.SYNCED.blocked(START, "reauth")));
    saved(in(location).withSync(SyncState.SYNCED.failed("refused")));
    saved(in(location).deletedHere(START).pendingSince(START));
    saved(in(location).deletedHere(START).withSync(SyncState.SYNCED.failed("no scope")));
    saved(in(location).deletedInCrm(START));

    assertThat(records().counts(location)).isEqualTo(new SyncCounts(7, 3, 2, 1, 2));
    assertThat(records().counts(TenantFixture.anyLocation())).isEqualTo(SyncCounts.NONE);
  }

  @Test
  default void dueArePendingAndBlockedOnesWhoseTimeHasComeTombstonesIncluded() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).pendingSince(START.minusMillis(1)));
    saved(in(location).pendingSince(START));
    saved(in(location).withSync(SyncState.SYNCED.blocked(START, "reauth")));
    saved(in(location).deletedHere(START).pendingSince(START));
    saved(in(location).pendingSince(START.plusMillis(1)));
    saved(in(location).withSync(SyncState.SYNCED.failed("refused")));
    saved(in(location));

    assertThat(records().countDue(location, START)).isEqualTo(4);
    assertThat(records().countDue(location, START.plusMillis(1))).isEqualTo(5);
    assertThat(records().countDue(location, START.minusMillis(2))).isZero();
  }

  // ---- tenants

  @Test
  default void noLocationSeesAnothersRecords() {
    LocationId mine = TenantFixture.anyLocation();
    G crmId = anyCrmId();
    G former = anyCrmId();
    R linked = saved(in(mine).linkedTo(crmId).formerly(former));
    saved(
        in(mine)
            .with(textField(), FieldValue.text("jane"))
            .withSync(SyncState.SYNCED.started(call(Push.Kind.CREATE, START.minusSeconds(60)))));
    LocationId other = TenantFixture.anyLocation();

    assertThat(records().find(other, linked.id())).isEmpty();
    assertThat(records().findByCrmId(other, crmId)).isEmpty();
    assertThat(records().findByCrmId(other, former)).isEmpty();
    assertThat(records().findByCrmIds(other, List.of(crmId, former))).isEmpty();
    assertThat(records().findCreatesInFlight(other)).isEmpty();
    assertThat(records().counts(other)).isEqualTo(SyncCounts.NONE);
    assertThat(records().countDue(other, START.plusSeconds(3600))).isZero();
  }

  @Test
  default void noLocationChangesAnothersRecords() {
    R mine = saved(in(TenantFixture.anyLocation()).with(textField(), FieldValue.text("mine")));
    LocationId other = TenantFixture.anyLocation();
    R thief = aRecord().in(other).withId(mine.id()).with(textField(), FieldValue.text("x")).build();

    assertThat(records().remove(other, mine)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> records().save(other, mine));
    assertThatIllegalArgumentException().isThrownBy(() -> records().saveAll(other, List.of(mine)));
    assertThat(records().save(other, thief.atVersion(mine.version())))
        .isEqualTo(new SaveOutcome.Stale<>());
    assertThat(records().find(mine.locationId(), mine.id())).contains(mine);
  }

  @Test
  default void anyRecordComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();
    List<R> records = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      RandomFields any = new RandomFields(seed);
      MirrorFixture<I, G, R, ?> fixture = in(location).linkedTo(anyCrmId());
      FieldTable table = fixture.build().table();
      any.of(table).forEach(fixture::with);
      records.add(
          fixture
              .build()
              .edited(
                  FieldChanges.of(any.of(table)), MirrorFixture.SOMEBODY, START.plusSeconds(seed)));
    }

    records().saveAll(location, records);

    for (int seed = 0; seed < records.size(); seed++) {
      R record = records.get(seed);
      assertThat(records().find(location, record.id()))
          .as("seed %s", seed)
          .contains(record.atVersion(1));
    }
  }

  @Test
  default void everyKindOfValueComesBackAsItWas() {
    FieldName text = textField();
    R record =
        in(TenantFixture.anyLocation())
            .with(text, FieldValue.text("Zoë O'Brien \"the\" 😀 \u2603 {\"$date\": 1} \u0000 \n"))
            .with(odd("text"), FieldValue.text("2020-01-01"))
            .with(odd("yes"), new FieldValue.Flag(true))
            .with(odd("no"), new FieldValue.Flag(false))
            .with(odd("zero"), amount("0"))
            .with(odd("cents"), amount("-12.340"))
            .with(odd("huge"), amount("123456789012345678901234567890.12"))
            .with(odd("round"), amount("100000"))
            .with(odd("tiny"), amount("0.0000000001"))
            .with(odd("day"), new FieldValue.Day(LocalDate.of(1969, 12, 31)))
            .with(odd("old"), new FieldValue.Day(LocalDate.of(1582, 10, 4)))
            .with(odd("moment"), new FieldValue.Moment(Instant.parse("1969-12-31T23:59:59.123Z")))
            .with(odd("texts"), new FieldValue.Texts(List.of("b", "a", "", "a.$b")))
            .with(odd("none"), new FieldValue.Texts(List.of()))
            .with(odd("structure"), new FieldValue.Structure("{\"$oid\":\"5\",\"a.b\":[1.50]}"))
            .build();

    assertThat(reread(record)).isEqualTo(record.atVersion(1));
  }

  // ---- words for the tests above

  private MirrorFixture<I, G, R, ?> in(LocationId location) {
    return aRecord().withId(records().nextId()).in(location);
  }

  private List<R> found(LocationId location, String field, ConflictQuery.State... states) {
    return records()
        .findWithConflicts(location, new ConflictQuery(field, Set.of(states)), "", 10)
        .items();
  }

  private MirrorFixture<I, G, R, ?> conflicting(
      LocationId location, FieldName field, Conflict.Status status) {
    return in(location).linkedTo(anyCrmId()).withConflict(conflict(field, status));
  }

  private static Conflict conflict(FieldName field, Conflict.Status status) {
    return new Conflict(
        field,
        3,
        FieldValue.cleared(),
        FieldValue.text("ours"),
        FieldValue.text("theirs"),
        Conflict.Side.OURS,
        START,
        status);
  }

  /** Edited here and there, and a person is to decide. */
  private R saved(MirrorFixture<I, G, R, ?> fixture) {
    return saved(fixture.build());
  }

  private R saved(R record) {
    SaveOutcome<G, R> outcome = records().save(record.locationId(), record);
    assertThat(outcome).isInstanceOf(SaveOutcome.Saved.class);
    return savedOnes(List.of(outcome)).getFirst();
  }

  private R reread(R record) {
    saved(record);
    return records().find(record.locationId(), record.id()).orElseThrow();
  }

  private List<R> savedOnes(List<SaveOutcome<G, R>> outcomes) {
    List<R> saved = new ArrayList<>();
    for (SaveOutcome<G, R> outcome : outcomes) {
      if (outcome instanceof SaveOutcome.Saved<G, R>(R record)) {
        saved.add(record);
      }
    }
    return saved;
  }

  private FieldChanges text(String value) {
    return FieldChanges.of(textField(), FieldValue.text(value));
  }

  private static FieldName odd(String element) {
    return FieldName.element("a.b$", element);
  }

  private static FieldValue amount(String value) {
    return new FieldValue.Amount(new BigDecimal(value));
  }

  private Push.InFlight call(Push.Kind kind, Instant startedAt) {
    return new Push.InFlight(
        kind, 1, text("sent"), startedAt, startedAt.plusSeconds(30), "token-of-" + kind);
  }
}
