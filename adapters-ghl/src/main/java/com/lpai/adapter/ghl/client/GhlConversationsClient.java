package com.lpai.adapter.ghl.client;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jspecify.annotations.Nullable;

/** Conversations and messages (ghl-facts.md 3.6). A parameter that is null is left out. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "Version", value = "2021-04-15")
public interface GhlConversationsClient {

  @GET
  @Path("conversations/search")
  Response search(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId,
      @QueryParam("sortBy") String sortBy,
      @QueryParam("sort") String sort,
      @QueryParam("limit") int limit,
      @QueryParam("startAfterDate") @Nullable String startAfterDate);

  @GET
  @Path("conversations/{conversationId}")
  Response find(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("conversationId") String conversationId);

  @GET
  @Path("conversations/messages/export")
  Response export(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId,
      @QueryParam("sortBy") String sortBy,
      @QueryParam("sortOrder") String sortOrder,
      @QueryParam("limit") int limit,
      @QueryParam("channel") @Nullable String channel,
      @QueryParam("startDate") @Nullable String startDate,
      @QueryParam("cursor") @Nullable String cursor);

  /** The same of one contact, from a time on. */
  @GET
  @Path("conversations/messages/export")
  Response exportOfContact(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("locationId") String locationId,
      @QueryParam("contactId") String contactId,
      @QueryParam("sortBy") String sortBy,
      @QueryParam("sortOrder") String sortOrder,
      @QueryParam("limit") int limit,
      @QueryParam("channel") @Nullable String channel,
      @QueryParam("startDate") String startDate);

  @POST
  @Path("conversations/messages")
  @Consumes(MediaType.APPLICATION_JSON)
  Response send(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body);

  @GET
  @Path("conversations/{conversationId}/messages")
  Response messages(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("conversationId") String conversationId,
      @QueryParam("limit") int limit,
      @QueryParam("lastMessageId") @Nullable String lastMessageId);
}
