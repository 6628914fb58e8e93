package com.lpai.adapter.ghl.call;

import com.lpai.adapter.ghl.call.SingleCalls.Admission;
import com.lpai.adapter.ghl.call.SingleCalls.Sent;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.AccessTokens.Answer;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget.Permit;
import java.lang.System.Logger.Level;

/**
 * The way of a call that finds its token by itself: a permit, a token, the request, and, when the
 * token turned out to be invalid, once more with a renewed one. What the answer shows of the token
 * is told to whoever keeps it. It never repeats for any other reason, and only backfill waits, for
 * its turn in the budget.
 *
 * @param <O> whose token and budget it takes: a location's or a company's id
 */
public final class GhlCalls<O> {
  private static final System.Logger LOG = System.getLogger(GhlCalls.class.getName());

  private final AccessTokens<O> tokens;
  private final SingleCalls<O> calls;

  public GhlCalls(AccessTokens<O> tokens, SingleCalls<O> calls) {
    this.tokens = tokens;
    this.calls = calls;
  }

  /** Makes one call. */
  public <T> CrmResult<T> call(
      O owner,
      CallPriority priority,
      Operation operation,
      Call.Request request,
      Call.Reader<T> reader) {
    Call<O, T> call = new Call<>(owner, priority, operation, request, reader);
    return switch (calls.admit(call)) {
      case Admission.Refused(CrmFailure failure) -> CrmResult.failed(failure);
      case Admission.Admitted(Permit.Granted permit) -> {
        Answer token = tokens.current(owner);
        if (!(token instanceof Answer.Usable)) {
          calls.forgo(call, permit);
        }
        yield switch (token) {
          case Answer.NotConnected(String why) -> notConnected(why);
          case Answer.NotNow(String why) -> notNow(why);
          case Answer.Usable usable -> {
            CrmResult<T> first = send(call, permit, usable);
            yield isInvalidToken(first) ? again(call, usable.token(), first) : first;
          }
        };
      }
    };
  }

  /** Once more, with the new token and never with the one that was refused (trap 78). */
  private <T> CrmResult<T> again(Call<O, T> call, Secret refused, CrmResult<T> first) {
    return switch (tokens.renewed(call.owner(), refused)) {
      case Answer.NotConnected(String why) -> notConnected(why);
      case Answer.NotNow(String why) -> notNow(why);
      case Answer.Usable usable when usable.token().equals(refused) -> first;
      case Answer.Usable usable ->
          switch (calls.admit(call)) {
            case Admission.Refused(CrmFailure failure) -> CrmResult.failed(failure);
            case Admission.Admitted(Permit.Granted permit) -> send(call, permit, usable);
          };
    };
  }

  private <T> CrmResult<T> send(Call<O, T> call, Permit.Granted permit, Answer.Usable usable) {
    Sent<T> sent = calls.send(call, permit, usable.token());
    if (usable.unproven() && sent.provesToken()) {
      tell(call, () -> tokens.worked(call.owner(), usable.token()));
    }
    if (sent.result() instanceof CrmResult.Failed<T>(CrmFailure failure)
        && failure instanceof Unauthorized(Kind kind, String message)
        && kind == Kind.NOT_ACTIVE
        && calls.isOwnerALocation()) {
      tell(call, () -> tokens.notActive(call.owner(), usable.token(), message));
    }
    return sent.result();
  }

  /**
   * Whatever goes wrong there must not cost the answer: after a create it holds the new record's
   * id, and the next call shows the same of the token.
   */
  private void tell(Call<O, ?> call, Runnable whatWasSeen) {
    try {
      whatWasSeen.run();
    } catch (RuntimeException failure) {
      LOG.log(
          Level.WARNING,
          "What a call showed of the token of "
              + calls.owner()
              + " "
              + call.owner()
              + " could not be stored; the next call shows it again.",
          failure);
    }
  }

  private static boolean isInvalidToken(CrmResult<?> result) {
    return result instanceof CrmResult.Failed<?>(CrmFailure failure)
        && failure instanceof Unauthorized(Kind kind, String message)
        && kind == Kind.INVALID_TOKEN;
  }

  private static <T> CrmResult<T> notConnected(String why) {
    return CrmResult.failed(new Unauthorized(Kind.NOT_CONNECTED, why));
  }

  private static <T> CrmResult<T> notNow(String why) {
    return CrmResult.failed(new CrmFailure.Unavailable(why));
  }
}
