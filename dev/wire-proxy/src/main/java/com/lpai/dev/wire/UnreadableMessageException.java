package com.lpai.dev.wire;

import java.io.IOException;

/** Bytes that the proxy cannot take for a command or a reply; the message says what to change. */
final class UnreadableMessageException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableMessageException(String message) {
    super(message);
  }
}
