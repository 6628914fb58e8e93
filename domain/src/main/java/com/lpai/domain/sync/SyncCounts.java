package com.lpai.domain.sync;

/** How many records of one kind a location has, by sync state; deleted ones do not count. */
public record SyncCounts(long total, long synced, long pending, long blocked, long failed) {
  public static final SyncCounts NONE = new SyncCounts(0, 0, 0, 0, 0);
}
