package com.lpai.domain.conversation;

import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;

/** Where messages are kept that are sent from here. */
public interface OutgoingMessageRepository
    extends AboutContactRepository<OutgoingMessageId, GhlMessageId, OutgoingMessage> {

  /** Those that were not discarded, in the order in which they were written. */
  Page<OutgoingMessage> list(LocationId locationId, OutgoingMessageQuery query);
}
