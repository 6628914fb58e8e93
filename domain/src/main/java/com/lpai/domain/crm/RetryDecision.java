package com.lpai.domain.crm;

import java.time.Instant;

/** What happens with a push after a failure. */
public sealed interface RetryDecision {
  /** The same again at this time; nothing reached the CRM, or repeating does no harm. */
  record RetryAt(Instant at) implements RetryDecision {}

  /** At this time look whether the CRM has it already; only then repeat. */
  record LookUpAt(Instant at) implements RetryDecision {}

  /** Wait for the connection or a scope; look again at this time. */
  record BlockUntil(Instant at) implements RetryDecision {}

  /** The CRM has the record under this id: link to it, then go on. */
  record Adopt(String existingId) implements RetryDecision {}

  /** The CRM no longer has the record. */
  record Gone() implements RetryDecision {}

  /** No repeat helps; a person must look. */
  record Park() implements RetryDecision {}

  /** As {@link Park}, and whoever tries again must first look whether the CRM has it already. */
  record ParkInDoubt() implements RetryDecision {}
}
