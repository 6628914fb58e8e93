package com.lpai.application.connection;

import java.time.Duration;

/** Lets a little time pass while another instance renews a token that this thread needs. */
@FunctionalInterface
public interface Pause {
  /**
   * Waits.
   *
   * @throws InterruptedException when the server stops
   */
  void pause(Duration time) throws InterruptedException;
}
