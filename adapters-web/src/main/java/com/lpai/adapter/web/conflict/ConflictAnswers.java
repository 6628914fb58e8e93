package com.lpai.adapter.web.conflict;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.conflict.ConflictOutcome;
import com.lpai.application.conflict.ConflictsUseCase;
import com.lpai.application.conflict.ConflictsUseCase.RulesOutcome;
import com.lpai.application.conflict.KnownConflict;
import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/** What is answered about conflicts. */
final class ConflictAnswers {
  private ConflictAnswers() {}

  static Response page(
      ConflictsUseCase conflicts, LocationId location, MultivaluedMap<String, String> parameters) {
    ConflictRequests.OfList asked = ConflictRequests.list(parameters);
    return withOurCursor(
        asked.cursor(),
        () ->
            Response.ok(
                    ConflictJson.page(
                            conflicts.list(
                                location,
                                asked.kinds(),
                                asked.query(),
                                asked.cursor(),
                                asked.limit()))
                        .toString())
                .build());
  }

  static Response withOurCursor(String cursor, Supplier<Response> answer) {
    try {
      return answer.get();
    } catch (IllegalArgumentException notOurs) {
      if (cursor.isEmpty()) {
        throw notOurs;
      }
      throw new ProblemException(
          Problem.invalid(
              List.of(
                  new FieldProblem(
                      "cursor", "Use nextCursor of the page before, or none for the first."))));
    }
  }

  static Response of(ConflictOutcome outcome) {
    return switch (outcome) {
      case ConflictOutcome.Chosen(KnownConflict conflict) ->
          Response.ok(ConflictJson.of(conflict).toString()).build();
      case ConflictOutcome.Unknown unknown ->
          throw new ProblemException(Problem.notFound("The location has no such conflict."));
      case ConflictOutcome.Superseded(KnownConflict latest) ->
          Response.status(409)
              .type(Problem.MEDIA_TYPE)
              .entity(
                  JSON.createObjectBuilder(
                          Problem.of(
                                  409,
                                  "changed-meanwhile",
                                  "The field has changed since",
                                  latest.conflict().field()
                                      + " is no longer what this conflict was about. See its value"
                                      + " now, and choose again or edit the record.")
                              .json())
                      .add("conflict", ConflictJson.of(latest))
                      .build()
                      .toString())
              .build();
      case ConflictOutcome.NotTaken(FieldName field) ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "not-taken",
                  "GoHighLevel does not take this field any more",
                  "GoHighLevel takes " + field + " only when a record is created."));
    };
  }

  static Response of(RulesOutcome outcome) {
    return switch (outcome) {
      case RulesOutcome.Stored(ConflictRules rules) -> rules(rules);
      case RulesOutcome.NotFound none -> throw unknownLocation();
      case RulesOutcome.Refused(List<FieldProblem> problems) ->
          throw new ProblemException(Problem.invalid(problems));
    };
  }

  static Response rules(ConflictRules rules) {
    return Response.ok(ConflictJson.of(rules).toString()).build();
  }

  static ProblemException unknownLocation() {
    return new ProblemException(Problem.notFound("There is no such location."));
  }
}
