package com.lpai.application.setup;

import com.lpai.domain.setup.Setup;
import java.time.Instant;

/**
 * A setup as it is stored.
 *
 * @param installedAt of the location, which may have been erased and installed again meanwhile
 * @param version tells one stored state from another of that location on every instance; a later
 *     one has a greater
 */
public record StoredSetup(Setup setup, Instant installedAt, long version) {
  /**
   * True when this cannot have been stored before the other one. Versions begin anew with a
   * location that was erased; instances' clocks do not tell which of two installations is later.
   */
  public boolean supersedes(StoredSetup other) {
    return !installedAt.equals(other.installedAt) || version > other.version;
  }
}
