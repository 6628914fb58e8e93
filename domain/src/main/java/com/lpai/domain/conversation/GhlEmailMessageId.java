package com.lpai.domain.conversation;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of one mail of a thread.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlEmailMessageId(String value) {
  public GhlEmailMessageId {
    value = CrmIds.requireOpaque(value, "GoHighLevel email message id");
  }

  @Override
  public String toString() {
    return value;
  }
}
