package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.application.project.ProjectQueries;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** A location's projects. Whether the caller may see the location is settled before. */
@Path("locations/{locationId}/projects")
@Produces("application/json")
@Dependent
public class ProjectsResource {
  private final ProjectQueries queries;
  private final EditAboutContactUseCase<ProjectId, Project> editing;
  private final RepeatableRequests repeatable;
  private final RecordRequests<ProjectId, Project> requests;

  @Inject
  public ProjectsResource(
      ProjectQueries queries,
      EditAboutContactUseCase<ProjectId, Project> editing,
      IdempotencyUseCase idempotency) {
    this.queries = queries;
    this.editing = editing;
    this.repeatable = new RepeatableRequests(idempotency);
    this.requests = new RecordRequests<>("project", ProjectId::new, queries::find, ProjectJson::of);
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    ProjectQuery query = Queries.projects(uri.getQueryParameters());
    return Lists.page(
        query.cursor(), () -> queries.list(new LocationId(locationId), query), ProjectJson::of);
  }

  @POST
  @Consumes("application/json")
  public Response create(
      @PathParam("locationId") String locationId,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      InputStream body,
      @Context UriInfo uri) {
    LocationId location = new LocationId(locationId);
    JsonObject json = JsonBody.read(body);
    Once once = repeatable.once(location, "projects", headers, security, json);
    return requests.made(
        editing.create(
            location,
            once,
            AboutContactRequests.contact(json),
            ProjectChanges.read(AboutContactRequests.fields(json), Fields.NONE),
            Caller.of(security).origin()),
        uri.getAbsolutePathBuilder());
  }

  @GET
  @Path("{projectId}")
  public Response one(
      @PathParam("locationId") String locationId, @PathParam("projectId") String projectId) {
    return requests.one(locationId, projectId);
  }

  /** Who wrote each of its values, and when. */
  @GET
  @Path("{projectId}/provenance")
  public Response provenance(
      @PathParam("locationId") String locationId, @PathParam("projectId") String projectId) {
    return requests.provenance(locationId, projectId);
  }

  @PATCH
  @Path("{projectId}")
  @Consumes({"application/merge-patch+json", "application/json"})
  public Response edit(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch,
      InputStream body,
      @Context SecurityContext security) {
    LocationId location = new LocationId(locationId);
    ProjectId id = requests.id(projectId);
    JsonObject json = JsonBody.read(body);
    ContactReference contact = AboutContactRequests.contact(json);
    JsonObject fields = AboutContactRequests.fields(json);
    Project project =
        requests.changed(
            location,
            id,
            ifMatch,
            (present, version) ->
                editing.edit(
                    location,
                    id,
                    contact,
                    ProjectChanges.read(fields, present.fields()),
                    version,
                    Caller.of(security).origin()));
    return requests.answer(project, Response.ok());
  }

  @DELETE
  @Path("{projectId}")
  public Response delete(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    return requests.deleted(locationId, projectId, ifMatch, editing::delete);
  }

  @POST
  @Path("{projectId}/retry")
  public Response retry(
      @PathParam("locationId") String locationId, @PathParam("projectId") String projectId) {
    return requests.retried(locationId, projectId, editing::retry);
  }
}
