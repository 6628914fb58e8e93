package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.appointment.AppointmentQueries;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** A location's appointments. Whether the caller may see the location is settled before. */
@Path("locations/{locationId}/appointments")
@Produces("application/json")
@Dependent
public class AppointmentsResource {
  private final AppointmentQueries queries;
  private final EditAboutContactUseCase<AppointmentId, Appointment> editing;
  private final RepeatableRequests repeatable;
  private final RecordRequests<AppointmentId, Appointment> requests;

  @Inject
  public AppointmentsResource(
      AppointmentQueries queries,
      EditAboutContactUseCase<AppointmentId, Appointment> editing,
      IdempotencyUseCase idempotency) {
    this.queries = queries;
    this.editing = editing;
    this.repeatable = new RepeatableRequests(idempotency);
    this.requests =
        new RecordRequests<>("appointment", AppointmentId::new, queries::find, AppointmentJson::of);
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    AppointmentQuery query = Queries.appointments(uri.getQueryParameters());
    return Lists.page(
        query.cursor(), () -> queries.list(new LocationId(locationId), query), AppointmentJson::of);
  }

  @POST
  @Consumes("application/json")
  public Response create(
      @PathParam("locationId") String locationId,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      InputStream body,
      @Context UriInfo uri) {
    LocationId location = new LocationId(locationId);
    JsonObject json = JsonBody.read(body);
    Once once = repeatable.once(location, "appointments", headers, security, json);
    return requests.made(
        editing.create(
            location,
            once,
            AboutContactRequests.contact(json),
            AppointmentChanges.read(AboutContactRequests.fields(json), Fields.NONE),
            Caller.of(security).origin()),
        uri.getAbsolutePathBuilder());
  }

  @GET
  @Path("{appointmentId}")
  public Response one(
      @PathParam("locationId") String locationId,
      @PathParam("appointmentId") String appointmentId) {
    return requests.one(locationId, appointmentId);
  }

  /** Who wrote each of its values, and when. */
  @GET
  @Path("{appointmentId}/provenance")
  public Response provenance(
      @PathParam("locationId") String locationId,
      @PathParam("appointmentId") String appointmentId) {
    return requests.provenance(locationId, appointmentId);
  }

  @PATCH
  @Path("{appointmentId}")
  @Consumes({"application/merge-patch+json", "application/json"})
  public Response edit(
      @PathParam("locationId") String locationId,
      @PathParam("appointmentId") String appointmentId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch,
      InputStream body,
      @Context SecurityContext security) {
    LocationId location = new LocationId(locationId);
    AppointmentId id = requests.id(appointmentId);
    JsonObject json = JsonBody.read(body);
    ContactReference contact = AboutContactRequests.contact(json);
    JsonObject fields = AboutContactRequests.fields(json);
    Appointment appointment =
        requests.changed(
            location,
            id,
            ifMatch,
            (present, version) ->
                editing.edit(
                    location,
                    id,
                    contact,
                    AppointmentChanges.read(fields, present.fields()),
                    version,
                    Caller.of(security).origin()));
    return requests.answer(appointment, Response.ok());
  }

  @DELETE
  @Path("{appointmentId}")
  public Response delete(
      @PathParam("locationId") String locationId,
      @PathParam("appointmentId") String appointmentId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    return requests.deleted(locationId, appointmentId, ifMatch, editing::delete);
  }

  @POST
  @Path("{appointmentId}/retry")
  public Response retry(
      @PathParam("locationId") String locationId,
      @PathParam("appointmentId") String appointmentId) {
    return requests.retried(locationId, appointmentId, editing::retry);
  }
}
