package com.lpai.domain.connection;

/**
 * The one place that every call to the CRM takes its token from.
 *
 * @param <O> whose tokens they are: {@link com.lpai.domain.tenant.LocationId} or {@link
 *     com.lpai.domain.tenant.CompanyId}
 */
public interface AccessTokens<O> {

  /** The answer to a request for a token. */
  sealed interface Answer {
    /**
     * A token that is valid now.
     *
     * @param unproven nobody has seen it work yet: who sees it must call {@link #worked}
     */
    record Usable(Secret token, boolean unproven) implements Answer {}

    /** There is none, and asking the CRM again at once would not help. */
    record NotConnected(String why) implements Answer {}

    /** There is one, but it could not be refreshed just now. */
    record NotNow(String why) implements Answer {}
  }

  /** A valid token, refreshed first when it is about to expire. */
  Answer current(O owner);

  /**
   * A token newer than the one the CRM has just refused as invalid or expired. When another thread
   * or instance has refreshed it meanwhile, that one is the answer.
   */
  Answer renewed(O owner, Secret refused);

  /** The CRM accepted the token: what waited for that proof is done. */
  void worked(O owner, Secret token);

  /** The CRM answered that the owner of the token is not active: it is left in peace for a time. */
  void notActive(O owner, Secret token, String message);
}
