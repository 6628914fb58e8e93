package com.lpai.domain.connection;

import java.time.Instant;

/** The way of a location from an API key to OAuth, in two phases (spec 3; trap 14). */
public sealed interface Migration {
  /** It never had a key. */
  record None() implements Migration {}

  /** The key is kept until a call with an OAuth token has succeeded. */
  record Pending(Secret apiKey) implements Migration {
    private static final String PRIVATE_INTEGRATION = "pit-";

    /** Location keys of the old API are not accepted any more (ghl-facts.md 1). */
    public boolean isAccepted() {
      return apiKey.value().startsWith(PRIVATE_INTEGRATION);
    }
  }

  /** The key is gone. */
  record Done(Instant at) implements Migration {}
}
