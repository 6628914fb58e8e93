package com.lpai.domain.conversation;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;

/** Where conversations are kept, unique by location and CRM id. */
public interface ConversationRepository {
  /**
   * Stores these conversations in few round trips; those that are stored already and differ are
   * changed.
   *
   * @param conversations of two with one id the last counts
   * @return how many documents were written; 0 when nothing differed
   */
  int saveAll(LocationId locationId, List<Conversation> conversations);

  Optional<Conversation> find(LocationId locationId, GhlConversationId id);

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
