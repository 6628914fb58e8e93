package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** Locations (ghl-facts.md 3.5). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-07-28")
public interface GhlLocationsClient {

  @GET
  @Path("locations/{locationId}")
  Response find(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("locationId") String locationId);
}
