package com.lpai.domain.conversation;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a conversation.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlConversationId(String value) {
  public GhlConversationId {
    value = CrmIds.requireOpaque(value, "GoHighLevel conversation id");
  }

  @Override
  public String toString() {
    return value;
  }
}
