package com.lpai.dev.mongo;

/** The engine cannot start; the message says why and what to do, in one line. */
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
