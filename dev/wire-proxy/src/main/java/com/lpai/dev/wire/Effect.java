package com.lpai.dev.wire;

import java.time.Duration;

/** What happens to a command that a rule is about. */
sealed interface Effect {
  /** Both connections end. */
  record Cut() implements Effect {}

  /** Nothing is passed on any more, and the client's connection stays open. */
  record Drop() implements Effect {}

  /** It goes on later. */
  record Delay(Duration time) implements Effect {}

  /** What is passed on next goes at this speed. */
  record Throttle(int bytesPerSecond) implements Effect {}

  /** Something is done first, and the command goes on afterwards. */
  record Run(Runnable action) implements Effect {}

  /** A process ends (SIGKILL), and both connections with it. */
  record Kill(Victim victim) implements Effect {}

  /** All connections end, and none is accepted for a while. */
  record GoAway(Duration time) implements Effect {}

  /** Which process; looked up when it is to be killed, since a restarted one is another. */
  @FunctionalInterface
  interface Victim {
    ProcessHandle process();
  }
}
