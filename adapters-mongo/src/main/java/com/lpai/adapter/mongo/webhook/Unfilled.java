package com.lpai.adapter.mongo.webhook;

import com.lpai.domain.webhook.QueuedWebhook;

/**
 * A due event whose body was not read yet.
 *
 * @param bytes how long the body is
 */
record Unfilled(QueuedWebhook event, long bytes) {
  String entity() {
    return event.envelope().entityKey();
  }
}
