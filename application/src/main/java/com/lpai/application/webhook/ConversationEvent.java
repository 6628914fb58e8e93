package com.lpai.application.webhook;

import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookEvent;
import java.time.Instant;

/** An event of a conversation. */
record ConversationEvent(QueuedWebhook event, WebhookEvent.OfConversation meaning) {
  GhlConversationId id() {
    return meaning.conversationId();
  }

  boolean isDeletion() {
    return meaning instanceof WebhookEvent.ConversationDeleted;
  }

  Instant sentAt() {
    return event.envelope().sentAt();
  }

  Instant receivedAt() {
    return event.receivedAt();
  }

  boolean isStale() {
    return event.isStale();
  }
}
