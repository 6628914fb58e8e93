package com.lpai.adapter.web.operations;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.adapter.web.security.Open;
import com.lpai.application.reconcile.ProofUseCase;
import com.lpai.application.webhook.KeptWebhooksUseCase;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/** Work that an outside clock may trigger; it also happens without one. */
@Path("cron")
@Produces("application/json")
@Open("the bearer secret of the outside clock, compared in constant time")
@Dependent
public class CronResource {
  private final WorkSignals signals;
  private final KeptWebhooksUseCase webhooks;
  private final ProofUseCase proofs;
  private final WebSettings settings;

  @Inject
  public CronResource(
      WorkSignals signals,
      KeptWebhooksUseCase webhooks,
      ProofUseCase proofs,
      WebSettings settings) {
    this.signals = signals;
    this.webhooks = webhooks;
    this.proofs = proofs;
    this.settings = settings;
  }

  @GET
  @Path("process-webhooks")
  public Response processWebhooksByGet(
      @HeaderParam("Authorization") @DefaultValue("") String authorization) {
    return processWebhooks(authorization);
  }

  /** Wakes the workers of the webhook queue, and tells how much is in it. */
  @POST
  @Path("process-webhooks")
  public Response processWebhooks(
      @HeaderParam("Authorization") @DefaultValue("") String authorization) {
    requireSecret(authorization);
    Map<WebhookStatus, Long> depth = webhooks.look();
    return Response.accepted(
            JSON.createObjectBuilder()
                .add("triggered", true)
                .add("due", depth.getOrDefault(WebhookStatus.PENDING, 0L))
                .add("waiting", depth.getOrDefault(WebhookStatus.WAITING, 0L))
                .add("dead", depth.getOrDefault(WebhookStatus.DEAD, 0L))
                .build()
                .toString())
        .build();
  }

  @GET
  @Path("refresh-tokens")
  public Response refreshTokensByGet(
      @HeaderParam("Authorization") @DefaultValue("") String authorization) {
    return refreshTokens(authorization);
  }

  /** Wakes the workers that renew tokens which end within two hours. */
  @POST
  @Path("refresh-tokens")
  public Response refreshTokens(
      @HeaderParam("Authorization") @DefaultValue("") String authorization) {
    requireSecret(authorization);
    signals.choresDue();
    return triggered();
  }

  @GET
  @Path("reconcile")
  public Response reconcileByGet(
      @HeaderParam("Authorization") @DefaultValue("") String authorization) {
    return reconcile(authorization);
  }

  /** Tells of how many locations the reconciliation is due; workers look for it each second. */
  @POST
  @Path("reconcile")
  public Response reconcile(@HeaderParam("Authorization") @DefaultValue("") String authorization) {
    requireSecret(authorization);
    signals.choresDue();
    return Response.accepted(
            JSON.createObjectBuilder()
                .add("triggered", true)
                .add("due", proofs.countDue())
                .build()
                .toString())
        .build();
  }

  private void requireSecret(String authorization) {
    byte[] expected = ("Bearer " + settings.cronSecret().value()).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8))) {
      throw new ProblemException(
          Problem.unauthorized("Send Authorization: Bearer with the secret CRON_SECRET."));
    }
  }

  private static Response triggered() {
    return Response.accepted(JSON.createObjectBuilder().add("triggered", true).build().toString())
        .build();
  }
}
