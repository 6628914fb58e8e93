package com.lpai.domain.conversation;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a message.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlMessageId(String value) {
  public GhlMessageId {
    value = CrmIds.requireOpaque(value, "GoHighLevel message id");
  }

  @Override
  public String toString() {
    return value;
  }
}
