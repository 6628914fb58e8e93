package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.json.JsonText;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.AnyLocation;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.connection.DiscoverLocationsUseCase;
import com.lpai.application.connection.RegisterApiKeyUseCase;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.health.HealthQueries;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** What operators see and do. */
@Path("operations")
@Produces("application/json")
@OperatorOnly
@Dependent
public class OperationsResource {
  private static final int RECENT = 50;
  private static final int LONGEST_KEY = 4_096;

  private final HealthQueries health;
  private final OverviewFeed feed;
  private final DiscoverLocationsUseCase discovering;
  private final RegisterApiKeyUseCase registering;

  @Inject
  public OperationsResource(
      HealthQueries health,
      OverviewFeed feed,
      DiscoverLocationsUseCase discovering,
      RegisterApiKeyUseCase registering) {
    this.health = health;
    this.feed = feed;
    this.discovering = discovering;
    this.registering = registering;
  }

  /** What a person must know now. */
  @GET
  @Path("alerts")
  public Response alerts() {
    return items(OverviewJson.alerts(health.overview().alerts()));
  }

  /** Agencies that installed the app. */
  @GET
  @Path("companies")
  public Response companies() {
    return items(OverviewJson.companies(health.companies()));
  }

  /** Looks for an agency's locations again. */
  @POST
  @Path("companies/{companyId}/discovery")
  public Response discover(@PathParam("companyId") String companyId) {
    if (!discovering.request(new CompanyId(companyId))) {
      throw new ProblemException(Problem.notFound("This agency has not installed the app."));
    }
    return Response.accepted(
            JSON.createObjectBuilder().add("companyId", companyId).build().toString())
        .build();
  }

  /** Takes over a location that has an API key from the time before OAuth. */
  @POST
  @Path("locations/{locationId}/api-key")
  @AnyLocation
  @Consumes("application/json")
  public Response registerApiKey(@PathParam("locationId") String locationId, InputStream body) {
    JsonObject json = JsonBody.read(body, Set.of("apiKey"));
    RegisterApiKeyUseCase.Outcome outcome =
        registering.register(new LocationId(locationId), apiKey(json));
    return switch (outcome) {
      case IN_USE -> registered(locationId, "legacy");
      case NEEDS_INSTALL -> registered(locationId, "needsInstall");
      case ALREADY_CONNECTED ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "already-connected",
                  "The location is connected by OAuth",
                  "Its API key is not needed any more and was not stored."));
    };
  }

  private static Secret apiKey(JsonObject json) {
    if (json.get("apiKey") instanceof JsonString text
        && !text.getString().isBlank()
        && text.getString().length() <= LONGEST_KEY
        && JsonText.isStorable(text.getString())) {
      return new Secret(text.getString().strip());
    }
    throw new ProblemException(
        Problem.invalid(
            List.of(
                new FieldProblem(
                    "apiKey", "A private integration token (pit-…) or a location API key."))));
  }

  private static Response registered(String locationId, String state) {
    return Response.ok(
            JSON.createObjectBuilder()
                .add("locationId", locationId)
                .add("state", state)
                .build()
                .toString())
        .build();
  }

  private static Response items(JsonArrayBuilder items) {
    return Response.ok(
            JSON.createObjectBuilder()
                .add("items", items)
                .add("nextCursor", JsonValue.NULL)
                .build()
                .toString())
        .build();
  }

  @GET
  @Path("overview")
  public Response overview() {
    return Response.ok(Snapshot.of(health.overview()).whole()).build();
  }

  /** The overview, and what changes in it, as server-sent events. */
  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void stream(@Context SseEventSink sink, @Context Sse sse) {
    if (!feed.join()) {
      throw feed.refusal();
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
    return items(items);
  }
}
