package com.lpai.domain.conversation;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/**
 * The CRM's conversations (ghl-facts.md 3.6). Every method makes at most one call, repeated once
 * after a token was renewed; waits for nothing; and answers every failure as a {@link
 * com.lpai.domain.crm.CrmFailure}.
 */
public interface CrmConversations {

  /** The two lists in which the CRM gives out a location's messages: one leaves e-mail out. */
  enum Channel {
    ALL_BUT_EMAIL,
    EMAIL
  }

  /**
   * The page of conversations at this cursor, by the time of the latest message, oldest first; an
   * empty cursor is the first page. One that gets a message meanwhile comes again at the end.
   *
   * @param changedSince only those with a message at or after this time; {@link Instant#EPOCH} for
   *     all
   */
  CrmResult<CrmPage<Conversation>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority);

  /** One conversation; what it tells of its latest message may be less than a page does. */
  CrmResult<Conversation> find(LocationId locationId, GhlConversationId id, CallPriority priority);

  /**
   * The page of one channel's messages of the whole location at this cursor, oldest first; an empty
   * cursor is the first page.
   *
   * @param addedSince only those of this time or later; {@link Instant#EPOCH} for all
   */
  CrmResult<CrmPage<Message>> exported(
      LocationId locationId,
      Channel channel,
      String cursor,
      int size,
      Instant addedSince,
      CallPriority priority);

  /** The page of one conversation's messages at this cursor, newest first. */
  CrmResult<CrmPage<Message>> messages(
      LocationId locationId,
      GhlConversationId conversation,
      String cursor,
      int size,
      CallPriority priority);
}
