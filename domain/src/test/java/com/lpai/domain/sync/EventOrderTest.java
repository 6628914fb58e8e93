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
    CrmTrace heard = CrmTrace.NONE.heard(START);

    assertThat(order.mayApply(START.minusMillis(1), heard)).isFalse();
    assertThat(order.mayApply(START, heard)).isFalse();
    assertThat(order.mayApply(START.plusMillis(1), heard)).isTrue();
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
  void aTraceOnlyMovesForward() {
    CrmTrace trace = CrmTrace.NONE.read(START, START).pushed(START).heard(START);

    assertThat(
            trace
                .read(START.minusSeconds(1), START.minusSeconds(1))
                .pushed(START.minusSeconds(1))
                .heard(START.minusSeconds(1)))
        .isEqualTo(trace);
    assertThat(trace.heard(START.plusSeconds(1)).lastWebhookAt()).isEqualTo(START.plusSeconds(1));
  }
}
