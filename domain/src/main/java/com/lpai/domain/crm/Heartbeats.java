package com.lpai.domain.crm;

import java.time.Instant;
import java.util.Map;

/**
 * Which instances are alive, by the one clock that all of them share: the database's. An instance
 * that beats no longer has lost what it holds after a while.
 */
public interface Heartbeats {

  /**
   * A sign of life.
   *
   * @param now when it was stored, by the database's clock
   * @param last when each instance was heard last, this one included; those of more than an hour
   *     ago may be missing
   */
  record Beats(Instant now, Map<String, Instant> last) {
    public Beats {
      last = Map.copyOf(last);
    }
  }

  /** Says that the instance is alive, and tells who else is. */
  Beats beat(String instance);
}
