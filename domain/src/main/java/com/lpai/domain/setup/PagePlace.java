package com.lpai.domain.setup;

import java.time.Instant;

/**
 * Where a page is in a copy, and what is asked for there.
 *
 * @param run the setup run it belongs to
 * @param cursor empty for the first page of the pass
 * @param since only what changed at or after this time, where the CRM can tell
 */
public record PagePlace(long run, Checkpoint.Pass pass, String cursor, Instant since) {
  public boolean isOfChanges() {
    return pass == Checkpoint.Pass.CHANGES;
  }

  /** Another page of the same pass. */
  public PagePlace at(String otherCursor) {
    return new PagePlace(run, pass, otherCursor, since);
  }
}
