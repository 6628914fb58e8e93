package com.lpai.domain.access;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

/**
 * Tickets for those who open an event stream of one location and cannot send a header (spec 8):
 * random, single use, short-lived. Whoever reads what is kept of them cannot use one.
 */
public interface StreamTickets {
  /** Tickets of one location that were neither used nor have expired; a few more in a rush. */
  int MOST_OPEN = 200;

  /**
   * Lets the ticket be used once for this location.
   *
   * @param ticket random; never issued before
   * @return false when the location has {@link #MOST_OPEN} of them already, and gets no more
   */
  boolean issue(LocationId locationId, String ticket, StreamGrant grant, Instant now);

  /**
   * What the ticket grants: once for a ticket that was issued for this location and has not
   * expired, of however many callers on however many instances.
   */
  Optional<StreamGrant> redeem(LocationId locationId, String ticket, Instant now);
}
