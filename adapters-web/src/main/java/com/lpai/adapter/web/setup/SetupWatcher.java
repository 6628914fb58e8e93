package com.lpai.adapter.web.setup;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.api.SetupJson;
import com.lpai.application.setup.StoredSetup;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells one client each state of a setup until the setup is over, the location is gone, the right
 * to look ends, the server stops, or the client goes away. A slow client gets fewer states, a stuck
 * one is let go.
 */
final class SetupWatcher implements Runnable {
  private static final System.Logger LOG = System.getLogger(SetupWatcher.class.getName());
  private static final Duration SEND_WITHIN = Duration.ofSeconds(10);
  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);

  private final SetupFeed feed;
  private final SetupFeed.Watch watch;
  private final Client client;
  private final InstantSource time;
  private final Duration heartbeat;

  /** The version of the state that the client has; 0 for none. */
  private long sent;

  /**
   * Who is told.
   *
   * @param has the version of the state that it has from a stream before; 0 for none
   * @param rightUntil when its right to look ends
   */
  record Client(SseEventSink sink, Sse sse, long has, Instant rightUntil) {}

  /**
   * A watcher that has not begun yet.
   *
   * @param watch its place, which it leaves at its end
   * @param heartbeat how long it is silent at most
   */
  SetupWatcher(
      SetupFeed feed,
      SetupFeed.Watch watch,
      Client client,
      InstantSource time,
      Duration heartbeat) {
    this.feed = feed;
    this.watch = watch;
    this.client = client;
    this.time = time;
    this.heartbeat = heartbeat;
    this.sent = client.has();
  }

  @Override
  public void run() {
    try (watch;
        SseEventSink open = client.sink()) {
      send(
          client
              .sse()
              .newEventBuilder()
              .comment("setup")
              .reconnectDelay(COME_BACK_AFTER.toMillis()));
      while (!open.isClosed() && tellNext()) {
        // Each round waits for something to tell.
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | IOException | RuntimeException gone) {
      // The client went away or does not read: both are its own business.
      LOG.log(System.Logger.Level.DEBUG, "A watcher of a setup is gone: {0}", gone);
    }
  }

  /** Waits for what is to be told next, and tells it; false after the last. */
  private boolean tellNext() throws InterruptedException, ExecutionException, TimeoutException {
    Duration left = Duration.between(time.instant(), client.rightUntil());
    Sight sight = watch.next(sent, left.compareTo(heartbeat) < 0 ? left : heartbeat);
    if (feed.isClosed()) {
      // Without a word: the client comes back, to another instance.
      return false;
    }
    if (!time.instant().isBefore(client.rightUntil())) {
      return end("expired");
    }
    return switch (sight) {
      case Sight.Gone gone -> end("gone");
      case Sight.Seen(StoredSetup stored) when stored.version() == sent -> {
        send(client.sse().newEventBuilder().comment("still here"));
        yield true;
      }
      case Sight.Seen seen -> {
        tell(seen.stored());
        yield !seen.isOver() || end("over");
      }
    };
  }

  private void tell(StoredSetup stored)
      throws InterruptedException, ExecutionException, TimeoutException {
    send(
        client
            .sse()
            .newEventBuilder()
            .name("setup")
            .id(Long.toString(stored.version()))
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(String.class, SetupJson.of(stored.setup(), time.instant()).toString()));
    sent = stored.version();
  }

  /** The last word; a client that hears it need not come back. */
  private boolean end(String reason)
      throws InterruptedException, ExecutionException, TimeoutException {
    send(
        client
            .sse()
            .newEventBuilder()
            .name("end")
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(
                String.class, JSON.createObjectBuilder().add("reason", reason).build().toString()));
    return false;
  }

  private void send(OutboundSseEvent.Builder event)
      throws InterruptedException, ExecutionException, TimeoutException {
    client
        .sink()
        .send(event.build())
        .toCompletableFuture()
        .get(SEND_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }
}
