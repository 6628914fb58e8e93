package com.lpai.application.conversation;

import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** Reading conversations and their messages. */
public interface ConversationQueries {
  /** A page of conversations, the one with the latest message first. */
  Page<Conversation> list(LocationId locationId, int limit, String cursor);

  /**
   * A page of one conversation's messages, the latest first.
   *
   * @param conversationId as somebody gave it; it need not be any conversation's
   * @return empty when the location has no such conversation
   */
  Optional<Page<Message>> messages(
      LocationId locationId, String conversationId, int limit, String cursor);
}
