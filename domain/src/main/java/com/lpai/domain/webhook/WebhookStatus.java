package com.lpai.domain.webhook;

/** The states of a stored event. */
public enum WebhookStatus {
  /** Waits for its turn, or for its next attempt. */
  PENDING,
  /** A worker holds it. */
  PROCESSING,
  /** Applied. */
  DONE,
  /** Nothing was to be done; the outcome says why. */
  SKIPPED,
  /** Its tenant or type is unknown; an operator may look. */
  QUARANTINED,
  /** It failed again and again; kept until somebody decides. */
  DEAD
}
