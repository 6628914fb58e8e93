package com.lpai.dev.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A command as it came. */
final class Message {
  private final Command command;
  private final byte[] bytes;
  private final boolean answered;

  /**
   * @param bytes all of it, as it will be forwarded
   * @param answered false for a command that no reply follows
   */
  Message(Command command, byte[] bytes, boolean answered) {
    this.command = command;
    this.bytes = bytes;
    this.answered = answered;
  }

  Command command() {
    return command;
  }

  boolean isAnswered() {
    return answered;
  }

  boolean contains(byte[] text) {
    for (int start = 0; start + text.length <= bytes.length; start++) {
      if (Arrays.equals(bytes, start, start + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
