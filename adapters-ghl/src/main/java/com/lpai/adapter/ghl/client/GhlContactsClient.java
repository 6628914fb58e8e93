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
import org.jspecify.annotations.Nullable;

/**
 * Contacts (ghl-facts.md 3.1). Bodies are JSON texts: each is built for one operation, since an
 * unknown property is refused. Paths are as documented, slash at the end included.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-07-28")
public interface GhlContactsClient {

  @POST
  @Path("contacts/search")
  Response search(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);

  /** A parameter that is null is left out. */
  @GET
  @Path("contacts/search/duplicate")
  Response duplicate(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId,
      @QueryParam("email") @Nullable String email,
      @QueryParam("number") @Nullable String number);

  @GET
  @Path("contacts/{contactId}")
  Response find(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("contactId") String contactId);

  @POST
  @Path("contacts/")
  Response create(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);

  @PUT
  @Path("contacts/{contactId}")
  Response update(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("contactId") String contactId,
      String body);

  @DELETE
  @Path("contacts/{contactId}")
  Response delete(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("contactId") String contactId);

  @POST
  @Path("contacts/{contactId}/tags")
  Response addTags(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("contactId") String contactId,
      String body);

  /** A DELETE with a body. */
  @DELETE
  @Path("contacts/{contactId}/tags")
  Response removeTags(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("contactId") String contactId,
      String body);
}
