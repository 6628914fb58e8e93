package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** Users (ghl-facts.md 3.4). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-07-28")
public interface GhlUsersClient {

  @GET
  @Path("users/search")
  Response search(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("companyId") String companyId,
      @QueryParam("locationId") String locationId,
      @QueryParam("skip") String skip,
      @QueryParam("limit") String limit);
}
