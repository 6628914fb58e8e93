package com.lpai.domain.conversation;

import java.time.Instant;
import java.util.List;

/**
 * One message. Nothing of it changes once it is stored but its status (ghl-facts.md 3.6).
 *
 * @param ghlContactId the CRM's id of the contact; empty when the CRM does not tell
 * @param type the CRM's word, for example {@code TYPE_SMS}
 * @param direction {@code inbound} or {@code outbound}; empty when the CRM does not tell
 * @param status the CRM's word, for example {@code delivered}; empty when it does not tell
 * @param contentType the body's, for example {@code text/plain}; empty when the CRM does not tell
 * @param attachments their addresses
 * @param userId the CRM's id of the user who sent it; empty when nobody of the location did
 * @param source what made it, for example {@code workflow}; empty when the CRM does not tell
 * @param addedAt when it was sent or received
 */
public record Message(
    GhlMessageId id,
    GhlConversationId conversationId,
    String ghlContactId,
    String type,
    String direction,
    String status,
    String body,
    String contentType,
    List<String> attachments,
    String userId,
    String source,
    Instant addedAt) {
  public Message {
    attachments = List.copyOf(attachments);
  }

  /** The same message in another state. */
  public Message withStatus(String changed) {
    return new Message(
        id,
        conversationId,
        ghlContactId,
        type,
        direction,
        changed,
        body,
        contentType,
        attachments,
        userId,
        source,
        addedAt);
  }

  /** Ids and status only: the rest is personal data. */
  @Override
  public String toString() {
    return "Message[" + id + " of " + conversationId + ", " + status + "]";
  }
}
