package com.lpai.domain.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A conversation with one contact, as far as the CRM told of it (ghl-facts.md 3.6): its answers
 * leave out now this and now that, which is no reason to forget it.
 *
 * @param ghlContactId the CRM's id of the contact; empty while it was not told
 * @param type the CRM's word, for example {@code TYPE_PHONE}; empty while it was not told
 * @param unreadCount empty while it was not told, and so on
 * @param assignedTo the CRM's id of a user; an empty text when nobody
 * @param lastMessageType the CRM's word; empty while it was not told
 * @param lastMessageBody the beginning of the latest message; an empty text when it has none
 * @param heardAt the envelope's time of the latest event about its state; {@link Instant#EPOCH}
 *     when there was none
 */
public record Conversation(
    GhlConversationId id,
    String ghlContactId,
    String type,
    Optional<Long> unreadCount,
    Optional<Boolean> starred,
    Optional<String> assignedTo,
    Optional<Instant> lastMessageAt,
    String lastMessageType,
    Optional<String> lastMessageBody,
    Instant heardAt) {

  /** A conversation of which no event told. */
  public Conversation(
      GhlConversationId id,
      String ghlContactId,
      String type,
      Optional<Long> unreadCount,
      Optional<Boolean> starred,
      Optional<String> assignedTo,
      Optional<Instant> lastMessageAt,
      String lastMessageType,
      Optional<String> lastMessageBody) {
    this(
        id,
        ghlContactId,
        type,
        unreadCount,
        starred,
        assignedTo,
        lastMessageAt,
        lastMessageType,
        lastMessageBody,
        Instant.EPOCH);
  }

  /** A conversation of which nothing was told. */
  public static Conversation unknown(GhlConversationId id) {
    return new Conversation(
        id,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  /**
   * The same conversation after the CRM told of it anew: of what it said nothing, nothing changes.
   */
  public Conversation renewed(Conversation told) {
    return new Conversation(
        id,
        Told.orElse(told.ghlContactId, ghlContactId),
        Told.orElse(told.type, type),
        told.unreadCount.or(() -> unreadCount),
        told.starred.or(() -> starred),
        told.assignedTo.or(() -> assignedTo),
        told.lastMessageAt.or(() -> lastMessageAt),
        Told.orElse(told.lastMessageType, lastMessageType),
        told.lastMessageBody.or(() -> lastMessageBody),
        told.heardAt.isAfter(heardAt) ? told.heardAt : heardAt);
  }

  /** The same conversation with this as its latest message. */
  public Conversation withLastMessage(Message message) {
    return new Conversation(
        id,
        ghlContactId,
        type,
        unreadCount,
        starred,
        assignedTo,
        Optional.of(message.addedAt()),
        message.type(),
        Optional.of(message.beginning()),
        heardAt);
  }

  /** The same conversation after an event about its state. */
  public Conversation heard(Instant eventAt) {
    return new Conversation(
        id,
        ghlContactId,
        type,
        unreadCount,
        starred,
        assignedTo,
        lastMessageAt,
        lastMessageType,
        lastMessageBody,
        eventAt.isAfter(heardAt) ? eventAt : heardAt);
  }

  /** By what conversations are listed: {@link Instant#EPOCH} while no message was told of. */
  public Instant listedAt() {
    return lastMessageAt.orElse(Instant.EPOCH);
  }

  /** Ids and counts only: the rest is personal data. */
  @Override
  public String toString() {
    return "Conversation[" + id + unreadCount.map(count -> ", unread " + count).orElse("") + "]";
  }
}
