package com.lpai.domain.webhook;

/** The states of a stored event. */
public enum WebhookStatus {
  /** Is due. */
  PENDING,
  /** Waits until a time, or for an earlier event of its entity. */
  WAITING,
  /** Applied. */
  DONE,
  /** Applied long ago: the body is gone, the id is kept so that it is not applied again. */
  EMPTIED,
  /** Nothing was to be done; the outcome says why. */
  SKIPPED,
  /** Its tenant or type is unknown; an operator may look. */
  QUARANTINED,
  /** It failed again and again; kept until somebody decides. */
  DEAD
}
