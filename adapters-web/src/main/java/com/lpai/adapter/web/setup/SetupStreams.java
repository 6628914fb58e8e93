package com.lpai.adapter.web.setup;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.StoredSetup;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.InstantSource;

/** Opens streams of setups. */
final class SetupStreams {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final SetupUseCase setups;
  private final SetupFeed feed;
  private final InstantSource time;
  private final Duration heartbeat;

  SetupStreams(SetupUseCase setups, SetupFeed feed, InstantSource time) {
    this(setups, feed, time, HEARTBEAT);
  }

  /**
   * Streams.
   *
   * @param heartbeat how long a stream is silent at most, so that no proxy takes it for dead
   */
  SetupStreams(SetupUseCase setups, SetupFeed feed, InstantSource time, Duration heartbeat) {
    this.setups = setups;
    this.feed = feed;
    this.time = time;
    this.heartbeat = heartbeat;
  }

  /**
   * Begins to tell a client of a setup.
   *
   * @param lastEventId of the stream that the client had before, on whichever instance
   * @throws WebApplicationException 204 when the client has the last state of a setup that is over:
   *     it need not come back
   * @throws ProblemException when there is no such location, or too many watch
   */
  void open(LocationId location, Caller caller, String lastEventId, SseEventSink sink, Sse sse) {
    StoredSetup now = setups.stored(location).orElseThrow(SetupStreams::unknownLocation);
    boolean isKnown = lastEventId.equals(Long.toString(now.version()));
    if (isKnown && now.setup().isOver()) {
      throw new WebApplicationException(Response.noContent().build());
    }
    SetupFeed.Watch watch =
        feed.join(location, now)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                                503,
                                "too-many-watchers",
                                "Too many watch already",
                                "Try again later.")
                            .after(TRY_AGAIN)));
    long has = isKnown ? now.version() : 0;
    SetupWatcher.Client client = new SetupWatcher.Client(sink, sse, has, caller.until());
    Thread.ofVirtual()
        .name("setup-watcher")
        .start(new SetupWatcher(feed, watch, client, time, heartbeat));
  }

  static ProblemException unknownLocation() {
    return new ProblemException(Problem.notFound("There is no such location."));
  }
}
