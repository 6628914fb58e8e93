package com.lpai.adapter.web.webhook;

/** How many webhooks may be in this server at once, and how large together. */
public final class Places {
  private final int most;
  private final long mostBytes;
  private int taken;
  private long bytes;

  /** So many, and so large together; one alone is let in however large it is. */
  public Places(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Lets one in; false when there is no room for it. */
  synchronized boolean enter(long size) {
    if (taken >= most || (taken > 0 && bytes + size > mostBytes)) {
      return false;
    }
    taken++;
    bytes += size;
    return true;
  }

  synchronized void leave(long size) {
    taken--;
    bytes -= size;
  }
}
