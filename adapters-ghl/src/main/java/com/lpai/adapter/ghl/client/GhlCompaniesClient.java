package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** What a Company token is for (ghl-facts.md 2.3). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-07-28")
public interface GhlCompaniesClient {

  @GET
  @Path("oauth/installedLocations")
  Response installedLocations(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("companyId") String companyId,
      @QueryParam("appId") String appId,
      @QueryParam("isInstalled") boolean isInstalled,
      @QueryParam("skip") String skip,
      @QueryParam("limit") String limit);

  /**
   * Asks for a location's token.
   *
   * @param form the fields, URL-encoded
   */
  @POST
  @Path("oauth/locationToken")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  Response locationToken(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String form);
}
