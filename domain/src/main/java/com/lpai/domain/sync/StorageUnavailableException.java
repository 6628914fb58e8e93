package com.lpai.domain.sync;

/** The database cannot be reached or did not confirm a write; nothing may be taken as stored. */
public class StorageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageUnavailableException(String message) {
    super(message);
  }

  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
