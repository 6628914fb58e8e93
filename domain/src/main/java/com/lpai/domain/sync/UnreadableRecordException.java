package com.lpai.domain.sync;

/**
 * What is stored of one record is damaged, or was written by a newer version; others are not
 * concerned. The message says what a person can do, and holds no value of the record.
 */
public class UnreadableRecordException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public UnreadableRecordException(String message) {
    super(message);
  }

  public UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
