package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.project.ProjectQueries;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** A location's projects, to be read. */
@Path("locations/{locationId}/projects")
@Produces("application/json")
@Dependent
public class ProjectsResource {
  private final ProjectQueries projects;

  @Inject
  public ProjectsResource(ProjectQueries projects) {
    this.projects = projects;
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    ProjectQuery query = Queries.projects(uri.getQueryParameters());
    return Lists.page(
        query.cursor(), () -> projects.list(new LocationId(locationId), query), ProjectJson::of);
  }

  @GET
  @Path("{projectId}")
  public Response one(
      @PathParam("locationId") String locationId, @PathParam("projectId") String projectId) {
    Project project =
        find(new LocationId(locationId), projectId)
            .orElseThrow(
                () -> new ProblemException(Problem.notFound("The location has no such project.")));
    return Response.ok(ProjectJson.of(project).toString()).tag(Versions.tag(project)).build();
  }

  private Optional<Project> find(LocationId locationId, String given) {
    ProjectId id;
    try {
      id = new ProjectId(given);
    } catch (IllegalArgumentException noIdAtAll) {
      return Optional.empty();
    }
    return projects.find(locationId, id);
  }
}
