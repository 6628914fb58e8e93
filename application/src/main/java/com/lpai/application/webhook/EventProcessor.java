package com.lpai.application.webhook;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.util.List;

/** Applies events of one location. */
interface EventProcessor {

  /**
   * Applies them in their order. An event that waits makes the later ones of its entity wait.
   *
   * @param events in order of acceptance, of several entities
   * @return what became of each, in the same order
   */
  List<Result> apply(LocationId locationId, List<QueuedWebhook> events);
}
