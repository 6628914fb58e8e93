package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class ProcessWebhooksService implements ProcessWebhooksUseCase {
  private final WebhookQueue queue;
  private final EventProcessor processor;
  private final Duration claimLease;
  private final Instance instance;

  ProcessWebhooksService(
      WebhookQueue queue, EventProcessor processor, Duration claimLease, Instance instance) {
    this.queue = queue;
    this.processor = processor;
    this.claimLease = claimLease;
    this.instance = instance;
  }

  @Override
  public List<Claim> claim(int limit) {
    Instant now = instance.time().instant();
    return queue.claim(now, now.plus(claimLease), limit);
  }

  @Override
  public void process(Claim claim) {
    List<QueuedWebhook> events = claim.events();
    List<Result> results = processor.apply(claim.locationId(), events);
    for (int i = 0; i < events.size(); i++) {
      if (!queue.settle(claim, events.get(i), results.get(i), instance.time().instant())) {
        return;
      }
    }
  }
}
