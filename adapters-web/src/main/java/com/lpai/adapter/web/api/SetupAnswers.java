package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.SecurityFilter;
import com.lpai.adapter.web.security.StreamAccess;
import com.lpai.application.setup.SetupUseCase.Requested;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;

/** What somebody who asks for a setup, or for a step of one, is answered. */
public final class SetupAnswers {
  private final WebSettings settings;

  public SetupAnswers(WebSettings settings) {
    this.settings = settings;
  }

  /** 202 with the setup that runs now, whoever began it, and the address of its progress. */
  public Response of(LocationId locationId, Requested requested) {
    return switch (requested) {
      case Requested.Started(Setup started) -> accepted(locationId, started, true);
      case Requested.AlreadyRunning(Setup running) -> accepted(locationId, running, false);
      case Requested.NotInstalled notInstalled ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "not-installed",
                  "The app is not installed there",
                  "Install it first: " + settings.address("/api/oauth/install")));
    };
  }

  private Response accepted(LocationId locationId, Setup present, boolean started) {
    return Response.accepted(
            JSON.createObjectBuilder()
                .add("locationId", locationId.value())
                .add("started", started)
                .add("setup", SetupJson.of(present))
                .build()
                .toString())
        .location(progress(locationId))
        .build();
  }

  /**
   * A ticket for the stream of a location's setup, with the path that it opens on the instance that
   * gave it or on any other.
   */
  public Response ticket(LocationId locationId, StreamAccess.Issued issued) {
    String path =
        UriBuilder.fromPath("/api/locations/{id}/setup/stream")
            .queryParam(SecurityFilter.TICKET, issued.ticket().value())
            .build(locationId.value())
            .toString();
    return Response.status(Response.Status.CREATED)
        .entity(
            JSON.createObjectBuilder()
                .add("ticket", issued.ticket().value())
                .add("stream", path)
                .add("expiresAt", issued.expiresAt().toString())
                .build()
                .toString())
        .build();
  }

  /** The step of this name. */
  public static SetupStep step(String name) {
    return SetupStep.named(name)
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("A setup has no step of this name.")));
  }

  /** Where a location's setup is told. */
  public URI progress(LocationId locationId) {
    return settings.address(
        UriBuilder.fromPath("/api/locations/{id}/setup").build(locationId.value()).toString());
  }
}
