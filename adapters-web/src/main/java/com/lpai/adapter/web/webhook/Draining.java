package com.lpai.adapter.web.webhook;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether this server is about to stop and takes no more events. */
public final class Draining {
  private final AtomicBoolean begun = new AtomicBoolean();

  public void begin() {
    begun.set(true);
  }

  public boolean hasBegun() {
    return begun.get();
  }
}
