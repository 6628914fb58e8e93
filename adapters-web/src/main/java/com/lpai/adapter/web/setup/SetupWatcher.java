package com.lpai.adapter.web.setup;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.api.SetupJson;
import com.lpai.adapter.web.stream.Listener;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Tells one client each state of a setup until the setup is over, the location is gone, the right
 * to look ends, the client has to come back, the server stops, or the client goes away.
 */
final class SetupWatcher implements Runnable {
  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);

  private final SetupFeed feed;
  private final SetupFeed.Watch watch;
  private final Client client;
  private final InstantSource time;
  private final Duration heartbeat;

  /** The id of the state that the client has; empty for none. */
  private String sent;

  /**
   * Who is told.
   *
   * @param has the id of the state that it has from a stream before; empty for none
   * @param rightUntil when its right to look ends
   * @param comesBackAt when it has to come back, so that its right is looked at again
   */
  record Client(Listener listener, String has, Instant rightUntil, Instant comesBackAt) {
    Instant until() {
      return rightUntil.isBefore(comesBackAt) ? rightUntil : comesBackAt;
    }
  }

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
    try (watch) {
      client.listener().hear(client.listener().event().comment("setup"), this::tellNext);
    }
  }

  private boolean tellNext() throws InterruptedException, ExecutionException, TimeoutException {
    Duration left = Duration.between(time.instant(), client.until());
    Sight sight = watch.next(sent, left.compareTo(heartbeat) < 0 ? left : heartbeat);
    Instant now = time.instant();
    if (feed.isClosed()) {
      // Without a word: the client comes back, to another instance.
      return false;
    }
    if (!now.isBefore(client.rightUntil())) {
      return end("expired");
    }
    if (!now.isBefore(client.comesBackAt())) {
      return false;
    }
    return switch (sight) {
      case Sight.Gone gone -> end("gone");
      case Sight.Seen seen when seen.id().equals(sent) -> {
        client.listener().send(client.listener().event().comment("still here"));
        yield true;
      }
      case Sight.Seen seen -> {
        tell(seen);
        yield !seen.isOver() || end("over");
      }
    };
  }

  private void tell(Sight.Seen seen)
      throws InterruptedException, ExecutionException, TimeoutException {
    client
        .listener()
        .send(
            client
                .listener()
                .event()
                .name("setup")
                .id(seen.id())
                // Not with the comment: RESTEasy writes it beside data only.
                .reconnectDelay(COME_BACK_AFTER.toMillis())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(
                    String.class, SetupJson.of(seen.stored().setup(), time.instant()).toString()));
    sent = seen.id();
  }

  /** The last word; a client that hears it need not come back. */
  private boolean end(String reason)
      throws InterruptedException, ExecutionException, TimeoutException {
    client
        .listener()
        .send(
            client
                .listener()
                .event()
                .name("end")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(
                    String.class,
                    JSON.createObjectBuilder().add("reason", reason).build().toString()));
    return false;
  }
}
