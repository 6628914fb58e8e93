package com.lpai.domain.crm;

/** Who goes first when a location's call budget is short (spec 6, rate limits). */
public enum CallPriority {
  /** A person's write waits for it. */
  USER,
  /** A webhook asks for a second look at one record. */
  FOLLOW_UP,
  /** Setup and reconciliation. */
  BACKFILL
}
