package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The token endpoint (ghl-facts.md 2.2): no token and no {@code Version} header. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public interface GhlOAuthClient {

  /**
   * Asks for tokens.
   *
   * @param form the fields, URL-encoded
   */
  @POST
  @Path("oauth/token")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  Response token(String form);
}
