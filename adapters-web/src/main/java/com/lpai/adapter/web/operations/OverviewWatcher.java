package com.lpai.adapter.web.operations;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the overview to one browser until it goes away. A slow one gets fewer states, a stuck one
 * is let go, and all are asked to come back now and then, so that their session is checked again.
 */
final class OverviewWatcher implements Runnable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration SEND_WITHIN = Duration.ofSeconds(10);
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final OverviewFeed feed;
  private final SseEventSink sink;
  private final Sse sse;

  OverviewWatcher(OverviewFeed feed, SseEventSink sink, Sse sse) {
    this.feed = feed;
    this.sink = sink;
    this.sse = sse;
  }

  @Override
  public void run() {
    long end = System.nanoTime() + LIFE.toNanos();
    try (SseEventSink open = sink) {
      send(open, time());
      Snapshot seen = Snapshot.NOTHING;
      while (!open.isClosed() && !feed.isClosed() && System.nanoTime() < end) {
        Snapshot next = feed.next(seen.number(), HEARTBEAT);
        send(open, next.number() == seen.number() ? time() : overview(next, seen));
        seen = next;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException gone) {
      // The browser went away or does not read: both are its own business.
      System.getLogger(OverviewWatcher.class.getName())
          .log(System.Logger.Level.DEBUG, "A watcher of the overview is gone: {0}", gone);
    } catch (java.io.IOException alreadyClosed) {
      System.getLogger(OverviewWatcher.class.getName())
          .log(System.Logger.Level.DEBUG, "A stream was closed already: {0}", alreadyClosed);
    } finally {
      feed.leave();
    }
  }

  private static void send(SseEventSink sink, OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event).toCompletableFuture().get(SEND_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }

  /** Browsers reckon ages by it, and hear that the stream lives. */
  private OutboundSseEvent time() {
    return sse.newEventBuilder().name("time").data(String.class, feed.now()).build();
  }

  private OutboundSseEvent overview(Snapshot next, Snapshot seen) {
    boolean isKnown = next.continues(seen);
    return sse.newEventBuilder()
        .name(isKnown ? "changes" : "overview")
        .id(Long.toString(next.number()))
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(String.class, isKnown ? next.changesSince(seen) : next.whole())
        .build();
  }
}
