package com.lpai.adapter.web;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets everybody go when the server stops: events are sent to other instances from then on, and
 * browsers look for one.
 *
 * <p>The container says so only after it has waited half a minute for every open request
 * (OpenLiberty 34121), and a stream of events is one that does not end by itself. The process is
 * asked instead: its end begins with a signal.
 */
final class Farewell {
  private final Runnable words;
  private final AtomicBoolean isSaid = new AtomicBoolean();
  private final Thread atTheEnd;

  Farewell(Runnable words) {
    this.words = words;
    atTheEnd = new Thread(this::once, "lpai-farewell");
  }

  /** From here on the end of the process is noticed. */
  void awaitEndOfProcess() {
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** The application stops, with the process or without it. */
  void say() {
    once();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException itEndsAlready) {
      // Then nothing of ours is kept in memory by it.
    }
  }

  private void once() {
    if (isSaid.compareAndSet(false, true)) {
      words.run();
    }
  }
}
