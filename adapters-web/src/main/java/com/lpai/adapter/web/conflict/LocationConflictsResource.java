package com.lpai.adapter.web.conflict;

import com.lpai.application.conflict.ConflictsUseCase;
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

/**
 * A location's conflicts for its frontends, which may see them and not decide. Whether the caller
 * may see the location is settled before.
 */
@Path("locations/{locationId}/conflicts")
@Produces("application/json")
@Dependent
public class LocationConflictsResource {
  private final ConflictsUseCase conflicts;

  @Inject
  public LocationConflictsResource(ConflictsUseCase conflicts) {
    this.conflicts = conflicts;
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return ConflictAnswers.page(conflicts, new LocationId(locationId), uri.getQueryParameters());
  }
}
