package com.lpai.domain.connection;

/** How new tokens are got when the present ones end. */
public sealed interface Renewal {
  /** By a token that works once: the answer brings its successor (ghl-facts.md 2.2). */
  record ByRefreshToken(Secret token) implements Renewal {}

  /** By the token of the location's company; some answers bring no refresh token (trap 10). */
  record FromCompany() implements Renewal {}

  /** Not at all: what was stored cannot be read any more. */
  record Never() implements Renewal {}
}
