package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final FieldName EMAIL = FieldName.of("email");
  private static final FieldName CITY = FieldName.of("city");
  private static final FieldName VIP = FieldName.element("tags", "vip");
  private static final FieldValue A = FieldValue.text("a");
  private static final FieldValue B = FieldValue.text("b");
  private static final FieldValue C = FieldValue.text("c");
  private static final ConflictPolicy THEIRS = field -> ConflictRule.THEIRS;

  /** Both sides agreed on {@code a}. */
  private static final Fields AGREED = Fields.of(Map.of(EMAIL, A, CITY, A));

  /** The e-mail was then changed here to {@code b}. */
  private static final Fields OURS = AGREED.apply(email(B));

  private static final SyncState DIRTY = SyncState.SYNCED.edited(email(B), AGREED, START);

  @Nested
  class AFieldThatIsNotDirty {
    @Test
    void takesTheirs() {
      Merge.Result result = merge(AGREED, SyncState.SYNCED, email(C), ConflictPolicy.OURS);

      assertThat(result.fields().get(EMAIL)).isEqualTo(C);
      assertThat(result.sync()).isEqualTo(SyncState.SYNCED);
      assertThat(result.conflicts()).isEmpty();
    }

    @Test
    void isClearedWhenTheyCleared() {
      Merge.Result result =
          merge(AGREED, SyncState.SYNCED, email(FieldValue.cleared()), ConflictPolicy.OURS);

      assertThat(result.fields().values()).containsOnlyKeys(CITY);
    }

    @Test
    void isLeftAloneWhenTheyDoNotMentionIt() {
      Merge.Result result = merge(AGREED, SyncState.SYNCED, email(C), ConflictPolicy.OURS);

      assertThat(result.fields().get(CITY)).isEqualTo(A);
    }

    @Test
    void takesTheirsAlthoughAnotherFieldIsDirty() {
      Merge.Result result = merge(OURS, DIRTY, FieldChanges.of(CITY, C), ConflictPolicy.OURS);

      assertThat(result.fields()).isEqualTo(Fields.of(Map.of(EMAIL, B, CITY, C)));
      assertThat(result.sync()).isEqualTo(DIRTY);
    }
  }

  @Nested
  class ADirtyField {
    @Test
    void staysOursWhenTheyStillHaveTheCommonBase() {
      Merge.Result result = merge(OURS, DIRTY, email(A), ConflictPolicy.OURS);

      assertThat(result).isEqualTo(new Merge.Result(OURS, DIRTY, List.of()));
    }

    @Test
    void staysToBePushedWhenTheyHaveOurValueAlready() {
      Merge.Result result = merge(OURS, DIRTY, email(B), ConflictPolicy.OURS);

      assertThat(result.fields()).isEqualTo(OURS);
      assertThat(result.sync().dirty()).containsOnlyKeys(EMAIL);
      assertThat(result.conflicts()).isEmpty();
    }

    @Test
    void isStillPushedWhenItGoesBackAfterTheyCameToOurValue() {
      SyncState merged = merge(OURS, DIRTY, email(B), ConflictPolicy.OURS).sync();

      SyncState undone = merged.edited(email(A), OURS, START);

      assertThat(undone.dirty()).containsOnlyKeys(EMAIL);
      assertThat(undone.phase()).isEqualTo(SyncPhase.PENDING);
    }

    @Test
    void staysOursWhenTheyHaveWhatIsOnItsWay() {
      SyncState started = DIRTY.started(sending(email(B)));
      Fields editedOnTheWay = OURS.apply(email(C));
      SyncState sync = started.edited(email(C), OURS, START);

      Merge.Result result = merge(editedOnTheWay, sync, email(B), THEIRS);

      assertThat(result).isEqualTo(new Merge.Result(editedOnTheWay, sync, List.of()));
    }

    @Test
    void staysOursWhenTheyHaveWhatAnEarlierCallSent() {
      SyncState again =
          DIRTY
              .started(sending(email(B)))
              .deferred(START, "no answer", true)
              .edited(email(C), OURS, START)
              .started(sending(email(C)));
      Fields ours = OURS.apply(email(C));

      Merge.Result result = merge(ours, again, email(B), THEIRS);

      assertThat(result).isEqualTo(new Merge.Result(ours, again, List.of()));
    }

    @Test
    void isAConflictThatOursWins() {
      Merge.Result result = merge(OURS, DIRTY, email(C), ConflictPolicy.OURS);

      assertThat(result.conflicts()).containsExactly(decided(Conflict.Side.OURS));
      assertThat(result.fields().get(EMAIL)).isEqualTo(B);
      assertThat(result.sync().dirty().get(EMAIL).base()).isEqualTo(C);
      assertThat(result.sync().phase()).isEqualTo(SyncPhase.PENDING);
    }

    @Test
    void isAConflictOnlyOnceForOneChangeOfTheirs() {
      Merge.Result first = merge(OURS, DIRTY, email(C), ConflictPolicy.OURS);

      Merge.Result second = merge(OURS, first.sync(), email(C), ConflictPolicy.OURS);

      assertThat(second.conflicts()).isEmpty();
      assertThat(second.sync()).isEqualTo(first.sync());
    }

    @Test
    void isAConflictThatTheirsWins() {
      Merge.Result result = merge(OURS, DIRTY, email(C), THEIRS);

      assertThat(result.conflicts()).containsExactly(decided(Conflict.Side.THEIRS));
      assertThat(result.fields().get(EMAIL)).isEqualTo(C);
      assertThat(result.sync().dirty()).isEmpty();
      assertThat(result.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void isPushedOnceMoreWhenItWonWhileACallWasOnItsWay() {
      Push.InFlight call = sending(email(B));
      SyncState merged = merge(OURS, DIRTY.started(call), email(C), ConflictPolicy.OURS).sync();

      SyncState answered = merged.succeeded(call, START);

      assertThat(answered.dirty()).containsOnlyKeys(EMAIL);
      assertThat(answered.phase()).isEqualTo(SyncPhase.PENDING);
    }

    @Test
    void isToldBackWhenTheirsWonWhileACallWasOnItsWay() {
      Push.InFlight call = sending(email(B));
      Merge.Result merged = merge(OURS, DIRTY.started(call), email(C), THEIRS);

      SyncState answered = merged.sync().succeeded(call, START);

      assertThat(merged.fields().get(EMAIL)).isEqualTo(C);
      assertThat(answered.dirty()).containsOnlyKeys(EMAIL);
    }

    @Test
    void ofEachFieldThePolicyDecides() {
      Fields ours = AGREED.apply(email(B).with(CITY, B));
      SyncState sync = SyncState.SYNCED.edited(email(B).with(CITY, B), AGREED, START);
      ConflictPolicy byField =
          field -> field.equals(CITY) ? ConflictRule.THEIRS : ConflictRule.OURS;

      Merge.Result result = merge(ours, sync, email(C).with(CITY, C), byField);

      assertThat(result.fields()).isEqualTo(Fields.of(Map.of(EMAIL, B, CITY, C)));
      assertThat(result.sync().dirty()).containsOnlyKeys(EMAIL);
      assertThat(result.conflicts()).hasSize(2);
    }
  }

  @Nested
  class AFieldThatAPersonIsAskedAbout {
    private static final ConflictPolicy ASK = field -> ConflictRule.ASK;

    @Test
    void staysOursAndIsNotTold() {
      Merge.Result result = merge(OURS, DIRTY, email(C), ASK);

      assertThat(result.conflicts())
          .containsExactly(
              new Conflict(EMAIL, 2, A, B, C, Conflict.Side.OURS, START, Conflict.Status.OPEN));
      assertThat(result.fields()).isEqualTo(OURS);
      assertThat(result.sync().dirty()).containsEntry(EMAIL, new DirtyField(2, C, true));
    }

    @Test
    void blocksTheRecordInPlainWords() {
      SyncState sync = merge(OURS, DIRTY, email(C), ASK).sync();

      assertThat(sync.phase()).isEqualTo(SyncPhase.BLOCKED);
      assertThat(sync.problem())
          .isEqualTo("Waits for a decision: changed here and in GoHighLevel: email.");
      assertThat(sync.nextAttemptAt()).isAfter(START.plusSeconds(1_000_000_000));
    }

    @Test
    void blocksNoOtherField() {
      SyncState both = DIRTY.edited(FieldChanges.of(CITY, B), OURS, START);

      SyncState sync = merge(OURS.apply(FieldChanges.of(CITY, B)), both, email(C), ASK).sync();

      assertThat(sync.phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(sync.dirty().get(CITY)).isEqualTo(both.dirty().get(CITY));
    }

    @Test
    void isAskedAboutOnceForOneChangeOfTheirs() {
      SyncState asked = merge(OURS, DIRTY, email(C), ASK).sync();

      assertThat(merge(OURS, asked, email(C), ASK))
          .isEqualTo(new Merge.Result(OURS, asked, List.of()));
    }

    @Test
    void isAskedAboutStillWhenTheCallThatWasOnItsWayIsAnswered() {
      Push.InFlight call = sending(email(B));
      SyncState asked = merge(OURS, DIRTY.started(call), email(C), ASK).sync();

      SyncState answered = asked.succeeded(call, START);

      assertThat(answered.waitsForDecision()).isTrue();
      assertThat(answered.dirty()).containsEntry(EMAIL, new DirtyField(2, B, true));
    }

    @Test
    void isToldWhenThePolicyIsOursByTheTimeTheyChangeItAgain() {
      SyncState asked = merge(OURS, DIRTY, email(C), ASK).sync();

      SyncState decided = merge(OURS, asked, email(A), ConflictPolicy.OURS).sync();

      assertThat(decided.phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(decided.nextAttemptAt()).isEqualTo(START);
      assertThat(decided.dirty()).containsEntry(EMAIL, new DirtyField(3, A));
    }

    @Test
    void isNoQuestionAnyMoreWhenTheyComeToOurValue() {
      SyncState asked = merge(OURS, DIRTY, email(C), ASK).sync();

      SyncState agreed = merge(OURS, asked, email(B), ASK).sync();

      assertThat(agreed.phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(agreed.dirty().get(EMAIL).held()).isFalse();
    }
  }

  @Nested
  class TheNewestOfTwo {
    private static final ConflictPolicy NEWEST = field -> ConflictRule.NEWEST;
    private static final Duration SKEW = EventOrder.STANDARD.skew();

    @Test
    void isTheirsWhenTheyChangedItLaterThanTheClocksCanDiffer() {
      assertThat(winner(START.plus(SKEW).plusMillis(1))).isEqualTo(Conflict.Side.THEIRS);
    }

    @Test
    void isOursWhenTheTimesAreTooNearToTell() {
      assertThat(winner(START.plus(SKEW))).isEqualTo(Conflict.Side.OURS);
    }

    @Test
    void isOursWhenTheyTellNoTime() {
      assertThat(winner(Instant.EPOCH)).isEqualTo(Conflict.Side.OURS);
    }

    @Test
    void isOursWhenNobodyNotedWhenOursWasChanged() {
      Merge.Result result =
          Merge.merge(
              OURS,
              DIRTY,
              email(C),
              NEWEST,
              new ChangeTimes(Provenance.NONE, START.plus(SKEW).plus(SKEW)),
              START);

      assertThat(result.conflicts().getFirst().winner()).isEqualTo(Conflict.Side.OURS);
    }

    private Conflict.Side winner(Instant theirChange) {
      Provenance edited =
          Provenance.NONE.written(
              List.of(EMAIL), OURS, Set.of(), new Provenance.Stamp(MirrorFixture.SOMEBODY, START));
      return Merge.merge(OURS, DIRTY, email(C), NEWEST, new ChangeTimes(edited, theirChange), START)
          .conflicts()
          .getFirst()
          .winner();
    }
  }

  @Test
  void oneElementOfAGroupIsAskedAboutAndTheOthersAreTaken() {
    FieldName size = FieldName.element("customFields", "size");
    FieldName color = FieldName.element("customFields", "color");
    Fields agreed = Fields.of(Map.of(size, A, color, A));
    SyncState sync = SyncState.SYNCED.edited(FieldChanges.of(size, B), agreed, START);
    ConflictPolicy policy =
        new ConflictRules(
                ConflictRule.OURS,
                Map.of(),
                Map.of(
                    MirrorKind.CONTACTS, new TreeMap<>(Map.of("customFields", ConflictRule.ASK))))
            .of(MirrorKind.CONTACTS);

    Merge.Result result =
        merge(
            agreed.apply(FieldChanges.of(size, B)),
            sync,
            FieldChanges.of(size, C).with(color, C),
            policy);

    assertThat(result.fields()).isEqualTo(Fields.of(Map.of(size, B, color, C)));
    assertThat(result.sync().isHeld(size)).isTrue();
  }

  @Test
  void additionsOfTwoPeopleToOneGroupBothSurvive() {
    FieldValue yes = new FieldValue.Flag(true);
    FieldName other = FieldName.element("tags", "other");
    Fields ours = Fields.of(Map.of(VIP, yes));
    SyncState sync = SyncState.SYNCED.edited(FieldChanges.of(VIP, yes), Fields.NONE, START);

    Merge.Result result =
        merge(
            ours,
            sync,
            FieldChanges.of(other, yes).with(VIP, FieldValue.cleared()),
            ConflictPolicy.OURS);

    assertThat(result.fields()).isEqualTo(Fields.of(Map.of(VIP, yes, other, yes)));
    assertThat(result.sync().dirty()).containsOnlyKeys(VIP);
    assertThat(result.conflicts()).isEmpty();
  }

  private static Merge.Result merge(
      Fields ours, SyncState sync, FieldChanges theirs, ConflictPolicy policy) {
    return Merge.merge(ours, sync, theirs, policy, START);
  }

  private static Conflict decided(Conflict.Side winner) {
    return new Conflict(EMAIL, 2, A, B, C, winner, START, Conflict.Status.DECIDED);
  }

  private static FieldChanges email(FieldValue value) {
    return FieldChanges.of(EMAIL, value);
  }

  private static Push.InFlight sending(FieldChanges values) {
    return new Push.InFlight(Push.Kind.UPDATE, 1, values, START, START.plusSeconds(30), "token");
  }
}
