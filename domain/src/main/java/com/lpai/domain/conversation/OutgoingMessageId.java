package com.lpai.domain.conversation;

import com.lpai.domain.tenant.CrmIds;

/**
 * Our own id of a message that is sent from here; never sent to the CRM.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record OutgoingMessageId(String value) {
  public OutgoingMessageId {
    value = CrmIds.requireOpaque(value, "outgoing message id");
  }

  @Override
  public String toString() {
    return value;
  }
}
