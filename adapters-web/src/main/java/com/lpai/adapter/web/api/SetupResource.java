package com.lpai.adapter.web.api;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

/** How far a location's setup is. */
@Path("locations/{locationId}/setup")
@Produces("application/json")
@Dependent
public class SetupResource {
  private final SetupUseCase setup;
  private final SetupAnswers answers;
  private final InstantSource time;

  @Inject
  public SetupResource(SetupUseCase setup, WebSettings settings, InstantSource time) {
    this.setup = setup;
    this.answers = new SetupAnswers(settings);
    this.time = time;
  }

  @GET
  public Response progress(@PathParam("locationId") String locationId) {
    Setup progress =
        setup
            .progress(new LocationId(locationId))
            .orElseThrow(
                () -> new ProblemException(Problem.notFound("There is no such location.")));
    return Response.ok(SetupJson.of(progress, time.instant()).toString()).build();
  }

  /** Repeats one step, and those that were skipped for want of it. */
  @POST
  @Path("steps/{step}/retry")
  @OperatorOnly
  public Response retry(
      @PathParam("locationId") String locationId, @PathParam("step") String stepName) {
    LocationId location = new LocationId(locationId);
    SetupStep step =
        SetupStep.named(stepName)
            .orElseThrow(
                () -> new ProblemException(Problem.notFound("A setup has no step of this name.")));
    return answers.of(location, setup.retry(location, step));
  }
}
