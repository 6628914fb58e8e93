package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.health.HealthQueries;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;

/** What operators see. */
@Path("operations")
@Produces("application/json")
@OperatorOnly
@Dependent
public class OperationsResource {
  private static final int RECENT = 50;

  private final HealthQueries health;
  private final OverviewFeed feed;

  @Inject
  public OperationsResource(HealthQueries health, OverviewFeed feed) {
    this.health = health;
    this.feed = feed;
  }

  @GET
  @Path("overview")
  public Response overview() {
    return Response.ok(OverviewJson.of(health).toString()).build();
  }

  /** The overview each time it has changed, as server-sent events. */
  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void stream(@Context SseEventSink sink, @Context Sse sse) {
    if (!feed.join()) {
      throw new ProblemException(
          Problem.of(503, "too-many-watchers", "Too many watch already", "Try again later.")
              .after(Duration.ofSeconds(30)));
    }
    Thread.ofVirtual().name("overview-watcher").start(new OverviewWatcher(feed, sink, sse));
  }

  @GET
  @Path("locations/{locationId}/webhooks")
  public Response webhooks(@PathParam("locationId") String locationId) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    health
        .recentWebhooks(new LocationId(locationId), RECENT)
        .forEach(webhook -> items.add(OverviewJson.webhook(webhook)));
    return Response.ok(
            JSON.createObjectBuilder()
                .add("items", items)
                .add("nextCursor", JsonValue.NULL)
                .build()
                .toString())
        .build();
  }
}
