package com.lpai.application.webhook;

import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookEvent;

/** An event of a conversation. */
record ConversationEvent(QueuedWebhook event, WebhookEvent.OfConversation meaning) {
  GhlConversationId id() {
    return meaning.conversationId();
  }
}
