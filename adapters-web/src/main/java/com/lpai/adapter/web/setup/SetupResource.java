package com.lpai.adapter.web.setup;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.api.SetupAnswers;
import com.lpai.adapter.web.api.SetupJson;
import com.lpai.adapter.web.security.ByTicket;
import com.lpai.adapter.web.security.Caller;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.adapter.web.security.StreamAccess;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.setup.StoredSetup;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.InstantSource;

/** How far a location's setup is. */
@Path("locations/{locationId}/setup")
@Produces("application/json")
@Dependent
public class SetupResource {
  private final SetupUseCase setup;
  private final SetupStreams streams;
  private final StreamAccess access;
  private final SetupAnswers answers;
  private final InstantSource time;

  @Inject
  public SetupResource(
      SetupUseCase setup,
      SetupFeed feed,
      StreamAccess access,
      WebSettings settings,
      InstantSource time) {
    this.setup = setup;
    this.streams = new SetupStreams(setup, feed, time, SetupStreams.Spans.USUAL);
    this.access = access;
    this.answers = new SetupAnswers(settings);
    this.time = time;
  }

  @GET
  public Response progress(@PathParam("locationId") String locationId) {
    StoredSetup stored =
        setup.stored(new LocationId(locationId)).orElseThrow(SetupStreams::unknownLocation);
    return Response.ok(SetupJson.of(stored.setup(), time.instant()).toString()).build();
  }

  /** Without this a HEAD would open a stream that nobody reads. */
  @HEAD
  @Path("stream")
  public Response noStream() {
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
  }

  /** Each state of the setup as server-sent events, until it is over. */
  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ByTicket
  public void stream(
      @PathParam("locationId") String locationId,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @DefaultValue("") String lastEventId,
      @Context SecurityContext security,
      @Context SseEventSink sink,
      @Context Sse sse) {
    streams.open(new LocationId(locationId), Caller.of(security), lastEventId, sink, sse);
  }

  /** A ticket for the stream, for those who cannot send a header with it. */
  @POST
  @Path("stream-ticket")
  public Response ticket(
      @PathParam("locationId") String locationId, @Context SecurityContext security) {
    LocationId location = new LocationId(locationId);
    return answers.ticket(location, access.issue(Caller.of(security), location));
  }

  /** Repeats one step, and those that were skipped for want of it. */
  @POST
  @Path("steps/{step}/retry")
  @OperatorOnly
  public Response retry(
      @PathParam("locationId") String locationId, @PathParam("step") String stepName) {
    LocationId location = new LocationId(locationId);
    return answers.of(location, setup.retry(location, SetupAnswers.step(stepName)));
  }
}
