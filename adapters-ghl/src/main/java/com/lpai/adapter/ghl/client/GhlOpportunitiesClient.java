package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** Opportunities and their pipelines (ghl-facts.md 3.2). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-07-28")
public interface GhlOpportunitiesClient {

  @POST
  @Path("opportunities/search")
  @Consumes(MediaType.APPLICATION_JSON)
  Response search(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);

  @GET
  @Path("opportunities/{id}")
  Response find(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") String id);

  @POST
  @Path("opportunities/")
  @Consumes(MediaType.APPLICATION_JSON)
  Response create(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);

  @PUT
  @Path("opportunities/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  Response update(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("id") String id,
      String body);

  @PUT
  @Path("opportunities/{id}/status")
  @Consumes(MediaType.APPLICATION_JSON)
  Response setStatus(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("id") String id,
      String body);

  @DELETE
  @Path("opportunities/{id}")
  Response delete(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") String id);

  @GET
  @Path("opportunities/pipelines")
  Response pipelines(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId);
}
