package com.lpai.adapter.web.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of a stream of events. A slow one is told less, a stuck one is let go. */
public final class Listener {
  /** How long a stream is silent at most, so that no proxy takes it for dead. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** How long a stream lasts at most: whoever comes back has their right to look checked again. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  /** How long a client may take to accept an event. */
  public static final Duration SEND_WITHIN = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(Listener.class.getName());

  private final SseEventSink sink;
  private final Sse sse;
  private final Duration sendWithin;

  public Listener(SseEventSink sink, Sse sse, Duration sendWithin) {
    this.sink = sink;
    this.sse = sse;
    this.sendWithin = sendWithin;
  }

  /** Waits for what is next to tell, and tells it; false after the last. */
  @FunctionalInterface
  public interface Telling {
    boolean tell() throws InterruptedException, ExecutionException, TimeoutException;
  }

  /** Tells this first, so that the client knows that it was let in, and then each of those. */
  public void hear(OutboundSseEvent.Builder first, Telling then) {
    try (SseEventSink open = sink) {
      send(first);
      while (!open.isClosed() && then.tell()) {
        // Each round waits for something to tell.
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | IOException | RuntimeException gone) {
      // The client went away or does not read: both are its own business.
      LOG.log(System.Logger.Level.DEBUG, "A watcher is gone: {0}", gone);
    }
  }

  public OutboundSseEvent.Builder event() {
    return sse.newEventBuilder();
  }

  /** Tells one event; a client that does not accept it in time is stuck. */
  public void send(OutboundSseEvent.Builder event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event.build())
        .toCompletableFuture()
        .get(sendWithin.toMillis(), TimeUnit.MILLISECONDS);
  }
}
