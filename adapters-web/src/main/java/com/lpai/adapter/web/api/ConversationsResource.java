package com.lpai.adapter.web.api;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.conversation.ConversationQueries;
import com.lpai.application.conversation.SendMessagesUseCase;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import java.util.Optional;

/** A location's conversations and their messages: to be read, and to be answered. */
@Path("locations/{locationId}/conversations")
@Produces("application/json")
@Dependent
public class ConversationsResource {
  private final ConversationQueries conversations;
  private final SendMessagesUseCase sending;
  private final RepeatableRequests repeatable;
  private final RecordRequests<OutgoingMessageId, OutgoingMessage> requests;

  @Inject
  public ConversationsResource(
      ConversationQueries conversations,
      SendMessagesUseCase sending,
      IdempotencyUseCase idempotency) {
    this.conversations = conversations;
    this.sending = sending;
    this.repeatable = new RepeatableRequests(idempotency);
    this.requests = OutgoingMessagesResource.requests(sending);
  }

  @GET
  public Response list(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    Queries.Slice slice = Queries.slice(uri.getQueryParameters());
    return Lists.page(
        slice.cursor(),
        () -> conversations.list(new LocationId(locationId), slice.limit(), slice.cursor()),
        ConversationJson::of);
  }

  @GET
  @Path("{conversationId}/messages")
  public Response messages(
      @PathParam("locationId") String locationId,
      @PathParam("conversationId") String conversationId,
      @Context UriInfo uri) {
    Queries.Slice slice = Queries.slice(uri.getQueryParameters());
    Optional<Page<Message>> page =
        Lists.withOurCursor(
            slice.cursor(),
            () ->
                conversations.messages(
                    new LocationId(locationId), conversationId, slice.limit(), slice.cursor()));
    return page.map(found -> Lists.answer(found, ConversationJson::of))
        .orElseThrow(() -> new ProblemException(unknown()));
  }

  private static Problem unknown() {
    return Problem.notFound("The location has no such conversation.");
  }

  /** The message is stored here, and sent in the background. */
  @POST
  @Path("{conversationId}/messages")
  @Consumes("application/json")
  public Response send(
      @PathParam("locationId") String locationId,
      @PathParam("conversationId") String conversationId,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      InputStream body,
      @Context UriInfo uri) {
    LocationId location = new LocationId(locationId);
    JsonObject json = JsonBody.read(body);
    String path = "conversations/" + conversationId + "/messages";
    Once once = repeatable.once(location, path, headers, security, json);
    EditOutcome<OutgoingMessage> outcome =
        sending.reply(
            location,
            once,
            conversationId,
            OutgoingMessageChanges.of(json),
            Caller.of(security).origin());
    if (outcome instanceof EditOutcome.NotFound<OutgoingMessage>) {
      throw new ProblemException(unknown());
    }
    return requests.made(
        outcome,
        uri.getBaseUriBuilder().path("locations").path(locationId).path("outgoing-messages"));
  }
}
