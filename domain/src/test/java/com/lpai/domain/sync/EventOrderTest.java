package com.lpai.domain.sync;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventOrderTest {
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final EventOrder order = EventOrder.STANDARD;

  @Test
  void theFirstEventOfARecordMayBeApplied() {
    assertThat(order.mayApply(START, CrmTrace.NONE)).isTrue();
  }

  @Test
  void anEventWithoutTimeLeadsToARead() {
    assertThat(order.mayApply(Instant.EPOCH, CrmTrace.NONE)).isFalse();
  }

  @Test
  void anEventThatIsLateOrEqualLeadsToARead() {
    for (CrmTrace trace :
        new CrmTrace[] {CrmTrace.NONE.applied(START), CrmTrace.NONE.heard(START)}) {
      assertThat(order.mayApply(START.minusMillis(1), trace)).isFalse();
      assertThat(order.mayApply(START, trace)).isFalse();
      assertThat(order.mayApply(START.plusMillis(1), trace)).isTrue();
    }
  }

  @Test
  void anEventNearOrBeforeAnAppliedReadOrPushLeadsToARead() {
    for (CrmTrace trace :
        new CrmTrace[] {CrmTrace.NONE.read(START, Instant.EPOCH), CrmTrace.NONE.pushed(START)}) {
      assertThat(order.mayApply(START.minus(Duration.ofDays(1)), trace)).isFalse();
      assertThat(order.mayApply(START, trace)).isFalse();
      assertThat(order.mayApply(START.plus(SKEW).minusMillis(1), trace)).isFalse();
      assertThat(order.mayApply(START.plus(SKEW), trace)).isTrue();
    }
  }

  @Test
  void theFirstTimeThatARecordWasMissedCountsUntilItIsSeen() {
    CrmTrace missed = CrmTrace.NONE.read(START, START).missed(START.plusSeconds(1));

    assertThat(missed.missed(START.plusSeconds(9)).missedAt()).isEqualTo(START.plusSeconds(1));
    assertThat(missed.read(START.plusSeconds(2), START).wasMissed()).isFalse();
    assertThat(missed.pushed(START.plusSeconds(2)).wasMissed()).isFalse();
    assertThat(CrmTrace.NONE.read(START, START).missed(START.minusSeconds(5)).missedAt())
        .as("by a clock that is slow")
        .isEqualTo(START);
  }

  @Test
  void aTraceOnlyMovesForward() {
    CrmTrace trace = CrmTrace.NONE.read(START, START).pushed(START).applied(START).heard(START);

    assertThat(
            trace
                .read(START.minusSeconds(1), START.minusSeconds(1))
                .pushed(START.minusSeconds(1))
                .applied(START.minusSeconds(1))
                .heard(START.minusSeconds(1)))
        .isEqualTo(trace);
    assertThat(trace.applied(START.plusSeconds(1)).lastWebhookAt()).isEqualTo(START.plusSeconds(1));
    assertThat(trace.heard(START.plusSeconds(1)).lastWebhookAt())
        .as("of one that was not applied")
        .isEqualTo(START);
  }
}
