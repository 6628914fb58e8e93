package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.adapter.web.json.JsonBody;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Caller;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.idempotency.IdempotencyUseCase;
import com.lpai.application.idempotency.Once;
import com.lpai.application.project.EditProjectPartsUseCase;
import com.lpai.domain.project.PartEntries;
import com.lpai.domain.project.PartEntry;
import com.lpai.domain.project.PartEntryId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The parts of a project that are ours alone: milestones, timeline, photos and documents. */
@Path("locations/{locationId}/projects/{projectId}/{part: milestones|timeline|photos|documents}")
@Produces("application/json")
@Dependent
public class ProjectPartsResource {
  private static final Pattern COMMA = Pattern.compile(",");

  private final EditProjectPartsUseCase parts;
  private final RepeatableRequests repeatable;

  @Inject
  public ProjectPartsResource(EditProjectPartsUseCase parts, IdempotencyUseCase idempotency) {
    this.parts = parts;
    this.repeatable = new RepeatableRequests(idempotency);
  }

  /** Which part of which project a path is about. */
  private record Place(LocationId location, ProjectId project, ProjectPart part) {
    static Place of(String locationId, String projectId, String part) {
      return new Place(
          new LocationId(locationId),
          id(projectId, ProjectId::new, "The location has no such project."),
          ProjectPart.named(part).orElseThrow());
    }

    ProblemException noProject() {
      return new ProblemException(Problem.notFound("The location has no such project."));
    }

    ProblemException noEntry() {
      return new ProblemException(Problem.notFound("The project has no such " + part.noun() + "."));
    }

    PartEntryId entry(String given) {
      return id(given, PartEntryId::new, noEntry().problem().detail());
    }

    /** What cannot be an id is nobody's. */
    private static <I> I id(String given, Function<String, I> ids, String otherwise) {
      try {
        return ids.apply(given);
      } catch (IllegalArgumentException noIdAtAll) {
        throw new ProblemException(Problem.notFound(otherwise));
      }
    }
  }

  @GET
  public Response list(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @PathParam("part") String part,
      @Context UriInfo uri) {
    Place place = Place.of(locationId, projectId, part);
    Queries.none(uri.getQueryParameters());
    PartEntries entries = entries(place);
    JsonObjectBuilder json =
        Lists.page(new Page<>(entries.items(), ""), entry -> json(place.part(), entry));
    if (entries.unreadable() > 0) {
      json.add("unreadable", entries.unreadable());
    }
    return Response.ok(json.build().toString()).build();
  }

  private PartEntries entries(Place place) {
    return parts
        .list(place.location(), place.project(), place.part())
        .orElseThrow(place::noProject);
  }

  @POST
  @Consumes("application/json")
  public Response add(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @PathParam("part") String part,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      InputStream body,
      @Context UriInfo uri) {
    Place place = Place.of(locationId, projectId, part);
    JsonObject json = JsonBody.read(body);
    String path = "projects/" + place.project() + "/" + part;
    Once once = repeatable.once(place.location(), path, headers, security, json);
    EditOutcome<PartEntry> outcome =
        parts.add(
            place.location(),
            place.project(),
            place.part(),
            once,
            PartEntryChanges.read(place.part(), json),
            Caller.of(security).name());
    if (outcome instanceof EditOutcome.NotFound<PartEntry>) {
      throw place.noProject();
    }
    PartEntry entry = stored(place, outcome);
    return answer(
        place,
        entry,
        Response.created(uri.getAbsolutePathBuilder().path(entry.id().value()).build()));
  }

  @GET
  @Path("{entryId}")
  public Response one(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @PathParam("part") String part,
      @PathParam("entryId") String entryId) {
    Place place = Place.of(locationId, projectId, part);
    return answer(place, find(place, place.entry(entryId)), Response.ok());
  }

  private PartEntry find(Place place, PartEntryId id) {
    return entries(place).items().stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElseThrow(place::noEntry);
  }

