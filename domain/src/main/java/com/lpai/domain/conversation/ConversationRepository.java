package com.lpai.domain.conversation;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where conversations are kept, unique by location and CRM id. */
public interface ConversationRepository {
  /**
   * Stores these conversations in few round trips; one that is stored already is {@link
   * Conversation#renewed}.
   *
   * @param conversations of two with one id the last counts
   * @return how many documents were written; 0 when nothing differed
   */
  int saveAll(LocationId locationId, List<Conversation> conversations);

  Optional<Conversation> find(LocationId locationId, GhlConversationId id);

  /** As {@link #find} for several, in one query; those that are not stored are not in the map. */
  Map<GhlConversationId, Conversation> findAll(
      LocationId locationId, Collection<GhlConversationId> ids);

  /**
   * Conversations whose latest message is of a span of time, the oldest first; without a message
   * they are of {@link Instant#EPOCH}.
   *
   * @param from in it
   * @param to not in it
   */
  List<Conversation> between(LocationId locationId, Instant from, Instant to, int limit);

  /** Removes a conversation; its messages are removed on their own. */
  void remove(LocationId locationId, GhlConversationId id);

  /**
   * A page of conversations, the one with the latest message first.
   *
   * @param limit 1 to {@link Page#LARGEST}
   * @param cursor {@code nextCursor} of the page before; empty for the first
   */
  Page<Conversation> list(LocationId locationId, int limit, String cursor);

  /** How many conversations the location has. */
  long count(LocationId locationId);
}
