package com.lpai.domain.conversation;

import com.lpai.domain.sync.CrmTrace;
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
 * @param trace when it was read and heard of
 * @param toldAt our clock, the time that what was told last is of: when a read was begun, or an
 *     event was taken in; {@link Instant#EPOCH} when that is not known
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
    CrmTrace trace,
    Instant toldAt) {

  /** A conversation as the CRM tells of it. */
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
        CrmTrace.NONE,
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
   * What is of an earlier time than what is known fills in what was never told, and no more, so
   * that a page that took long to come undoes nothing; of two latest messages the later one counts
   * then. What tells nothing new is not noted.
   */
  public Conversation renewed(Conversation told) {
    boolean isOlder = told.toldAt.isBefore(toldAt);
    Conversation newer = isOlder ? this : told;
    Conversation older = isOlder ? told : this;
    boolean isItsMessageLater = isOlder && told.listedAt().isAfter(listedAt());
    Conversation last = isItsMessageLater ? told : newer;
    Conversation before = isItsMessageLater ? this : older;
    Conversation after =
        new Conversation(
            id,
            Told.orElse(newer.ghlContactId, older.ghlContactId),
            Told.orElse(newer.type, older.type),
            newer.unreadCount.or(() -> older.unreadCount),
            newer.starred.or(() -> older.starred),
            newer.assignedTo.or(() -> older.assignedTo),
            last.lastMessageAt.or(() -> before.lastMessageAt),
            Told.orElse(last.lastMessageType, before.lastMessageType),
            last.lastMessageBody.or(() -> before.lastMessageBody),
            trace.with(told.trace),
            toldAt);
    return after.equals(this) ? this : after.toldAt(newer.toldAt);
  }

  /** Whether a page tells another state than is known, and may be older. */
  public boolean isDoubtedBy(Conversation listed) {
    return listed.toldAt.isBefore(toldAt)
        && !withoutMessage(renewed(listed.toldAt(toldAt))).equals(withoutMessage(this));
  }

  private static Conversation withoutMessage(Conversation one) {
    return new Conversation(
        one.id,
        one.ghlContactId,
        one.type,
        one.unreadCount,
        one.starred,
        one.assignedTo,
        Optional.empty(),
        "",
        Optional.empty());
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
        trace,
        toldAt);
  }

  /** The same, as it was told at this time of ours. */
  public Conversation toldAt(Instant at) {
    return with(trace, at);
  }

  /** The same, as a read of it alone told that was begun at this time of ours. */
  public Conversation readAt(Instant at) {
    return with(trace.read(at, Instant.EPOCH), at);
  }

  /** The same conversation after an event about its state. */
  public Conversation heard(Instant eventAt) {
    return with(trace.heard(eventAt), toldAt);
  }

  /** The same conversation after the CRM did not find it, at this time of ours. */
  public Conversation missed(Instant at) {
    return with(trace.missed(at), toldAt);
  }

  private Conversation with(CrmTrace heard, Instant told) {
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
        heard,
        told);
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