  @PATCH
  @Path("{entryId}")
  @Consumes({"application/merge-patch+json", "application/json"})
  public Response edit(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @PathParam("part") String part,
      @PathParam("entryId") String entryId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch,
      InputStream body) {
    Place place = Place.of(locationId, projectId, part);
    requireChangeable(place);
    PartEntryId id = place.entry(entryId);
    PartEntry entry =
        stored(
            place,
            parts.edit(
                place.location(),
                place.project(),
                place.part(),
                id,
                PartEntryChanges.read(place.part(), JsonBody.read(body)),
                expected(place, id, ifMatch)));
    return answer(place, entry, Response.ok());
  }

  @DELETE
  @Path("{entryId}")
  public Response remove(
      @PathParam("locationId") String locationId,
      @PathParam("projectId") String projectId,
      @PathParam("part") String part,
      @PathParam("entryId") String entryId,
      @HeaderParam("If-Match") @DefaultValue("") String ifMatch) {
    Place place = Place.of(locationId, projectId, part);
    requireChangeable(place);
    PartEntryId id = place.entry(entryId);
    stored(
        place,
        parts.remove(
            place.location(), place.project(), place.part(), id, expected(place, id, ifMatch)));
    return Response.noContent().build();
  }

  /** What was told stays told. */
  private static void requireChangeable(Place place) {
    if (place.part().isAppendOnly()) {
      throw new ProblemException(
          Problem.of(
              405,
              "method-not-allowed",
              "Method not allowed",
              "Entries of the "
                  + place.part().key()
                  + " are added and neither changed nor removed."));
    }
  }

  /** The version that the caller saw; empty when any will do. */
  private OptionalLong expected(Place place, PartEntryId id, String ifMatch) {
    if (Versions.anyWillDo(ifMatch)) {
      return OptionalLong.empty();
    }
    PartEntry present = find(place, id);
    String tag = "\"" + tag(present).getValue() + "\"";
    if (COMMA.splitAsStream(ifMatch).map(String::strip).noneMatch(tag::equals)) {
      throw changedMeanwhile(place, present);
    }
    return OptionalLong.of(present.version());
  }

  private static ProblemException changedMeanwhile(Place place, PartEntry present) {
    return new ProblemException(
        Problem.of(
            412,
            "changed-meanwhile",
            "Somebody changed it meanwhile",
            "The %s is at %s now. Read it again and repeat the change."
                .formatted(place.part().noun(), tag(present).getValue())));
  }

  private static PartEntry stored(Place place, EditOutcome<PartEntry> outcome) {
    return switch (outcome) {
      case EditOutcome.Stored<PartEntry>(PartEntry entry) -> entry;
      case EditOutcome.NotFound<PartEntry> notFound -> throw place.noEntry();
      case EditOutcome.Refused<PartEntry>(List<FieldProblem> problems) ->
          throw new ProblemException(Problem.invalid(problems));
      case EditOutcome.ChangedMeanwhile<PartEntry>(PartEntry present) ->
          throw changedMeanwhile(place, present);
      case EditOutcome.KeyUsedOtherwise<PartEntry> used ->
          throw new ProblemException(RepeatableRequests.usedOtherwise());
      case EditOutcome.MadeAndDeleted<PartEntry> gone ->
          throw new ProblemException(RepeatableRequests.madeAndDeleted(place.part().noun()));
    };
  }

  private static EntityTag tag(PartEntry entry) {
    return new EntityTag(String.valueOf(entry.version()));
  }

  private static Response answer(Place place, PartEntry entry, Response.ResponseBuilder response) {
    return response.tag(tag(entry)).entity(json(place.part(), entry).toString()).build();
  }

  private static JsonObject json(ProjectPart part, PartEntry entry) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", entry.id().value());
    part.table().fields().stream()
        .filter(field -> !entry.fields().get(field.fieldName()).isCleared())
        .forEach(
            field ->
                json.add(field.key(), FieldValueJson.of(entry.fields().get(field.fieldName()))));
    return json.add("createdBy", entry.by())
        .add("createdAt", entry.createdAt().toString())
        .add("updatedAt", entry.updatedAt().toString())
        .build();
  }
}
