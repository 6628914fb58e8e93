package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final FieldName EMAIL = FieldName.of("email");
  private static final FieldName CITY = FieldName.of("city");
  private static final FieldName VIP = FieldName.element("tags", "vip");
  private static final FieldValue A = FieldValue.text("a");
  private static final FieldValue B = FieldValue.text("b");
  private static final FieldValue C = FieldValue.text("c");
  private static final ConflictPolicy THEIRS = field -> Conflict.Side.THEIRS;

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
    void isAConflictThatOursWins() {
      Merge.Result result = merge(OURS, DIRTY, email(C), ConflictPolicy.OURS);

      assertThat(result.conflicts())
          .containsExactly(new Conflict(EMAIL, A, B, C, Conflict.Side.OURS, START));
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

      assertThat(result.conflicts())
          .containsExactly(new Conflict(EMAIL, A, B, C, Conflict.Side.THEIRS, START));
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
          field -> field.equals(CITY) ? Conflict.Side.THEIRS : Conflict.Side.OURS;

      Merge.Result result = merge(ours, sync, email(C).with(CITY, C), byField);

      assertThat(result.fields()).isEqualTo(Fields.of(Map.of(EMAIL, B, CITY, C)));
      assertThat(result.sync().dirty()).containsOnlyKeys(EMAIL);
      assertThat(result.conflicts()).hasSize(2);
    }
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

  private static FieldChanges email(FieldValue value) {
    return FieldChanges.of(EMAIL, value);
  }

  private static Push.InFlight sending(FieldChanges values) {
    return new Push.InFlight(Push.Kind.UPDATE, 1, values, START, START.plusSeconds(30), "token");
  }
}
