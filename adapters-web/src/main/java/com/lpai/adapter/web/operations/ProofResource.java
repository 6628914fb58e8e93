package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.api.ReconciliationJson;
import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.application.reconcile.ProofUseCase.Plan;
import com.lpai.application.reconcile.ProofUseCase.Started;
import com.lpai.application.reconcile.ProofUseCase.Values;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Proofs that a location is the same on both sides, and repairs of what is not. */
@Path("operations/locations/{locationId}/proof")
@Produces("application/json")
@OperatorOnly
@Dependent
public class ProofResource {
  private static final int USUAL_PAGE = 50;
  private static final int MOST_IDS = 200;
  private static final int LONGEST_ID = 1_000;

  private final ProofUseCase proofs;

  @Inject
  public ProofResource(ProofUseCase proofs) {
    this.proofs = proofs;
  }

  /** How it stands, and a page of what differs. */
  @GET
  public Response report(
      @PathParam("locationId") String locationId,
      @QueryParam("limit") @DefaultValue("") String limit,
      @QueryParam("cursor") @DefaultValue("") String cursor) {
    LocationId location = new LocationId(locationId);
    Page<Difference> page =
        proofs.differences(location, requireText("cursor", cursor), size(limit));
    JsonObjectBuilder json =
        proofs
            .state(location)
            .map(ReconciliationJson::whole)
            .orElseGet(() -> JSON.createObjectBuilder().add("state", "none"));
    return ok(
        json.add("items", items(page.items()))
            .add(
                "nextCursor",
                page.isLast() ? JsonValue.NULL : JSON.createValue(page.nextCursor())));
  }

  /** Begins to compare everything; nothing of that changes a record. */
  @POST
  public Response start(@PathParam("locationId") String locationId) {
    return switch (proofs.start(new LocationId(locationId))) {
      case Started.Begun(Proof proof) -> accepted(proof, true);
      case Started.UnderWay(Proof proof) -> accepted(proof, false);
      case Started.Unknown unknown ->
          throw new ProblemException(Problem.notFound("There is no such location."));
    };
  }

  private static Response accepted(Proof proof, boolean started) {
    return Response.accepted(
            JSON.createObjectBuilder()
                .add("started", started)
                .add("proof", ReconciliationJson.of(proof))
                .build()
                .toString())
        .build();
  }

  /** Both sides' values of one difference, as they are now. */
  @GET
  @Path("values")
  public Response values(
      @PathParam("locationId") String locationId,
      @QueryParam("difference") @DefaultValue("") String difference) {
    return switch (proofs.values(
        new LocationId(locationId), requireText("difference", difference))) {
      case Values.Told told -> ok(ReconciliationJson.of(told));
      case Values.Unknown unknown ->
          throw new ProblemException(
              Problem.notFound("The latest report has no difference of this id."));
      case Values.NotTold(String why) ->
          throw new ProblemException(
              Problem.of(503, "crm-unavailable", "GoHighLevel could not be asked", why));
    };
  }

  /**
   * What repairs would do, or asks for them: {@code dryRun} is true unless it is said otherwise,
   * and all are meant only by name.
   */
  @POST
  @Path("repair")
  @Consumes("application/json")
  public Response repair(@PathParam("locationId") String locationId, InputStream body) {
    JsonObject json = JsonBody.read(body, Set.of("ids", "all", "dryRun"));
    LocationId location = new LocationId(locationId);
    Set<String> ids = ids(json);
    boolean isDry = flag(json, "dryRun", true);
    Plan plan = isDry ? proofs.plan(location, ids) : proofs.repair(location, ids);
    return switch (plan) {
      case Plan.Of(List<Difference> concerned, long count, long calls) ->
          Response.status(isDry ? Response.Status.OK : Response.Status.ACCEPTED)
              .entity(
                  JSON.createObjectBuilder()
                      .add("dryRun", isDry)
                      .add("count", count)
                      .add("calls", calls)
                      .add("items", items(concerned))
                      .build()
                      .toString())
              .build();
      case Plan.NoReport none ->
          throw conflict("no-report", "Nothing was proven yet", "Start a proof first.");
      case Plan.ProofUnderWay underWay ->
          throw conflict(
              "proof-under-way",
              "A proof is under way",
              "It will tell anew what differs: wait until it is over.");
    };
  }

  private static ProblemException conflict(String type, String title, String detail) {
    return new ProblemException(Problem.of(409, type, title, detail));
  }

  /** Empty for all. */
  private static Set<String> ids(JsonObject json) {
    boolean all = flag(json, "all", false);
    Set<String> ids = new LinkedHashSet<>();
    if (json.get("ids") instanceof JsonArray array && array.size() <= MOST_IDS) {
      for (JsonValue id : array) {
        ids.add(id instanceof JsonString text ? text.getString() : "");
      }
    }
    boolean areIds = !ids.isEmpty() && ids.stream().allMatch(ProofResource::maybeId);
    if (all == json.containsKey("ids") || (!all && !areIds)) {
      throw invalid("ids", "Name 1 to " + MOST_IDS + " differences by ids, or say \"all\": true.");
    }
    return ids;
  }

  private static boolean maybeId(String text) {
    return !text.isBlank() && text.length() <= LONGEST_ID && text.indexOf(0) < 0;
  }

  private static boolean flag(JsonObject json, String name, boolean usual) {
    JsonValue value = json.get(name);
    if (value == null) {
      return usual;
    }
    if (value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)) {
      return value.equals(JsonValue.TRUE);
    }
    throw invalid(name, "Only true or false is accepted.");
  }

  private static String requireText(String name, String text) {
    if (text.length() > LONGEST_ID || text.indexOf(0) >= 0) {
      throw invalid(name, "At most " + LONGEST_ID + " characters are accepted, and no U+0000.");
    }
    return text;
  }

  private static int size(String limit) {
    if (limit.isEmpty()) {
      return USUAL_PAGE;
    }
    if (limit.matches("[1-9]\\d{0,2}") && Integer.parseInt(limit) <= Page.LARGEST) {
      return Integer.parseInt(limit);
    }
    throw invalid("limit", "A number from 1 to " + Page.LARGEST + " is expected here.");
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(Problem.invalid(List.of(new FieldProblem(field, message))));
  }

  private static JsonArrayBuilder items(List<Difference> differences) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    differences.forEach(difference -> items.add(ReconciliationJson.of(difference)));
    return items;
  }

  private static Response ok(JsonObjectBuilder json) {
    return Response.ok(json.build().toString()).build();
  }
}
