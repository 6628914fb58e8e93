package com.lpai.adapter.web.operations;

import com.lpai.adapter.web.stream.Listener;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Sends the overview to one browser until it goes away, or has to come back, so that its session is
 * checked again.
 */
final class OverviewWatcher implements Runnable {
  private final OverviewFeed feed;
  private final Listener browser;
  private final long end = System.nanoTime() + Listener.LIFE.toNanos();
  private Snapshot seen = Snapshot.NOTHING;

  OverviewWatcher(OverviewFeed feed, SseEventSink sink, Sse sse) {
    this.feed = feed;
    this.browser = new Listener(sink, sse, Listener.SEND_WITHIN);
  }

  @Override
  public void run() {
    try {
      browser.hear(time(), this::tellNext);
    } finally {
      feed.leave();
    }
  }

  private boolean tellNext() throws InterruptedException, ExecutionException, TimeoutException {
    Snapshot next = feed.next(seen.number(), Listener.HEARTBEAT);
    if (feed.isClosed() || System.nanoTime() - end >= 0) {
      return false;
    }
    browser.send(next.number() == seen.number() ? time() : overview(next));
    seen = next;
    return true;
  }

  /** Browsers reckon ages by it, and hear that the stream lives. */
  private OutboundSseEvent.Builder time() {
    return browser.event().name("time").data(String.class, feed.now());
  }

  private OutboundSseEvent.Builder overview(Snapshot next) {
    boolean isKnown = next.continues(seen);
    return browser
        .event()
        .name(isKnown ? "changes" : "overview")
        .id(Long.toString(next.number()))
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(String.class, isKnown ? next.changesSince(seen) : next.whole());
  }
}
