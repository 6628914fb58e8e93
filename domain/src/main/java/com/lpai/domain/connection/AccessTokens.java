package com.lpai.domain.connection;

import com.lpai.domain.tenant.LocationId;

/** The one place that every call to the CRM takes its token from. */
public interface AccessTokens {

  /** The answer to a request for a token. */
  sealed interface Answer {
    /** A token that is valid now. */
    record Usable(Secret token) implements Answer {}

    /** There is none, and asking the CRM again at once would not help. */
    record NotConnected(String why) implements Answer {}

    /** There is one, but it could not be refreshed just now. */
    record NotNow(String why) implements Answer {}
  }

  /** A valid token for the location, refreshed first when it is about to expire. */
  Answer current(LocationId locationId);

  /**
   * A token newer than the one the CRM has just refused as invalid or expired. When another thread
   * or instance has refreshed it meanwhile, that one is the answer.
   */
  Answer renewed(LocationId locationId, Secret refused);
}
