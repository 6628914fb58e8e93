package com.lpai.domain.webhook;

import com.lpai.domain.webhook.WebhookQueue.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the events that are kept for a decision are meant.
 *
 * @param statuses of {@link #STATUSES}
 * @param type empty for all
 * @param reason why they died
 * @param from the earliest reception that counts
 * @param to the first reception that does not count any more
 */
public record KeptEvents(
    Set<WebhookStatus> statuses, String type, Optional<Reason> reason, Instant from, Instant to) {

  /** Those that may be decided about. */
  public static final Set<WebhookStatus> STATUSES =
      Set.of(WebhookStatus.DEAD, WebhookStatus.QUARANTINED, WebhookStatus.SKIPPED);

  public KeptEvents {
    statuses = Set.copyOf(statuses);
    if (statuses.isEmpty() || !STATUSES.containsAll(statuses)) {
      throw new IllegalArgumentException("only of " + STATUSES + ", not of " + statuses);
    }
  }

  public static KeptEvents in(WebhookStatus... statuses) {
    return new KeptEvents(Set.of(statuses), "", Optional.empty(), Instant.MIN, Instant.MAX);
  }
}
