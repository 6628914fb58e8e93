package com.lpai.adapter.web.conflict;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.security.Caller;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.conflict.ConflictsUseCase;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** A location's conflicts, and choosing a side in them. */
@Path("operations/locations/{locationId}/conflicts")
@Produces("application/json")
@OperatorOnly
@Dependent
public class ConflictsResource {
  private final ConflictsUseCase conflicts;

  @Inject
  public ConflictsResource(ConflictsUseCase conflicts) {
    this.conflicts = conflicts;
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return ConflictAnswers.page(conflicts, new LocationId(locationId), uri.getQueryParameters());
  }

  /** The same side in all conflicts of one field. */
  @POST
  @Consumes("application/json")
  public Response chooseAll(
      @PathParam("locationId") String locationId,
      InputStream body,
      @Context SecurityContext security) {
    ConflictRequests.OfMany asked =
        ConflictRequests.choices(JsonBody.read(body, ConflictRequests.CHOICES));
    return ConflictAnswers.withOurCursor(
        asked.cursor(),
        () -> {
          ConflictsUseCase.Batch batch =
              conflicts.chooseAll(
                  new LocationId(locationId),
                  asked.kind(),
                  asked.which(),
                  asked.side(),
                  asked.cursor(),
                  Caller.of(security).origin());
          return Response.ok(
                  JSON.createObjectBuilder()
                      .add("chosen", batch.chosen())
                      .add("left", batch.left())
                      .add(
                          "nextCursor",
                          batch.nextCursor().isEmpty()
                              ? JsonValue.NULL
                              : JSON.createValue(batch.nextCursor()))
                      .build()
                      .toString())
              .build();
        });
  }

  @POST
  @Path("{conflictId}")
  @Consumes("application/json")
  public Response choose(
      @PathParam("locationId") String locationId,
      @PathParam("conflictId") String conflictId,
      InputStream body,
      @Context SecurityContext security) {
    return ConflictAnswers.of(
        conflicts.choose(
            new LocationId(locationId),
            conflictId,
            ConflictRequests.choice(JsonBody.read(body, ConflictRequests.CHOICE)),
            Caller.of(security).origin()));
  }
}
