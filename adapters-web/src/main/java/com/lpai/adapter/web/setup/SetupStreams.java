package com.lpai.adapter.web.setup;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.adapter.web.stream.Listener;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Opens streams of setups. */
final class SetupStreams {
  private final SetupUseCase setups;
  private final SetupFeed feed;
  private final InstantSource time;
  private final Spans spans;

  /**
   * How long things take.
   *
   * @param heartbeat how long a stream is silent at most
   * @param sendWithin how long a client may take to accept an event
   * @param life how long a stream lasts at most
   */
  record Spans(Duration heartbeat, Duration sendWithin, Duration life) {
    static final Spans USUAL = new Spans(Listener.HEARTBEAT, Listener.SEND_WITHIN, Listener.LIFE);
  }

  SetupStreams(SetupUseCase setups, SetupFeed feed, InstantSource time, Spans spans) {
    this.setups = setups;
    this.feed = feed;
    this.time = time;
    this.spans = spans;
  }

  /**
   * Begins to tell a client of a setup.
   *
   * @param lastEventId of the stream that the client had before, on whichever instance
   * @throws WebApplicationException 204 when the client has the last state of a setup that is over:
   *     it need not come back
   * @throws ProblemException when there is no such location, too many watch, or the server stops
   */
  void open(LocationId location, Caller caller, String lastEventId, SseEventSink sink, Sse sse) {
    Sight.Seen now =
        setups.stored(location).map(Sight.Seen::new).orElseThrow(SetupStreams::unknownLocation);
    boolean isKnown = lastEventId.equals(now.id());
    if (isKnown && now.isOver()) {
      throw new WebApplicationException(Response.noContent().build());
    }
    SetupFeed.Watch watch = feed.join(location, now.stored()).orElseThrow(feed::refusal);
    Instant end = time.instant().plus(spans.life());
    SetupWatcher.Client client =
        new SetupWatcher.Client(
            new Listener(sink, sse, spans.sendWithin()),
            isKnown ? now.id() : "",
            caller.until(),
            end);
    Thread.ofVirtual()
        .name("setup-watcher")
        .start(new SetupWatcher(feed, watch, client, time, spans.heartbeat()));
  }

  static ProblemException unknownLocation() {
    return new ProblemException(Problem.notFound("There is no such location."));
  }
}
