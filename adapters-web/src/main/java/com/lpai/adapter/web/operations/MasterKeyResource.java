package com.lpai.adapter.web.operations;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.OperatorOnly;
import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** The master key by its fingerprint, and its rotation. */
@Path("operations/master-key")
@Produces("application/json")
@OperatorOnly
@Dependent
public class MasterKeyResource {
  private final RotateMasterKeyUseCase masterKey;

  @Inject
  public MasterKeyResource(RotateMasterKeyUseCase masterKey) {
    this.masterKey = masterKey;
  }

  @GET
  public Response state() {
    return Response.ok(MasterKeyJson.of(masterKey.state()).toString()).build();
  }

  /** Begins the rotation to the next master key; the workers carry it on. */
  @POST
  @Path("rotation")
  public Response rotate() {
    return switch (masterKey.begin()) {
      case Beginning.Begun begun ->
          Response.accepted(MasterKeyJson.of(masterKey.state()).toString()).build();
      case Beginning.NoNextKey none ->
          throw refused(
              "no-next-master-key",
              "There is no next master key",
              "Start every instance with LPAI_MASTER_KEY_NEXT_FILE or LPAI_MASTER_KEY_NEXT_PROVIDER"
                  + " first.");
      case Beginning.NotKnownTo(var instances) ->
          throw refused(
              "next-master-key-not-everywhere",
              "Not every instance knows the next master key",
              "Restart these with the same LPAI_MASTER_KEY_NEXT_… settings, or wait a minute if"
                  + " they were stopped: "
                  + String.join(", ", instances)
                  + ".");
      case Beginning.Unusable(String why) ->
          throw refused("next-master-key-unusable", "The next master key cannot be used", why);
    };
  }

  private static ProblemException refused(String kind, String title, String detail) {
    return new ProblemException(Problem.of(409, kind, title, detail));
  }
}
