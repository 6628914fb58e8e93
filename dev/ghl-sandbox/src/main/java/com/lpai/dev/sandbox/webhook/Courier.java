package com.lpai.dev.sandbox.webhook;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Brings webhooks to the app. */
interface Courier extends AutoCloseable {

  void start();

  void add(Delivery delivery);

  /** Waits in real time until each of these has been tried once; says whether all were. */
  boolean awaitFirstAttempts(Collection<String> ids, Duration within) throws InterruptedException;

  /** What waits, what is under way, then what has ended lately, newest first. */
  List<Delivery> list();

  @Override
  void close();
}
