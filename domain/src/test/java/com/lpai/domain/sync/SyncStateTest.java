package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncStateTest {
  private static final FieldName EMAIL = FieldName.of("email");
  private static final FieldName CITY = FieldName.of("city");
  private static final FieldValue A = FieldValue.text("a");
  private static final FieldValue B = FieldValue.text("b");
  private static final FieldValue C = FieldValue.text("c");
  private static final Fields AGREED = Fields.of(Map.of(EMAIL, A));
  private static final Instant LEASE_END = START.plusSeconds(30);

  private final SyncState dirty = SyncState.SYNCED.edited(email(B), AGREED, START);
  private final Push.InFlight call = call(Push.Kind.UPDATE, dirty.revision(), email(B));

  @Test
  void anEditIsDueAtOnceAndRemembersWhatBothSidesAgreedOn() {
    assertThat(dirty.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(dirty.revision()).isEqualTo(1);
    assertThat(dirty.dirty()).isEqualTo(Map.of(EMAIL, new DirtyField(1, A)));
    assertThat(dirty.nextAttemptAt()).isEqualTo(START);
  }

  @Test
  void aSecondEditKeepsTheCommonBase() {
    SyncState again = dirty.edited(email(C), AGREED.apply(email(B)), START);

    assertThat(again.dirty()).isEqualTo(Map.of(EMAIL, new DirtyField(2, A)));
  }

  @Test
  void anUndoneEditLeavesNothingToPush() {
    SyncState undone = dirty.edited(email(A), AGREED.apply(email(B)), START);

    assertThat(undone.phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(undone.dirty()).isEmpty();
    assertThat(undone.push()).isEqualTo(Push.IDLE);
    assertThat(undone.nextAttemptAt()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void anEditUndoneWhileItIsOnItsWayIsPushedBack() {
    SyncState undone = dirty.started(call).edited(email(A), AGREED.apply(email(B)), START);

    SyncState answered = undone.succeeded(call, START);

    assertThat(answered.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(answered.dirty()).isEqualTo(Map.of(EMAIL, new DirtyField(2, B)));
  }

  @Test
  void anEditUndoneAfterAnUpdateOfUnknownEffectIsPushedBack() {
    SyncState unknown = dirty.started(call).deferred(START, "no answer", true);

    SyncState undone = unknown.edited(email(A), AGREED.apply(email(B)), START);

    assertThat(undone.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(undone.dirty()).containsOnlyKeys(EMAIL);
  }

  @Test
  void whatEarlierCallsSentToNoKnownEffectIsKeptInMind() {
    SyncState unknown =
        dirty
            .started(call)
            .deferred(START, "no answer", true)
            .edited(FieldChanges.of(CITY, C), AGREED.apply(email(B)), START);
    Push.InFlight other = call(Push.Kind.UPDATE, 2, FieldChanges.of(CITY, C));

    SyncState answered = unknown.started(other).succeeded(other, START);
    SyncState undone = answered.edited(email(A), AGREED.apply(email(B)), START);

    assertThat(answered.dirty()).containsOnlyKeys(EMAIL);
    assertThat(undone.dirty()).containsOnlyKeys(EMAIL);
  }

  @Test
  void ofAFieldThatIsSentAgainWhatWasSentBeforeIsKeptInMind() {
    SyncState again = sentTwice();

    assertThat(again.isOnItsWay(EMAIL, B)).isTrue();
    assertThat(again.isOnItsWay(EMAIL, C)).isTrue();
    assertThat(again.isOnItsWay(EMAIL, A)).isFalse();
    assertThat(again.isOnItsWay(CITY, B)).isFalse();
  }

  @Test
  void whatWasSentBeforeIsKeptInMindUntilTheFieldIsAccepted() {
    Push.InFlight other = call(Push.Kind.UPDATE, 3, FieldChanges.of(CITY, C));
    SyncState unknown = sentTwice().deferred(START, "no answer", true);

    SyncState answered = unknown.started(other).succeeded(other, START);
    Push.InFlight last = call(Push.Kind.UPDATE, 2, email(C));
    SyncState settled =
        answered
            .started(last)
            .edited(email(A), AGREED.apply(email(C)), START)
            .succeeded(last, START);

    assertThat(answered.isOnItsWay(EMAIL, B)).isTrue();
    assertThat(settled.dirty()).containsOnlyKeys(EMAIL);
    assertThat(settled.isOnItsWay(EMAIL, B)).isFalse();
    assertThat(answered.started(last).succeeded(last, START).push()).isEqualTo(Push.IDLE);
  }

  @Test
  void aRepeatedCallKeepsNothingMoreInMind() {
    SyncState again = dirty.started(call).deferred(START, "no answer", true).started(call);

    assertThat(again.push()).isEqualTo(call);
  }

  @Test
  void ofAFieldThatIsSentOftenTheLastValuesAreKeptInMind() {
    SyncState state = dirty;
    Fields held = AGREED.apply(email(B));
    for (int i = 0; i <= EarlierValues.MOST + 1; i++) {
      FieldChanges edit = email(FieldValue.text("edit " + i));
      state = state.edited(edit, held, START);
      state = state.started(call(Push.Kind.UPDATE, state.revision(), edit));
      held = held.apply(edit);
    }

    assertThat(state.isOnItsWay(EMAIL, FieldValue.text("edit 0"))).isFalse();
    assertThat(state.isOnItsWay(EMAIL, FieldValue.text("edit 1"))).isTrue();
  }

  /** To {@code b} and, after an edit, to {@code c}, both without an answer. */
  private SyncState sentTwice() {
    return dirty
        .started(call)
        .deferred(START, "no answer", true)
        .edited(email(C), AGREED.apply(email(B)), START)
        .started(call(Push.Kind.UPDATE, 2, email(C)));
  }

  @Test
  void aCallOnItsWayIsDueAgainWhenItsLeaseIsOver() {
    SyncState started = dirty.started(call);

    assertThat(started.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(started.nextAttemptAt()).isEqualTo(LEASE_END);
    assertThat(started.isHeldBy("token")).isTrue();
    assertThat(started.isHeldBy("another")).isFalse();
    assertThat(started.hasCallInFlight()).isTrue();
  }

  @Test
  void anEditDuringACallWaitsForIt() {
    SyncState edited = dirty.started(call).edited(email(C), AGREED.apply(email(B)), START);

    assertThat(edited.push()).isEqualTo(call);
    assertThat(edited.nextAttemptAt()).isEqualTo(LEASE_END);
    assertThat(edited.edited(email(B), AGREED.apply(email(C)), LEASE_END).nextAttemptAt())
        .isEqualTo(LEASE_END);
  }

  @Test
  void successClearsExactlyWhatWasSent() {
    SyncState two = SyncState.SYNCED.edited(email(B).with(CITY, B), AGREED, START).started(call);

    SyncState answered = two.succeeded(call, START.plusSeconds(1));

    assertThat(answered.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(answered.dirty()).containsOnlyKeys(CITY);
    assertThat(answered.nextAttemptAt()).isEqualTo(START.plusSeconds(1));
    assertThat(answered.hasCallInFlight()).isFalse();
  }

  @Test
  void successOfEverythingIsAgreement() {
    SyncState answered = dirty.started(call).succeeded(call, START);

    assertThat(answered.phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(answered.dirty()).isEmpty();
    assertThat(answered.push()).isEqualTo(Push.IDLE);
    assertThat(answered.attempts()).isZero();
    assertThat(answered.problem()).isEmpty();
  }

  @Test
  void anEditDuringACallSurvivesItsSuccessWithWhatWasSentAsBase() {
    SyncState edited = dirty.started(call).edited(email(C), AGREED.apply(email(B)), START);

    SyncState answered = edited.succeeded(call, START);

    assertThat(answered.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(answered.dirty()).isEqualTo(Map.of(EMAIL, new DirtyField(2, B)));
    assertThat(answered.nextAttemptAt()).isEqualTo(START);
  }

  @Test
  void aSettledCallBelongsToNobody() {
    SyncState deferred = dirty.started(call).deferred(LEASE_END, "away", true);

    assertThat(deferred.isHeldBy("token")).isFalse();
    assertThat(deferred.nextAttemptAt()).isEqualTo(LEASE_END);
  }

  @Test
  void aDeferredPushCountsOnlyWhenAsked() {
    SyncState throttled = dirty.started(call).deferred(LEASE_END, "throttled", false);
    SyncState away = dirty.started(call).deferred(LEASE_END, "away", true);

    assertThat(throttled.attempts()).isZero();
    assertThat(away.attempts()).isEqualTo(1);
    assertThat(away.problem()).isEqualTo("away");
    assertThat(away.phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(away.dirty()).isEqualTo(dirty.dirty());
  }

  @Test
  void anEditDuringABackOffIsDueAtOnceAndStartsTheCountAnew() {
    SyncState away = dirty.started(call).deferred(LEASE_END, "away", true);

    SyncState edited = away.edited(email(C), AGREED.apply(email(B)), START.plusSeconds(1));

    assertThat(edited.nextAttemptAt()).isEqualTo(START.plusSeconds(1));
    assertThat(edited.attempts()).isZero();
    assertThat(edited.problem()).isEmpty();
  }

  @Test
  void aRefusedPushWaitsForAnEditOrARetry() {
    SyncState failed = dirty.started(call).failed("email: must be valid");

    assertThat(failed.phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(failed.problem()).isEqualTo("email: must be valid");
    assertThat(failed.dirty()).isEqualTo(dirty.dirty());
    assertThat(failed.retried(START).phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(failed.retried(START).nextAttemptAt()).isEqualTo(START);
    assertThat(failed.retried(START).attempts()).isZero();
    assertThat(failed.edited(email(C), AGREED.apply(email(B)), START).phase())
        .isEqualTo(SyncPhase.PENDING);
  }

  @Test
  void aBlockedPushIsLookedAtAgain() {
    SyncState blocked = dirty.started(call).blocked(LEASE_END, "needs reauth");

    assertThat(blocked.phase()).isEqualTo(SyncPhase.BLOCKED);
    assertThat(blocked.nextAttemptAt()).isEqualTo(LEASE_END);
    assertThat(blocked.attempts()).isZero();
    assertThat(blocked.retried(START).phase()).isEqualTo(SyncPhase.PENDING);
  }

  @Test
  void aCallInDoubtStaysInFlight() {
    Push.InFlight create = call(Push.Kind.CREATE, 1, email(B));

    SyncState doubt = dirty.started(create).inDoubt(create, LEASE_END.plusSeconds(5), "lost");

    assertThat(doubt.push()).isEqualTo(create.until(LEASE_END.plusSeconds(5)));
    assertThat(doubt.nextAttemptAt()).isEqualTo(LEASE_END.plusSeconds(5));
    assertThat(doubt.attempts()).isEqualTo(1);
    assertThat(doubt.failedInDoubt("please check").push()).isEqualTo(doubt.push());
    assertThat(doubt.failedInDoubt("please check").phase()).isEqualTo(SyncPhase.FAILED);
  }

  @Test
  void aCreateThatDidNothingIsForgotten() {
    Push.InFlight create = call(Push.Kind.CREATE, 1, email(B));

    assertThat(dirty.started(create).deferred(START, "", false).push()).isEqualTo(Push.IDLE);
    assertThat(dirty.started(create).failed("refused").push()).isEqualTo(Push.IDLE);
  }

  @Test
  void nothingToRetryChangesNothing() {
    assertThat(SyncState.SYNCED.retried(START)).isSameAs(SyncState.SYNCED);
  }

  @Test
  void aClosedStateHasNothingToTell() {
    SyncState closed = dirty.started(call).closed();

    assertThat(closed.phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(closed.dirty()).isEmpty();
    assertThat(closed.push()).isEqualTo(Push.IDLE);
    assertThat(closed.revision()).isEqualTo(1);
  }

  @Test
  void noValueIsPrinted() {
    Fields before = Fields.of(Map.of(EMAIL, FieldValue.text("jane@example.com")));
    SyncState state =
        SyncState.SYNCED
            .edited(email(FieldValue.text("jim@example.com")), before, START)
            .started(call(Push.Kind.UPDATE, 1, email(FieldValue.text("jim@example.com"))))
            .started(call(Push.Kind.UPDATE, 1, email(FieldValue.text("joe@example.com"))));

    assertThat(state.toString()).contains("email").doesNotContain("example.com");
  }

  private static FieldChanges email(FieldValue value) {
    return FieldChanges.of(EMAIL, value);
  }

  private static Push.InFlight call(Push.Kind kind, long revision, FieldChanges values) {
    return new Push.InFlight(kind, revision, values, START, LEASE_END, "token");
  }
}
