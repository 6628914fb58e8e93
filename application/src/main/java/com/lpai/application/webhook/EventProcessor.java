package com.lpai.application.webhook;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.util.List;

/** Applies events of one location. */
interface EventProcessor {
  /**
   * Applies these events. One that waits keeps later ones about the same entity waiting.
   *
   * @param events in order of acceptance, of several entities
   * @return what became of each, in the same order
   * @throws com.lpai.domain.sync.StorageUnavailableException when the database is away; applying
   *     them again does no harm
   */
  List<Result> apply(LocationId locationId, List<QueuedWebhook> events);
}
