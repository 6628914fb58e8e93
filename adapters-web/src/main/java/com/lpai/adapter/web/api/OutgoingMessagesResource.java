package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.conversation.SendMessagesUseCase;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageQuery;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.List;

/** Messages that are sent from here. Whether the caller may see the location is settled before. */
@Path("locations/{locationId}/outgoing-messages")
@Produces("application/json")
@Dependent
public class OutgoingMessagesResource {
  private final SendMessagesUseCase sending;
  private final RepeatableRequests repeatable;
  private final RecordRequests<OutgoingMessageId, OutgoingMessage> requests;

  @Inject
  public OutgoingMessagesResource(SendMessagesUseCase sending, IdempotencyUseCase idempotency) {
    this.sending = sending;
    this.repeatable = new RepeatableRequests(idempotency);
    this.requests = requests(sending);
  }

  static RecordRequests<OutgoingMessageId, OutgoingMessage> requests(SendMessagesUseCase sending) {
    return new RecordRequests<>(
        "message", OutgoingMessageId::new, sending::find, OutgoingMessageJson::of);
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    OutgoingMessageQuery query = Queries.outgoingMessages(uri.getQueryParameters());
    return Lists.page(
        query.cursor(),
        () -> sending.list(new LocationId(locationId), query),
        OutgoingMessageJson::of);
  }

  @POST
  @Consumes("application/json")
  public Response send(
      @PathParam("locationId") String locationId,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      InputStream body,
      @Context UriInfo uri) {
    LocationId location = new LocationId(locationId);
    JsonObject json = JsonBody.read(body);
    Once once = repeatable.once(location, "outgoing-messages", headers, security, json);
    ContactId contact =
        AboutContactRequests.contact(json)
            .contactId()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.invalid(
                            List.of(
                                new FieldProblem(
                                    "contactId",
                                    "The id of one of the location's contacts, please.")))));
    return requests.made(
        sending.send(
            location,
            once,
            contact,
            OutgoingMessageChanges.of(AboutContactRequests.fields(json)),
            Caller.of(security).origin()),
        uri.getAbsolutePathBuilder());
  }

  @GET
  @Path("{messageId}")
  public Response one(
      @PathParam("locationId") String locationId, @PathParam("messageId") String messageId) {
    return requests.one(locationId, messageId);
  }

  @DELETE
  @Path("{messageId}")
  public Response discard(
      @PathParam("locationId") String locationId,
      @PathParam("messageId") String messageId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    return requests.deleted(
        locationId,
        messageId,
        ifMatch,
        (location, id, version) -> decided(sending.discard(location, id, version)));
  }

  @POST
  @Path("{messageId}/retry")
  public Response retry(
      @PathParam("locationId") String locationId, @PathParam("messageId") String messageId) {
    return requests.retried(locationId, messageId, sending::retry);
  }

  @POST
  @Path("{messageId}/send-anew")
  public Response sendAnew(
      @PathParam("locationId") String locationId,
      @PathParam("messageId") String messageId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    OutgoingMessage message =
        requests.changed(
            locationId,
            messageId,
            ifMatch,
            (location, id, version) -> decided(sending.sendAnew(location, id, version)));
    return requests.answer(message, Response.accepted());
  }

  /** What is refused here is refused for the state that the message is in. */
  private static EditOutcome<OutgoingMessage> decided(EditOutcome<OutgoingMessage> outcome) {
    if (outcome instanceof EditOutcome.Refused<OutgoingMessage>(List<FieldProblem> problems)) {
      throw new ProblemException(
          Problem.of(409, "not-in-this-state", "Not in this state", problems.getFirst().message()));
    }
    return outcome;
  }
}
