package com.lpai.dev.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** How one command and its reply are told apart from the next on a connection. */
interface WireProtocol {
  /** The beginning of an address for clients: {@code mongodb} or {@code http}. */
  String scheme();

  /**
   * The next command.
   *
   * @return empty when the client has left between two commands
   * @throws UnreadableMessageException for what this proxy does not understand
   */
  Optional<Message> readCommand(InputStream client) throws IOException;

  /**
   * Copies the reply to a command, each part as soon as it is there.
   *
   * @return false when the connection ends with this reply
   */
  boolean copyReply(Command command, InputStream server, OutputStream reply) throws IOException;
}
