package com.lpai.domain.webhook;

import com.lpai.domain.sync.StorageUnavailableException;

/** So many events wait to be stored that no further one is let in; nothing of it was stored. */
public final class QueueFullException extends StorageUnavailableException {
  private static final long serialVersionUID = 1L;

  public QueueFullException(String message) {
    super(message);
  }
}
