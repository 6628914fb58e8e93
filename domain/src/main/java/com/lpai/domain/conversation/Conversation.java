package com.lpai.domain.conversation;

import java.time.Instant;

/**
 * A conversation with one contact (ghl-facts.md 3.6).
 *
 * @param ghlContactId the CRM's id of the contact; empty when the CRM does not tell
 * @param type the CRM's word, for example {@code TYPE_PHONE}; empty when it does not tell
 * @param assignedTo the CRM's id of a user; empty when nobody
 * @param lastMessageAt {@link Instant#EPOCH} when the CRM does not tell
 * @param lastMessageBody the beginning of the latest message; empty when there is none
 */
public record Conversation(
    GhlConversationId id,
    String ghlContactId,
    String type,
    long unreadCount,
    boolean starred,
    String assignedTo,
    Instant lastMessageAt,
    String lastMessageType,
    String lastMessageBody) {
  /** Ids and counts only: the rest is personal data. */
  @Override
  public String toString() {
    return "Conversation[" + id + ", unread " + unreadCount + "]";
  }
}
