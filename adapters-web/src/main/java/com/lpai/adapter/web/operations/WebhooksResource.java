package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.webhook.EventsToTry;
import com.lpai.application.webhook.KeptWebhooksUseCase;
import com.lpai.application.webhook.TryWebhooksUseCase;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookHistory.Kept;
import com.lpai.domain.webhook.WebhookLogLine;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/** What became of webhooks, and deciding about those that are kept for that. */
@Path("operations/webhooks")
@Produces("application/json")
@OperatorOnly
@Dependent
public class WebhooksResource {
  private final KeptWebhooksUseCase webhooks;
  private final TryWebhooksUseCase trying;

  @Inject
  public WebhooksResource(KeptWebhooksUseCase webhooks, TryWebhooksUseCase trying) {
    this.webhooks = webhooks;
    this.trying = trying;
  }

  @GET
  @Path("log")
  public Response log(@Context UriInfo uri) {
    WebhookRequests.OfLog asked = WebhookRequests.log(uri.getQueryParameters());
    try {
      return page(webhooks.log(asked.locationId(), asked.query()), WebhooksResource::line);
    } catch (IllegalArgumentException notOurs) {
      if (asked.query().cursor().isEmpty()) {
        throw notOurs;
      }
      throw new ProblemException(
          Problem.invalid(
              List.of(
                  new FieldProblem(
                      "cursor", "Use nextCursor of the page before, or none for the first."))));
    }
  }

  @GET
  @Path("kept")
  public Response kept(@Context UriInfo uri) {
    WebhookRequests.OfKept asked = WebhookRequests.kept(uri.getQueryParameters());
    return page(
        webhooks.kept(asked.locationId(), asked.which(), asked.limit(), asked.cursor()),
        WebhooksResource::kept);
  }

  @POST
  @Path("kept/{id}/replay")
  public Response replay(@PathParam("id") String id, @Context UriInfo uri) {
    boolean done = webhooks.replay(WebhookRequests.location(uri.getQueryParameters()), id);
    return one(done, "replayed");
  }

  @POST
  @Path("kept/{id}/discard")
  public Response discard(@PathParam("id") String id, @Context UriInfo uri) {
    boolean done = webhooks.discard(WebhookRequests.location(uri.getQueryParameters()), id);
    return one(done, "discarded");
  }

  @POST
  @Path("kept/replay")
  @Consumes("application/json")
  public Response replay(InputStream body) {
    WebhookRequests.OfKept meant =
        WebhookRequests.kept(JsonBody.read(body, WebhookRequests.FILTERS));
    return many(webhooks.replay(meant.locationId(), meant.which()), "replayed");
  }

  @POST
  @Path("kept/discard")
  @Consumes("application/json")
  public Response discard(InputStream body) {
    WebhookRequests.OfKept meant =
        WebhookRequests.kept(JsonBody.read(body, WebhookRequests.FILTERS));
    return many(webhooks.discard(meant.locationId(), meant.which()), "discarded");
  }

  @POST
  @Path("what-if")
  @Consumes("application/json")
  public Response whatIf(InputStream body) {
    TryWebhooksUseCase.WhatIf whatIf =
        switch (WebhookRequests.toTry(JsonBody.read(body, WebhookRequests.TO_TRY))) {
          case WebhookRequests.ToTry.Ids(LocationId location, List<String> ids) ->
              trying.of(location, ids);
          case WebhookRequests.ToTry.Found(LocationId location, EventsToTry which) ->
              trying.of(location, which);
        };
    return Response.ok(WhatIfJson.of(whatIf).toString()).build();
  }

  private static Response one(boolean done, String word) {
    if (!done) {
      throw new ProblemException(Problem.notFound("No such event is kept for a decision."));
    }
    return Response.ok(JSON.createObjectBuilder().add(word, 1).build().toString()).build();
  }

  private static Response many(KeptWebhooksUseCase.Batch batch, String word) {
    return Response.ok(
            JSON.createObjectBuilder()
                .add(word, batch.count())
                .add("more", batch.more())
                .build()
                .toString())
        .build();
  }

  private static <T> Response page(Page<T> page, Function<T, JsonObject> json) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    page.items().forEach(item -> items.add(json.apply(item)));
    return Response.ok(
            JSON.createObjectBuilder()
                .add("items", items)
                .add(
                    "nextCursor",
                    page.isLast() ? JsonValue.NULL : JSON.createValue(page.nextCursor()))
                .build()
                .toString())
        .build();
  }

  private static JsonObject line(WebhookLogLine line) {
    return JSON.createObjectBuilder()
        .add("id", line.id())
        .add("eventId", line.eventId())
        .add("webhookId", line.webhookId())
        .add("type", line.type())
        .add("entity", line.entityKey())
        .add("status", WebhookRequests.word(line.status()))
        .add("outcome", line.outcome())
        .add("attempts", line.attempts())
        .add("receivedAt", line.receivedAt().toString())
        .add("queuedAt", line.queuedAt().toString())
        .add("startedAt", line.startedAt().toString())
        .add("doneAt", line.doneAt().toString())
        .build();
  }

  private static JsonObject kept(Kept kept) {
    JsonObjectBuilder json = JSON.createObjectBuilder(OverviewJson.webhook(kept.event()));
    json.add("entity", kept.event().envelope().entityKey());
    kept.reason().ifPresent(reason -> json.add("reason", WebhookRequests.word(reason)));
    return json.build();
  }
}
