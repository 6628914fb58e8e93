package com.lpai.domain.webhook;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

/** Events that are over: what became of them, deciding about them, how long they are kept. */
public interface WebhookHistory {

  /**
   * The location's log, the latest end first.
   *
   * @throws IllegalArgumentException when the cursor is not from a page before
   */
  Page<WebhookLogLine> log(LocationId locationId, WebhookLogQuery query);

  /** One event in any state, with its body. */
  Optional<QueuedWebhook> find(LocationId locationId, String id);

  /**
   * Events that are kept for a decision, without their bodies, the latest first.
   *
   * @param cursor empty for the first page
   */
  Page<Kept> kept(LocationId locationId, KeptEvents which, int limit, String cursor);

  /**
   * An event that is kept.
   *
   * @param reason why it died; empty when it did not, or when a later version says what this one
   *     does not know
   */
  record Kept(QueuedWebhook event, Optional<WebhookQueue.Reason> reason) {}

  /**
   * Puts kept events back into the queue as if they had never been tried, the earliest first; they
   * are applied in the order of their acceptance.
   *
   * @param most how many at most; there may be more then
   * @return how many
   */
  int replay(LocationId locationId, KeptEvents which, Instant now, int most);

  /**
   * Removes kept events for good, the earliest first.
   *
   * @param most how many at most; there may be more then
   * @return how many
   */
  int discard(LocationId locationId, KeptEvents which, int most);

  /** Removes one kept event for good; false when there is none such. */
  boolean discard(LocationId locationId, String id);

  /**
   * Removes what was kept for long enough, over all locations.
   *
   * @param most how many of each kind at most
   * @return whether there may be more
   */
  boolean sweep(WebhookRetention retention, Instant now, int most);
}
