package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueueContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoWebhookQueueTest implements WebhookQueueContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public WebhookQueue queue() {
    return DATABASE.adapter().webhookQueue();
  }
}
