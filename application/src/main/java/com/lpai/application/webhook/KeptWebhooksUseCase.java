package com.lpai.application.webhook;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookHistory.Kept;
import com.lpai.domain.webhook.WebhookLogLine;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookStatus;
import java.util.Map;

/** What operators see of stored events, and decide about those that are kept for that. */
public interface KeptWebhooksUseCase {

  /**
   * The location's log, the latest end first.
   *
   * @throws IllegalArgumentException when the cursor is not from a page before
   */
  Page<WebhookLogLine> log(LocationId locationId, WebhookLogQuery query);

  /** Events that are kept for a decision, the latest first. */
  Page<Kept> kept(LocationId locationId, KeptEvents which, int limit, String cursor);

  /**
   * What was done to many events at once.
   *
   * @param count how many
   * @param more whether there may be more of them: do it again
   */
  record Batch(int count, boolean more) {}

  /** Puts a kept event back into the queue; false when there is none such. */
  boolean replay(LocationId locationId, String id);

  /** Puts kept events back into the queue, to be applied in the order of their acceptance. */
  Batch replay(LocationId locationId, KeptEvents which);

  /** Removes a kept event for good; false when there is none such. */
  boolean discard(LocationId locationId, String id);

  /** Removes kept events for good. */
  Batch discard(LocationId locationId, KeptEvents which);

  /** Has the queue looked through at once, and answers how many events are in each state. */
  Map<WebhookStatus, Long> look();
}
