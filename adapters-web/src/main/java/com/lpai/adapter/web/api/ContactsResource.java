package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.contact.ContactQueries;
import com.lpai.application.contact.EditContactsUseCase;
import com.lpai.application.contact.EditOutcome;
import com.lpai.application.contact.FieldProblem;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** A location's contacts. Whether the caller may see the location is settled before. */
@Path("locations/{locationId}/contacts")
@Produces("application/json")
@Dependent
public class ContactsResource {
  private final ContactQueries queries;
  private final EditContactsUseCase editing;

  @Inject
  public ContactsResource(ContactQueries queries, EditContactsUseCase editing) {
    this.queries = queries;
    this.editing = editing;
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
      @PathParam("locationId") String locationId, InputStream body, @Context UriInfo uri) {
    JsonObject json = JsonBody.read(body);
    EditOutcome outcome =
        editing.create(new LocationId(locationId), ContactChanges.read(json, Fields.NONE));
    Contact contact = stored(outcome);
    return with(
        contact, Response.created(uri.getAbsolutePathBuilder().path(contact.id().value()).build()));
  }

  @GET
  @Path("{contactId}")
  public Response one(
      @PathParam("locationId") String locationId, @PathParam("contactId") String contactId) {
    return with(find(new LocationId(locationId), id(contactId)), Response.ok());
  }

  @PATCH
  @Path("{contactId}")
  @Consumes({"application/merge-patch+json", "application/json"})
  public Response edit(
      @PathParam("locationId") String locationId,
      @PathParam("contactId") String contactId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch,
      InputStream body) {
    LocationId location = new LocationId(locationId);
    ContactId id = id(contactId);
    JsonObject json = JsonBody.read(body);
    EditOutcome outcome =
        change(
            location,
            id,
            ifMatch,
            (present, version) ->
                editing.edit(location, id, ContactChanges.read(json, present.fields()), version));
    return with(stored(outcome), Response.ok());
  }

  @DELETE
  @Path("{contactId}")
  public Response delete(
      @PathParam("locationId") String locationId,
      @PathParam("contactId") String contactId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    LocationId location = new LocationId(locationId);
    ContactId id = id(contactId);
    stored(
        change(location, id, ifMatch, (present, version) -> editing.delete(location, id, version)));
    return Response.noContent().build();
  }

  /**
   * Makes a change to the values that the caller saw. A document that the background stored
   * meanwhile, with the same values, is no obstacle: the change is made to that one.
   */
  private EditOutcome change(
      LocationId location,
      ContactId id,
      String ifMatch,
      BiFunction<Contact, OptionalLong, EditOutcome> change) {
    Contact present = find(location, id);
    if (Versions.anyWillDo(ifMatch)) {
      return change.apply(present, OptionalLong.empty());
    }
    while (Versions.matches(ifMatch, present)) {
      EditOutcome outcome = change.apply(present, OptionalLong.of(present.version()));
      if (!(outcome instanceof EditOutcome.ChangedMeanwhile(Contact newer))) {
        return outcome;
      }
      present = newer;
    }
    return new EditOutcome.ChangedMeanwhile(present);
  }

  @POST
  @Path("{contactId}/retry")
  public Response retry(
      @PathParam("locationId") String locationId, @PathParam("contactId") String contactId) {
    return with(
        stored(editing.retry(new LocationId(locationId), id(contactId))), Response.accepted());
  }

  private Contact find(LocationId locationId, ContactId id) {
    Optional<Contact> contact = queries.find(locationId, id);
    return contact.orElseThrow(() -> new ProblemException(unknown()));
  }

  private static ContactId id(String given) {
    try {
      return new ContactId(given);
    } catch (IllegalArgumentException noIdAtAll) {
      throw new ProblemException(unknown());
    }
  }

  private static Problem unknown() {
    return Problem.notFound("The location has no such contact.");
  }

  private static Contact stored(EditOutcome outcome) {
    return switch (outcome) {
      case EditOutcome.Stored(Contact contact) -> contact;
      case EditOutcome.NotFound notFound -> throw new ProblemException(unknown());
      case EditOutcome.Refused(List<FieldProblem> problems) ->
          throw new ProblemException(Problem.invalid(problems));
      case EditOutcome.ChangedMeanwhile(Contact present) ->
          throw new ProblemException(
              Problem.of(
                  412,
                  "changed-meanwhile",
                  "Somebody changed it meanwhile",
                  "The contact is at "
                      + Versions.tag(present).getValue()
                      + " now. Read it again and repeat the change."));
    };
  }

  private static Response with(Contact contact, Response.ResponseBuilder response) {
    return response.tag(Versions.tag(contact)).entity(ContactJson.of(contact).toString()).build();
  }
}
