package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.contact.ContactQueries;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
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

/** A location's contacts. Whether the caller may see the location is settled before. */
@Path("locations/{locationId}/contacts")
@Produces("application/json")
@Dependent
public class ContactsResource {
  private final ContactQueries queries;
  private final EditContactsUseCase editing;
  private final RepeatableRequests repeatable;
  private final RecordRequests<ContactId, Contact> requests;

  @Inject
  public ContactsResource(
      ContactQueries queries, EditContactsUseCase editing, IdempotencyUseCase idempotency) {
    this.queries = queries;
    this.editing = editing;
    this.repeatable = new RepeatableRequests(idempotency);
    this.requests = new RecordRequests<>("contact", ContactId::new, queries::find, ContactJson::of);
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    ContactQuery query = Queries.contacts(uri.getQueryParameters());
    return Lists.page(
        query.cursor(), () -> queries.list(new LocationId(locationId), query), ContactJson::of);
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
    Once once = repeatable.once(location, "contacts", headers, security, json);
    return requests.made(
        editing.create(
            location, once, ContactChanges.read(json, Fields.NONE), Caller.of(security).origin()),
        uri.getAbsolutePathBuilder());
  }

  @GET
  @Path("{contactId}")
  public Response one(
      @PathParam("locationId") String locationId, @PathParam("contactId") String contactId) {
    return requests.one(locationId, contactId);
  }

  /** Who wrote each of its values, and when. */
  @GET
  @Path("{contactId}/provenance")
  public Response provenance(
      @PathParam("locationId") String locationId, @PathParam("contactId") String contactId) {
    return requests.provenance(locationId, contactId);
  }

  @PATCH
  @Path("{contactId}")
  @Consumes({"application/merge-patch+json", "application/json"})
  public Response edit(
      @PathParam("locationId") String locationId,
      @PathParam("contactId") String contactId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch,
      InputStream body,
      @Context SecurityContext security) {
    LocationId location = new LocationId(locationId);
    ContactId id = requests.id(contactId);
    JsonObject json = JsonBody.read(body);
    Contact contact =
        requests.changed(
            location,
            id,
            ifMatch,
            (present, version) ->
                editing.edit(
                    location,
                    id,
                    ContactChanges.read(json, present.fields()),
                    version,
                    Caller.of(security).origin()));
    return requests.answer(contact, Response.ok());
  }

  @DELETE
  @Path("{contactId}")
  public Response delete(
      @PathParam("locationId") String locationId,
      @PathParam("contactId") String contactId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    return requests.deleted(locationId, contactId, ifMatch, editing::delete);
  }

  @POST
  @Path("{contactId}/retry")
  public Response retry(
      @PathParam("locationId") String locationId, @PathParam("contactId") String contactId) {
    return requests.retried(locationId, contactId, editing::retry);
  }
}
