package com.lpai.domain.sync;

/** A record's sync state in one word, as every answer of the REST API carries it. */
public enum SyncPhase {
  SYNCED,
  PENDING,
  BLOCKED,
  FAILED
}
