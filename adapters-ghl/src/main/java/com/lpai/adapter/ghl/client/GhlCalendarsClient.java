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

/** Calendars and their events (ghl-facts.md 3.3). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-04-15")
public interface GhlCalendarsClient {

  @GET
  @Path("calendars/")
  Response calendars(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId);

  /**
   * Lists the events of a calendar, without pages.
   *
   * @param startTime epoch milliseconds
   * @param endTime epoch milliseconds
   */
  @GET
  @Path("calendars/events")
  Response events(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId,
      @QueryParam("calendarId") String calendarId,
      @QueryParam("startTime") String startTime,
      @QueryParam("endTime") String endTime);

  @GET
  @Path("calendars/events/appointments/{eventId}")
  Response findEvent(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("eventId") String eventId);

  @POST
  @Path("calendars/events/appointments")
  @Consumes(MediaType.APPLICATION_JSON)
  Response createEvent(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);

  @PUT
  @Path("calendars/events/appointments/{eventId}")
  @Consumes(MediaType.APPLICATION_JSON)
  Response updateEvent(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("eventId") String eventId,
      String body);

  /** A DELETE that needs a body, if an empty one. */
  @DELETE
  @Path("calendars/events/{eventId}")
  @Consumes(MediaType.APPLICATION_JSON)
  Response deleteEvent(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("eventId") String eventId,
      String body);
}
