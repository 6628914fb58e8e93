package com.lpai.adapter.web.oauth;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.api.LocationJson;
import com.lpai.adapter.web.api.SetupAnswers;
import com.lpai.adapter.web.api.SetupJson;
import com.lpai.adapter.web.api.SharedCounts;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Open;
import com.lpai.adapter.web.security.StreamAccess;
import com.lpai.adapter.web.security.TokenVerifier;
import com.lpai.adapter.web.security.TokenVerifier.SetupVisitor;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Optional;

/** What the page after an installation shows and does, for as long as its ticket lasts. */
@Path("oauth/progress")
@Produces("application/json")
@Open("the ticket of the page after an installation, for one setup or one agency")
@Dependent
public class ProgressResource {
  private final SetupUseCase setup;
  private final HealthQueries health;
  private final SharedCounts counts;
  private final TokenVerifier verifier;
  private final StreamAccess streams;
  private final SetupAnswers answers;
  private final InstantSource time;

  @Inject
  public ProgressResource(
      SetupUseCase setup,
      HealthQueries health,
      SharedCounts counts,
      TokenVerifier verifier,
      StreamAccess streams,
      WebSettings settings,
      InstantSource time) {
    this.setup = setup;
    this.health = health;
    this.counts = counts;
    this.verifier = verifier;
    this.streams = streams;
    this.answers = new SetupAnswers(settings);
    this.time = time;
  }

  /** How far the setup of the ticket's location is, or the search of the ticket's agency. */
  @GET
  public Response progress(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization) {
    String ticket = bearer(authorization);
    Optional<CompanyId> company = verifier.companyTicket(ticket);
    JsonObject json = company.isPresent() ? of(company.get()) : of(visitor(ticket).location());
    return Response.ok(json.toString()).build();
  }

  private JsonObject of(LocationId id) {
    Location location =
        health.location(id).orElseThrow(ProgressResource::unknownLocation).location();
    return JSON.createObjectBuilder()
        .add("name", location.details().name())
        .add("setup", SetupJson.of(location.setup(), time.instant()))
        .add("totals", counts.of(id).map(LocationJson::of).orElse(JsonValue.EMPTY_JSON_OBJECT))
        .build();
  }

  private JsonObject of(CompanyId id) {
    return health.companies().stream()
        .filter(known -> known.discovery().companyId().equals(id))
        .findFirst()
        .map(
            known ->
                JSON.createObjectBuilder()
                    .add("name", "Your agency")
                    .add("company", of(known.discovery()))
                    .build())
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("There is no such agency any more.")));
  }

  private static JsonObjectBuilder of(Discovery discovery) {
    return JSON.createObjectBuilder()
        .add("searching", discovery.isUnderWay())
        .add("locations", discovery.listed())
        .add("connected", discovery.connected())
        .add("trouble", discovery.trouble());
  }

  /** A one-use ticket for the stream of the same, which a browser opens without a header. */
  @POST
  @Path("stream-ticket")
  public Response streamTicket(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization) {
    SetupVisitor visitor = visitor(bearer(authorization));
    requireSetup(visitor.location());
    return answers.ticket(visitor.location(), streams.issue(visitor.caller(), visitor.location()));
  }

  /**
   * Repeats a step that failed or waits for its next attempt, for whoever has just installed the
   * app: they could as well install it again, and have everything copied.
   */
  @POST
  @Path("steps/{step}/retry")
  public Response retry(
      @PathParam("step") String stepName,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization) {
    LocationId location = visitor(bearer(authorization)).location();
    SetupStep step = SetupAnswers.step(stepName);
    StepResult result = requireSetup(location).result(step);
    if (result.state() != StepResult.State.FAILED && !result.isToBeTriedAgain()) {
      throw new ProblemException(
          Problem.of(
              409, "not-failed", "This step has not failed", "Only a failed step is repeated."));
    }
    return answers.of(location, setup.retry(location, step));
  }

  private Setup requireSetup(LocationId location) {
    return setup.progress(location).orElseThrow(ProgressResource::unknownLocation);
  }

  private SetupVisitor visitor(String ticket) {
    return verifier
        .setupTicket(ticket)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.unauthorized("The ticket has expired; look in the console.")));
  }

  private static ProblemException unknownLocation() {
    return new ProblemException(Problem.notFound("There is no such location any more."));
  }

  private static String bearer(String authorization) {
    return authorization.replaceFirst("(?i)^bearer +", "");
  }
}
