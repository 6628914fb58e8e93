package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.appointment.AppointmentQueries;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** A location's appointments, to be read. */
@Path("locations/{locationId}/appointments")
@Produces("application/json")
@Dependent
public class AppointmentsResource {
  private final AppointmentQueries appointments;

  @Inject
  public AppointmentsResource(AppointmentQueries appointments) {
    this.appointments = appointments;
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    AppointmentQuery query = Queries.appointments(uri.getQueryParameters());
    return Lists.page(
        query.cursor(),
        () -> appointments.list(new LocationId(locationId), query),
        AppointmentJson::of);
  }

  @GET
  @Path("{appointmentId}")
  public Response one(
      @PathParam("locationId") String locationId,
      @PathParam("appointmentId") String appointmentId) {
    Appointment appointment =
        find(new LocationId(locationId), appointmentId)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.notFound("The location has no such appointment.")));
    return Response.ok(AppointmentJson.of(appointment).toString())
        .tag(Versions.tag(appointment))
        .build();
  }

  private Optional<Appointment> find(LocationId locationId, String given) {
    AppointmentId id;
    try {
      id = new AppointmentId(given);
    } catch (IllegalArgumentException noIdAtAll) {
      return Optional.empty();
    }
    return appointments.find(locationId, id);
  }
}
