package com.lpai.domain.crm;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.STANDARD;

  @Test
  void aThrottledPushIsRetriedAfterTheServersDelay() {
    assertThat(decide(new CrmFailure.Throttled(Duration.ofSeconds(7), "429"), 40))
        .isEqualTo(new RetryDecision.RetryAt(START.plusSeconds(7)));
  }

  @Test
  void anUnavailableCrmIsAskedAgainLaterAndLater() {
    CrmFailure away = new CrmFailure.Unavailable("503");

    assertThat(decide(away, 0)).isEqualTo(new RetryDecision.RetryAt(START.plusSeconds(1)));
    assertThat(decide(away, 1)).isEqualTo(new RetryDecision.RetryAt(START.plusSeconds(2)));
    assertThat(decide(away, 5)).isEqualTo(new RetryDecision.RetryAt(START.plusSeconds(32)));
    assertThat(decide(away, 20)).isEqualTo(new RetryDecision.RetryAt(START.plusSeconds(3600)));
  }

  @Test
  void aPushThatFailedForADayIsParked() {
    assertThat(decide(new CrmFailure.Unavailable("503"), 31))
        .isInstanceOf(RetryDecision.RetryAt.class);
    assertThat(decide(new CrmFailure.Unavailable("503"), 32)).isEqualTo(new RetryDecision.Park());
    assertThat(decide(new CrmFailure.OutcomeUnknown("reset"), 32))
        .isEqualTo(new RetryDecision.Park());
  }

  @Test
  void allWaitsTogetherStayWithinADay() {
    long seconds =
        IntStream.range(0, 32).mapToLong(attempt -> policy.delay(attempt, 1).toSeconds()).sum();

    assertThat(Duration.ofSeconds(seconds)).isBetween(Duration.ofHours(18), Duration.ofHours(24));
  }

  @Test
  void jitterShortensAWaitByAQuarterAtMost() {
    assertThat(policy.delay(0, 0)).isEqualTo(Duration.ofMillis(750));
    assertThat(policy.delay(0, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.delay(1000, 0)).isEqualTo(Duration.ofMinutes(45));
    assertThat(policy.delay(1000, 1)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aCreateOfUnknownOutcomeIsLookedUpAndNeverRepeatedBlindly() {
    CrmFailure unknown = new CrmFailure.OutcomeUnknown("time-out");

    assertThat(policy.decide(unknown, true, 100, START, 1))
        .isEqualTo(new RetryDecision.LookUpAt(START.plusSeconds(35)));
    assertThat(policy.decide(unknown, false, 0, START, 1))
        .isEqualTo(new RetryDecision.RetryAt(START.plusSeconds(1)));
  }

  @Test
  void withoutATokenAPushWaitsForTheConnection() {
    for (CrmFailure.Unauthorized.Kind kind : CrmFailure.Unauthorized.Kind.values()) {
      assertThat(decide(new CrmFailure.Unauthorized(kind, "401"), 50))
          .isEqualTo(new RetryDecision.BlockUntil(START.plusSeconds(60)));
    }
  }

  @Test
  void whatNoRepeatHelpsIsParked() {
    assertThat(decide(new CrmFailure.Forbidden("403"), 0)).isEqualTo(new RetryDecision.Park());
    assertThat(decide(new CrmFailure.Rejected(List.of("email"), "422"), 0))
        .isEqualTo(new RetryDecision.Park());
  }

  @Test
  void aMissingRecordIsGoneAndAnExistingOneAdopted() {
    assertThat(decide(new CrmFailure.NotFound("404"), 0)).isEqualTo(new RetryDecision.Gone());
    assertThat(decide(new CrmFailure.AlreadyExists("id-1", "duplicate"), 0))
        .isEqualTo(new RetryDecision.Adopt("id-1"));
  }

  @Test
  void aResultIsMappedAndAFailureStays() {
    CrmFailure failure = new CrmFailure.NotFound("404");

    assertThat(CrmResult.done(20).map(number -> "n" + number)).isEqualTo(CrmResult.done("n20"));
    assertThat(CrmResult.<Integer>failed(failure).map(number -> "n" + number))
        .isEqualTo(CrmResult.failed(failure));
  }

  private RetryDecision decide(CrmFailure failure, int attempts) {
    return policy.decide(failure, false, attempts, START, 1);
  }
}
