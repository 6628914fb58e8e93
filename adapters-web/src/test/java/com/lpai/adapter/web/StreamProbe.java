package com.lpai.adapter.web;

import com.lpai.adapter.web.security.ByTicket;
import com.lpai.adapter.web.security.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/**
 * In place of an event stream, which the tests' server cannot hold open: who came, and how long.
 */
@Path("probe/{locationId}")
public final class StreamProbe {
  @GET
  @ByTicket
  public Response who(@Context SecurityContext security) {
    Caller caller = Caller.of(security);
    return Response.ok(caller.name() + " until " + caller.until()).build();
  }

  @GET
  @Path("no-stream")
  public Response whoElse(@Context SecurityContext security) {
    return who(security);
  }
}
