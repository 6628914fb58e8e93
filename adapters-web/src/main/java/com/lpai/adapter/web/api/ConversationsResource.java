package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.conversation.ConversationQueries;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.sync.Page;
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

/** A location's conversations and their messages, to be read. */
@Path("locations/{locationId}/conversations")
@Produces("application/json")
@Dependent
public class ConversationsResource {
  private final ConversationQueries conversations;

  @Inject
  public ConversationsResource(ConversationQueries conversations) {
    this.conversations = conversations;
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
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("The location has no such conversation.")));
  }
}
