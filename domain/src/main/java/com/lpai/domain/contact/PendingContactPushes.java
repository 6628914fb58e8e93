package com.lpai.domain.contact;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/** Finds contacts whose push is due, over all locations: the only look across tenants here. */
public interface PendingContactPushes {

  /** Where to find one contact. */
  record Due(LocationId locationId, ContactId id, Instant dueAt) {}

  /**
   * Contacts with a pending or blocked push due at or before {@code now}, longest due first,
   * tombstones included. Finding is not claiming: the claim is the stored intent of the call
   * ({@link Contact#pushStarted}), which only one can store.
   */
  List<Due> due(Instant now, int limit);
}
