package com.lpai.domain.webhook;

class InMemoryWebhookQueueTest implements WebhookQueueContract {
  private final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();

  @Override
  public WebhookQueue queue() {
    return queue;
  }
}
