package com.lpai.adapter.web.conflict;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.conflict.ConflictsUseCase;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Who decides at first where both sides changed a field of a location's records. */
@Path("operations/locations/{locationId}/conflict-policy")
@Produces("application/json")
@OperatorOnly
@Dependent
public class ConflictPolicyResource {
  private final ConflictsUseCase conflicts;

  @Inject
  public ConflictPolicyResource(ConflictsUseCase conflicts) {
    this.conflicts = conflicts;
  }

  @GET
  public Response policy(@PathParam("locationId") String locationId) {
    return conflicts
        .rules(new LocationId(locationId))
        .map(ConflictAnswers::rules)
        .orElseThrow(ConflictAnswers::unknownLocation);
  }

  @PUT
  @Consumes("application/json")
  public Response replace(@PathParam("locationId") String locationId, InputStream body) {
    return ConflictAnswers.of(
        conflicts.setRules(
            new LocationId(locationId),
            ConflictRequests.rules(JsonBody.read(body, ConflictRequests.RULES))));
  }
}
