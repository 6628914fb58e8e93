package com.lpai.domain.conversation;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/**
 * Sending messages by the CRM (ghl-facts.md 3.6). Every method makes at most one call, repeated
 * once after a token was renewed; waits for nothing; and answers every failure as a {@link
 * com.lpai.domain.crm.CrmFailure}.
 */
public interface CrmOutgoingMessages {

  /**
   * Sends a message; a second call sends a second one.
   *
   * @param values by {@link OutgoingMessageField}, the CRM's id of the contact included
   */
  CrmResult<GhlMessageId> send(LocationId locationId, FieldChanges values);

  /**
   * All messages that went to a contact since a time, by the CRM's clock: mails, or all others. A
   * search: what was sent in the last half minute may be missing.
   */
  CrmResult<List<Message>> sentTo(
      LocationId locationId, GhlContactId contact, boolean mails, Instant since);
}
