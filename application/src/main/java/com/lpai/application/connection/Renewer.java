package com.lpai.application.connection;

import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;

/** Gets new tokens for one kind of owner; at most one call each to two places. */
@FunctionalInterface
interface Renewer<O> {

  /** What came of it. */
  sealed interface Outcome {
    /** New tokens. */
    record Renewed(OAuthTokens tokens) implements Outcome {}

    /** There is no way without a person. */
    record Refused(String message) implements Outcome {}

    /** The location is not active. */
    record NotActive(String message) implements Outcome {}

    /** Nothing is known of the tokens; try again. */
    record Failed(String message) implements Outcome {}
  }

  Outcome renew(O owner, Connection connection, Renewal renewal);
}
