package com.lpai.dev.mongo;

/** The engine cannot start; the message says why and what to do, in one line. */
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  StartFailedException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** The message, which is always there. */
  public String reason() {
    return reason;
  }
}
