package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** Locations, their custom fields and custom values (ghl-facts.md 3.5). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-07-28")
public interface GhlLocationsClient {

  @GET
  @Path("locations/{locationId}")
  Response find(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("locationId") String locationId);

  /**
   * Lists custom fields.
   *
   * @param model always given: what comes without it is not documented
   */
  @GET
  @Path("locations/{locationId}/customFields")
  Response customFields(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("locationId") String locationId,
      @QueryParam("model") String model);

  @POST
  @Path("locations/{locationId}/customFields")
  @Consumes(MediaType.APPLICATION_JSON)
  Response createCustomField(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("locationId") String locationId,
      String body);

  @GET
  @Path("locations/{locationId}/customValues")
  Response customValues(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("locationId") String locationId);
}
