package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What requests about one record of a kind have in common.
 *
 * @param <I> our id of such a record
 * @param <R> the record
 */
final class RecordRequests<I, R extends Mirrored<I, ?, R>> {
  private final String noun;
  private final Function<String, I> ids;
  private final BiFunction<LocationId, I, Optional<R>> find;
  private final Function<R, JsonObject> json;

  /**
   * For records of this kind.
   *
   * @param noun what a person calls such a record
   * @param ids throws {@link IllegalArgumentException} for what is no id
   * @param find the live record of a location
   */
  RecordRequests(
      String noun,
      Function<String, I> ids,
      BiFunction<LocationId, I, Optional<R>> find,
      Function<R, JsonObject> json) {
    this.noun = noun;
    this.ids = ids;
    this.find = find;
    this.json = json;
  }

  /** The id in a path; what cannot be one is nobody's. */
  I id(String given) {
    try {
      return ids.apply(given);
    } catch (IllegalArgumentException noIdAtAll) {
      throw new ProblemException(unknown());
    }
  }

  R find(LocationId locationId, I id) {
    return find.apply(locationId, id).orElseThrow(() -> new ProblemException(unknown()));
  }

  private Problem unknown() {
    return Problem.notFound("The location has no such " + noun + ".");
  }

  /**
   * Makes a change to the values that the caller saw. A document that the background stored
   * meanwhile, with the same values, is no obstacle: the change is made to that one.
   */
  R changed(
      LocationId location,
      I id,
      String ifMatch,
      BiFunction<R, OptionalLong, EditOutcome<R>> change) {
    R present = find(location, id);
    if (Versions.anyWillDo(ifMatch)) {
      return stored(change.apply(present, OptionalLong.empty()));
    }
    while (Versions.matches(ifMatch, present)) {
      EditOutcome<R> outcome = change.apply(present, OptionalLong.of(present.version()));
      if (!(outcome instanceof EditOutcome.ChangedMeanwhile<R>(R newer))) {
        return stored(outcome);
      }
      present = newer;
    }
    return stored(new EditOutcome.ChangedMeanwhile<>(present));
  }

  /** What was stored; anything else ends the request with a problem. */
  R stored(EditOutcome<R> outcome) {
    return switch (outcome) {
      case EditOutcome.Stored<R>(R record) -> record;
      case EditOutcome.NotFound<R> notFound -> throw new ProblemException(unknown());
      case EditOutcome.Refused<R>(List<FieldProblem> problems) ->
          throw new ProblemException(Problem.invalid(problems));
      case EditOutcome.KeyUsedOtherwise<R> used ->
          throw new ProblemException(RepeatableRequests.usedOtherwise());
      case EditOutcome.MadeAndDeleted<R> gone ->
          throw new ProblemException(RepeatableRequests.madeAndDeleted(noun));
      case EditOutcome.ChangedMeanwhile<R>(R present) ->
          throw new ProblemException(
              Problem.of(
                  412,
                  "changed-meanwhile",
                  "Somebody changed it meanwhile",
                  "The "
                      + noun
                      + " is at "
                      + Versions.tag(present).getValue()
                      + " now. Read it again and repeat the change."));
    };
  }

  // ---- answers

  /** 200, the record. */
  Response one(String locationId, String id) {
    return answer(find(new LocationId(locationId), id(id)), Response.ok());
  }

  /** 200, who wrote each of the record's values, and when. */
  Response provenance(String locationId, String id) {
    R record = find(new LocationId(locationId), id(id));
    return Response.ok(ProvenanceJson.of(record).toString()).tag(Versions.tag(record)).build();
  }

  /** 201, the record that was made, and where it is found. */
  Response made(EditOutcome<R> outcome, UriBuilder records) {
    R record = stored(outcome);
    return answer(record, Response.created(records.path(record.id().toString()).build()));
  }

  /** What a person asked for is done to the record at this version; empty when any will do. */
  @FunctionalInterface
  interface AtVersion<I, R> {
    EditOutcome<R> apply(LocationId locationId, I id, OptionalLong version);
  }

  /** 204, when the record is gone. */
  Response deleted(String locationId, String id, String ifMatch, AtVersion<I, R> delete) {
    changed(locationId, id, ifMatch, delete);
    return Response.noContent().build();
  }

  /** 202, the record, which is told GoHighLevel in the background. */
  Response retried(String locationId, String id, BiFunction<LocationId, I, EditOutcome<R>> retry) {
    return answer(stored(retry.apply(new LocationId(locationId), id(id))), Response.accepted());
  }

  /** As {@link #changed(LocationId, Object, String, BiFunction)}, whatever the values are. */
  R changed(String locationId, String id, String ifMatch, AtVersion<I, R> change) {
    LocationId location = new LocationId(locationId);
    I its = id(id);
    return changed(
        location, its, ifMatch, (present, version) -> change.apply(location, its, version));
  }

  Response answer(R record, Response.ResponseBuilder response) {
    return response.tag(Versions.tag(record)).entity(json.apply(record).toString()).build();
  }
}
