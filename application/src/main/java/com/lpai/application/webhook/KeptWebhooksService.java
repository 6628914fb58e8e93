package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookHistory.Kept;
import com.lpai.domain.webhook.WebhookLogLine;
import com.lpai.domain.webhook.WebhookLogQuery;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.util.Map;

final class KeptWebhooksService implements KeptWebhooksUseCase {
  /** A request that does more would take long. */
  private static final int MOST_AT_ONCE = 1_000;

  private final WebhookQueue queue;
  private final WebhookHistory history;
  private final WorkSignals signals;
  private final Instance instance;

  KeptWebhooksService(
      WebhookQueue queue, WebhookHistory history, WorkSignals signals, Instance instance) {
    this.queue = queue;
    this.history = history;
    this.signals = signals;
    this.instance = instance;
  }

  @Override
  public Page<WebhookLogLine> log(LocationId locationId, WebhookLogQuery query) {
    return history.log(locationId, query);
  }

  @Override
  public Page<Kept> kept(LocationId locationId, KeptEvents which, int limit, String cursor) {
    return history.kept(locationId, which, limit, cursor);
  }

  @Override
  public boolean replay(LocationId locationId, String id) {
    boolean replayed = queue.replay(locationId, id, instance.time().instant());
    signals.webhookStored();
    return replayed;
  }

  @Override
  public Batch replay(LocationId locationId, KeptEvents which) {
    int count = history.replay(locationId, which, instance.time().instant(), MOST_AT_ONCE);
    signals.webhookStored();
    return batch(count);
  }

  @Override
  public boolean discard(LocationId locationId, String id) {
    return history.discard(locationId, id);
  }

  @Override
  public Batch discard(LocationId locationId, KeptEvents which) {
    return batch(history.discard(locationId, which, MOST_AT_ONCE));
  }

  private static Batch batch(int count) {
    return new Batch(count, count == MOST_AT_ONCE);
  }

  @Override
  public Map<WebhookStatus, Long> look() {
    signals.webhookStored();
    return queue.depth();
  }
}
