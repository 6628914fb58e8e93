package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.AnyLocation;
import com.lpai.adapter.web.security.Caller;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.erasure.EraseLocationUseCase;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.LocationOverview;
import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Locations: their connection, setup and health. */
@Path("locations")
@Produces("application/json")
@Dependent
public class LocationsResource {
  private static final System.Logger LOG = System.getLogger(LocationsResource.class.getName());

  private final HealthQueries health;
  private final SharedCounts counts;
  private final SetupUseCase setup;
  private final DirectoryQueries directory;
  private final EraseLocationUseCase erasing;
  private final ProofUseCase proofs;
  private final SetupAnswers answers;

  @Inject
  public LocationsResource(
      HealthQueries health,
      SharedCounts counts,
      SetupUseCase setup,
      DirectoryQueries directory,
      EraseLocationUseCase erasing,
      ProofUseCase proofs,
      WebSettings settings) {
    this.health = health;
    this.counts = counts;
    this.setup = setup;
    this.directory = directory;
    this.erasing = erasing;
    this.proofs = proofs;
    this.answers = new SetupAnswers(settings);
  }

  /** The locations that the caller may use. */
  @GET
  public Response list(@Context SecurityContext security, @Context UriInfo uri) {
    return Lists.whole(uri, () -> usableBy(Caller.of(security)), LocationJson::of);
  }

  private List<LocationOverview> usableBy(Caller caller) {
    if (caller.everywhere()) {
      return health.locations();
    }
    return caller.locations().stream()
        .map(health::location)
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing((LocationOverview o) -> o.location().details().name())
                .thenComparing(o -> o.location().id().value()))
        .toList();
  }

  @GET
  @Path("{locationId}")
  public Response one(@PathParam("locationId") String locationId) {
    LocationOverview overview =
        health.location(new LocationId(locationId)).orElseThrow(LocationsResource::unknown);
    return ok(LocationJson.withScopes(overview));
  }

  @GET
  @Path("{locationId}/users")
  public Response users(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return Lists.whole(uri, () -> directory.users(new LocationId(locationId)), DirectoryJson::of);
  }

  @GET
  @Path("{locationId}/calendars")
  public Response calendars(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return Lists.whole(
        uri, () -> directory.calendars(new LocationId(locationId)), DirectoryJson::of);
  }

  @GET
  @Path("{locationId}/pipelines")
  public Response pipelines(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return Lists.whole(
        uri, () -> directory.pipelines(new LocationId(locationId)), DirectoryJson::of);
  }

  @GET
  @Path("{locationId}/custom-fields")
  public Response customFields(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return Lists.whole(
        uri, () -> directory.customFields(new LocationId(locationId)), DirectoryJson::of);
  }

  @GET
  @Path("{locationId}/custom-values")
  public Response customValues(@PathParam("locationId") String locationId, @Context UriInfo uri) {
    return Lists.whole(
        uri, () -> directory.customValues(new LocationId(locationId)), DirectoryJson::of);
  }

  @GET
  @Path("{locationId}/sync-health")
  public Response syncHealth(@PathParam("locationId") String locationId) {
    LocationId location = new LocationId(locationId);
    JsonObjectBuilder json =
        JSON.createObjectBuilder(
            LocationJson.of(counts.of(location).orElseThrow(LocationsResource::unknown)));
    proofs
        .state(location)
        .ifPresent(it -> json.add("reconciliation", ReconciliationJson.brief(it)));
    return ok(json.build());
  }

  /** Copies a location (again); while a setup runs, that one is the answer. */
  @POST
  @Path("setup-location")
  @Consumes("application/json")
  @OperatorOnly
  public Response setUp(InputStream body, @Context SecurityContext security) {
    JsonObject json = JsonBody.read(body, Set.of("locationId", "fullSync"));
    LocationId locationId = locationId(json);
    boolean fullSync = flag(json, "fullSync", true);
    if (!Caller.of(security).mayUse(locationId) || !directory.isKnown(locationId)) {
      throw unknown();
    }
    return answers.of(locationId, setup.request(locationId, fullSync));
  }

  /**
   * Erases a location: its tokens, and every document of it. What GoHighLevel still sends is not
   * stored, until the app is installed there again. Events may be here of a location that never
   * installed the app; they go too.
   */
  @DELETE
  @Path("{locationId}")
  @OperatorOnly
  @AnyLocation
  public Response erase(
      @PathParam("locationId") String locationId,
      @QueryParam("confirm") @DefaultValue("") String confirm,
      @Context SecurityContext security) {
    LocationId location = new LocationId(locationId);
    if (!confirm.equals(locationId)) {
      throw new ProblemException(
          Problem.invalid(
              List.of(
                  new FieldProblem(
                      "confirm", "Everything of the location goes: repeat its id here."))));
    }
    Map<String, Long> removed = erasing.erase(location);
    long total = removed.values().stream().mapToLong(Long::longValue).sum();
    LOG.log(
        System.Logger.Level.INFO,
        "{0} erased a location: {1} documents",
        Caller.of(security).getName(),
        total);
    JsonObjectBuilder counts = JSON.createObjectBuilder();
    removed.forEach(counts::add);
    return ok(
        JSON.createObjectBuilder()
            .add("locationId", locationId)
            .add("removed", counts)
            .add("total", total)
            .build());
  }

  private static LocationId locationId(JsonObject json) {
    try {
      if (json.get("locationId") instanceof JsonString text) {
        return new LocationId(text.getString());
      }
    } catch (IllegalArgumentException nobodysId) {
      // Told below.
    }
    throw new ProblemException(
        Problem.invalid(
            List.of(new FieldProblem("locationId", "The location's id in GoHighLevel."))));
  }

  private static boolean flag(JsonObject json, String name, boolean usual) {
    JsonValue value = json.get(name);
    if (value == null) {
      return usual;
    }
    if (value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)) {
      return value.equals(JsonValue.TRUE);
    }
    throw new ProblemException(
        Problem.invalid(List.of(new FieldProblem(name, "Only true or false is accepted."))));
  }

  private static ProblemException unknown() {
    return new ProblemException(Problem.notFound("There is no such location."));
  }

  private static Response ok(JsonObject json) {
    return Response.ok(json.toString()).build();
  }
}
