package com.lpai.domain.conversation;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where messages are kept, unique by location and CRM id. */
public interface MessageRepository {
  /**
   * Stores these messages in few round trips; one that is stored already is {@link
   * Message#renewed}.
   *
   * @param messages of two with one id the last counts
   * @return how many documents were written; 0 when nothing differed
   */
  int saveAll(LocationId locationId, List<Message> messages);

  /** Those of these messages that are stored, in one query. */
  Map<GhlMessageId, Message> findAll(LocationId locationId, Collection<GhlMessageId> ids);

  /** Removes all messages of a conversation. */
  void removeAll(LocationId locationId, GhlConversationId conversation);

  /**
   * A page of one conversation's messages, the latest first.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param cursor {@code nextCursor} of the page before; empty for the first
   */
  Page<Message> list(
      LocationId locationId, GhlConversationId conversation, int limit, String cursor);

  /** How many messages the location has, in all conversations together. */
  long count(LocationId locationId);
}
