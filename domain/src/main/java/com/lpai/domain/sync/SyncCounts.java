package com.lpai.domain.sync;

/**
 * How many records of one kind a location has, by sync state; deleted ones do not count.
 *
 * @param failed with those whose deletion the CRM refused: it has them still, and nobody sees them
 */
public record SyncCounts(long total, long synced, long pending, long blocked, long failed) {
  public static final SyncCounts NONE = new SyncCounts(0, 0, 0, 0, 0);
}
