package com.lpai.application.work;

import java.time.Duration;

/** Lets a little time pass, where a thread has nothing better to do. */
@FunctionalInterface
public interface Sleeper {
  /**
   * Waits.
   *
   * @throws InterruptedException when the server stops
   */
  void sleep(Duration time) throws InterruptedException;
}
