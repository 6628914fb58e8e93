package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookHistoryContract;
import com.lpai.domain.webhook.WebhookQueue;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoWebhookHistoryTest implements WebhookHistoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public WebhookQueue queue() {
    return DATABASE.adapter().webhookQueue();
  }

  @Override
  public WebhookHistory history() {
    return DATABASE.adapter().webhookHistory();
  }
}
