package com.lpai.application.webhook;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.util.List;

/**
 * Applies events of one kind, which it is not told how to read.
 *
 * @param <E> an event with what it means
 */
@FunctionalInterface
interface EventsOfOneKind<E> {
  /** As {@link EventProcessor#apply}; a fault of ours may be thrown, whichever event it is of. */
  List<Result> apply(LocationId locationId, List<E> events);
}
