package com.lpai.adapter.web.setup;

import com.lpai.application.setup.StoredSetup;

/** What was seen when somebody looked at a location's setup. */
sealed interface Sight {
  /** This. */
  record Seen(StoredSetup stored) implements Sight {
    /** Of the state, the same on every instance; never that of another installation's. */
    String id() {
      return stored.installedAt().toEpochMilli() + "-" + stored.version();
    }

    boolean isOver() {
      return stored.setup().isOver();
    }
  }

  /** The location is not there any more. */
  record Gone() implements Sight {}
}
