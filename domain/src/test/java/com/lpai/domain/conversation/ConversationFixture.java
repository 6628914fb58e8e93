package com.lpai.domain.conversation;

import java.time.Instant;
import java.util.Optional;

/** Conversations of which next to nothing was told. */
public final class ConversationFixture {
  private ConversationFixture() {}

  /** Nothing but the id. */
  public static Conversation silent(String id) {
    return silent(id, Optional.empty(), Optional.empty());
  }

  /** Nothing but the time of the latest message and who cares for it. */
  public static Conversation silent(
      String id, Optional<Instant> lastMessageAt, Optional<String> assignedTo) {
    return new Conversation(
        new GhlConversationId(id),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        assignedTo,
        lastMessageAt,
        "",
        Optional.empty());
  }
}
