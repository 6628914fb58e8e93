package com.lpai.adapter.ghl.proof;

import com.lpai.adapter.ghl.call.Call;
import com.lpai.adapter.ghl.call.SingleCalls;
import com.lpai.adapter.ghl.call.SingleCalls.Admission;
import com.lpai.adapter.ghl.call.SingleCalls.Sent;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.RestClients;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget.Permit;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * One cheap call with the given token. It is never repeated with another one: whether this one
 * works is the question.
 *
 * @param <O> whose token it is: a location's or a company's id
 */
public final class GhlTokenProof<O> implements TokenProof<O>, AutoCloseable {

  /** Sends the request once. */
  @FunctionalInterface
  public interface Probe<O> {
    Response send(O owner, String authorization);
  }

  private final Object client;
  private final SingleCalls<O> calls;
  private final Operation operation;
  private final Probe<O> probe;

  /**
   * The proof by one operation.
   *
   * @param client closed together with this
   */
  public GhlTokenProof(Object client, SingleCalls<O> calls, Operation operation, Probe<O> probe) {
    this.client = client;
    this.calls = calls;
    this.operation = operation;
    this.probe = probe;
  }

  @Override
  public Verdict verdict(O owner, Secret token) {
    Call<O, GhlAnswer> call =
        new Call<>(
            owner,
            CallPriority.FOLLOW_UP,
            operation,
            authorization -> probe.send(owner, authorization),
            answer -> answer.json().isPresent() ? Optional.of(answer) : Optional.empty());
    return switch (calls.admit(call)) {
      case Admission.Refused(CrmFailure failure) -> new Verdict.Unknown(failure.message());
      case Admission.Admitted(Permit.Granted permit) -> {
        Sent<GhlAnswer> sent = calls.send(call, permit, token);
        yield sent.provesToken() ? new Verdict.Accepted() : verdict(sent.result());
      }
    };
  }

  private static Verdict verdict(CrmResult<GhlAnswer> result) {
    return switch (result) {
      case CrmResult.Failed<GhlAnswer>(Unauthorized(Unauthorized.Kind kind, String message)) ->
          switch (kind) {
            case INVALID_TOKEN -> new Verdict.Refused(message);
            case NOT_ACTIVE -> new Verdict.NotActive(message);
            case MISSING_SCOPE, WRONG_TOKEN_TYPE, WRONG_ROUTE, NOT_CONNECTED, UNKNOWN ->
                new Verdict.Unknown(message);
          };
      case CrmResult.Failed<GhlAnswer>(CrmFailure failure) ->
          new Verdict.Unknown(failure.message());
      case CrmResult.Done<GhlAnswer> done -> new Verdict.Accepted();
    };
  }

  @Override
  public void close() {
    RestClients.close(client);
  }
}
