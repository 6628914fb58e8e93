package com.lpai.application.conversation;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageQuery;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Messages that are sent from here. Each is stored first and sent in the background; one of which
 * nobody knows whether it was sent is never sent again unless a person says so (spec 6).
 */
public interface SendMessagesUseCase {

  /**
   * Sends a message to a contact, or answers the one that this request has made already.
   *
   * @param by who does
   */
  EditOutcome<OutgoingMessage> send(
      LocationId locationId, Once once, ContactId contact, FieldChanges values, Origin by);

  /**
   * The same to the contact of a conversation.
   *
   * @param conversationId as somebody gave it; it need not be any conversation's
   * @param by who does
   * @return {@link EditOutcome.NotFound} when the location has no such conversation
   */
  EditOutcome<OutgoingMessage> reply(
      LocationId locationId, Once once, String conversationId, FieldChanges values, Origin by);

  Optional<OutgoingMessage> find(LocationId locationId, OutgoingMessageId id);

  /** Those that were sent or are to be sent, in the order in which they were written. */
  Page<OutgoingMessage> list(LocationId locationId, OutgoingMessageQuery query);

  /** Tries one again that failed or waits; one that may have been sent is looked for, not sent. */
  EditOutcome<OutgoingMessage> retry(LocationId locationId, OutgoingMessageId id);

  /**
   * Sends one that failed, whether or not it was sent before: a person has decided that.
   *
   * @param expectedVersion the version that the person saw; empty when any will do
   * @return {@link EditOutcome.Refused} for one that did not fail
   */
  EditOutcome<OutgoingMessage> sendAnew(
      LocationId locationId, OutgoingMessageId id, OptionalLong expectedVersion);

  /**
   * Forgets one that is not to be sent any more.
   *
   * @param expectedVersion the version that the person saw; empty when any will do
   * @return {@link EditOutcome.Refused} for one that was sent, or may be under way
   */
  EditOutcome<OutgoingMessage> discard(
      LocationId locationId, OutgoingMessageId id, OptionalLong expectedVersion);
}
