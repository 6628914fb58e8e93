package com.lpai.application.connection;

import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;

/** Gets new tokens for one kind of owner: by its refresh token, else from above it. */
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

    /** No token for now, and the present ones are as good as before; try again later. */
    record Failed(String message) implements Outcome {}

    /** The CRM gave no answer: the refresh token may be used up, and is answered again at once. */
    record Unanswered(String message) implements Outcome {}
  }

  Outcome renew(O owner, Connection connection, Renewal renewal);
}
