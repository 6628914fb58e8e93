package com.lpai.domain.webhook;

class InMemoryWebhookHistoryTest implements WebhookHistoryContract {
  private final InMemoryWebhookQueue queue = new InMemoryWebhookQueue();

  @Override
  public WebhookQueue queue() {
    return queue;
  }

  @Override
  public WebhookHistory history() {
    return queue;
  }
}
