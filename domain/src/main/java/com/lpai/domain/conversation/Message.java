package com.lpai.domain.conversation;

import java.time.Instant;
import java.util.List;

/**
 * One message. What was once told of it stays, but for its status, the outcome of a call and the
 * mails of a thread, which grows (ghl-facts.md 3.6).
 *
 * @param ghlContactId the CRM's id of the contact; empty when the CRM does not tell
 * @param type the CRM's word, for example {@code TYPE_SMS}
 * @param direction {@code inbound} or {@code outbound}; empty when the CRM does not tell
 * @param status the CRM's word, for example {@code delivered}; empty when it does not tell
 * @param body empty when the CRM does not tell, as for a thread of mails
 * @param contentType the body's, for example {@code text/plain}; empty when the CRM does not tell
 * @param attachments their addresses
 * @param userId the CRM's id of the user who sent it; empty when nobody of the location did
 * @param source what made it, for example {@code workflow}; empty when the CRM does not tell
 * @param addedAt when it was sent or received; {@link Instant#EPOCH} when the CRM does not tell
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
    Instant addedAt,
    EmailThread thread,
    PhoneCall call) {
  /** A conversation shows no more of its latest message. */
  private static final int BEGINNING = 200;

  public Message {
    attachments = List.copyOf(attachments);
  }

  /** A message that is neither a thread of mails nor a call. */
  public Message(
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
    this(
        id,
        conversationId,
        ghlContactId,
        type,
        direction,
        status,
        body,
        contentType,
        attachments,
        userId,
        source,
        addedAt,
        EmailThread.NONE,
        PhoneCall.NONE);
  }

  /**
   * The same message after the CRM told of it anew. Of what can change, what was told counts; of
   * all else, what was told first.
   */
  public Message renewed(Message told) {
    return new Message(
        id,
        conversationId,
        Told.orElse(ghlContactId, told.ghlContactId),
        Told.orElse(type, told.type),
        Told.orElse(direction, told.direction),
        Told.orElse(told.status, status),
        Told.orElse(body, told.body),
        Told.orElse(contentType, told.contentType),
        attachments.isEmpty() ? told.attachments : attachments,
        Told.orElse(userId, told.userId),
        Told.orElse(source, told.source),
        addedAt.equals(Instant.EPOCH) ? told.addedAt : addedAt,
        thread.renewed(told.thread),
        call.renewed(told.call));
  }

  /** The beginning of its text, as a conversation shows it of its latest message. */
  public String beginning() {
    if (body.length() <= BEGINNING) {
      return body;
    }
    int end = Character.isHighSurrogate(body.charAt(BEGINNING - 1)) ? BEGINNING - 1 : BEGINNING;
    return body.substring(0, end);
  }

  /** Ids and status only: the rest is personal data. */
  @Override
  public String toString() {
    return "Message[" + id + " of " + conversationId + ", " + status + "]";
  }
}
