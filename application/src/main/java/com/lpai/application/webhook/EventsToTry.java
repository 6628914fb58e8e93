package com.lpai.application.webhook;

import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which events that are over are meant, the latest first.
 *
 * @param statuses of {@link #STATUSES}
 * @param type empty for all
 * @param reason why they died
 * @param from the earliest reception that counts; of applied ones, the earliest end
 * @param to the first one that does not count any more
 */
public record EventsToTry(
    Set<WebhookStatus> statuses, String type, Optional<Reason> reason, Instant from, Instant to) {

  /** Those that are over. */
  public static final Set<WebhookStatus> STATUSES =
      Set.of(
          WebhookStatus.DONE, WebhookStatus.DEAD, WebhookStatus.QUARANTINED, WebhookStatus.SKIPPED);

  public EventsToTry {
    statuses = Set.copyOf(statuses);
    if (statuses.isEmpty() || !STATUSES.containsAll(statuses)) {
      throw new IllegalArgumentException("only of " + STATUSES + ", not of " + statuses);
    }
  }

  boolean meansApplied() {
    return statuses.contains(WebhookStatus.DONE) && reason.isEmpty();
  }

  /** Those of them that are kept for a decision. */
  Optional<KeptEvents> kept() {
    Set<WebhookStatus> kept = EnumSet.copyOf(statuses);
    kept.retainAll(KeptEvents.STATUSES);
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeptEvents(kept, type, reason, from, to));
  }
}
