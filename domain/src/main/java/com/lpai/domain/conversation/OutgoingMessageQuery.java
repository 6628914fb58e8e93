package com.lpai.domain.conversation;

import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which messages that were sent from here a list shows. An empty filter text filters nothing.
 *
 * @param limit messages per page, 1 to {@link Page#LARGEST}
 * @param cursor {@code nextCursor} of the page before; empty for the first
 * @param contactId matches our id of the contact
 * @param phases sync states shown; empty for all
 */
public record OutgoingMessageQuery(
    int limit, String cursor, String contactId, Set<SyncPhase> phases) {
  public OutgoingMessageQuery {
    Page.requireLimit(limit);
    phases = phases.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(phases));
  }
}
