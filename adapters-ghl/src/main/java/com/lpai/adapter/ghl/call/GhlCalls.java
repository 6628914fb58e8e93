package com.lpai.adapter.ghl.call;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.failure.FailureTable;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.RateLimitHeaders;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The way of a call: a permit from the owner's budget, a token, the request, the rate-limit
 * headers, and, when the token turned out to be invalid, once more with a renewed one. It never
 * waits and never repeats for any other reason.
 *
 * @param <O> whose token and budget it takes: a location's or a company's
 */
public final class GhlCalls<O> {
  private static final System.Logger LOG = System.getLogger(GhlCalls.class.getName());

  /** Sends the request once. */
  @FunctionalInterface
  public interface Request {
    Response send(String authorization);
  }

  /** Reads a success. */
  @FunctionalInterface
  public interface Reader<T> {
    /** The value; empty when the answer does not hold it. */
    Optional<T> read(GhlAnswer answer);
  }

  private final AccessTokens<O> tokens;
  private final RateBudget<O> budget;
  private final Duration longestAnswer;

  /**
   * The way of all calls.
   *
   * @param longestAnswer how long the body of an answer may take
   */
  public GhlCalls(AccessTokens<O> tokens, RateBudget<O> budget, Duration longestAnswer) {
    this.tokens = tokens;
    this.budget = budget;
    this.longestAnswer = longestAnswer;
  }

  private record Call<O, T>(
      O owner, CallPriority priority, Operation operation, Request request, Reader<T> reader) {}

  /** Makes one call. */
  public <T> CrmResult<T> call(
      O owner, CallPriority priority, Operation operation, Request request, Reader<T> reader) {
    Call<O, T> call = new Call<>(owner, priority, operation, request, reader);
    if (budget.request(owner, priority) instanceof RateBudget.Permit.Wait(Duration wait)) {
      return throttled(call, wait);
    }
    return switch (tokens.current(owner)) {
      case AccessTokens.Answer.NotConnected(String why) -> notConnected(why);
      case AccessTokens.Answer.NotNow(String why) -> notNow(why);
      case AccessTokens.Answer.Usable usable -> {
        CrmResult<T> first = told(call, usable, send(call, usable.token()));
        yield isOf(Kind.INVALID_TOKEN, first) ? again(call, usable.token(), first) : first;
      }
    };
  }

  /** Once more, with the new token and never with the one that was refused (trap 78). */
  private <T> CrmResult<T> again(Call<O, T> call, Secret refused, CrmResult<T> first) {
    return switch (tokens.renewed(call.owner(), refused)) {
      case AccessTokens.Answer.NotConnected(String why) -> notConnected(why);
      case AccessTokens.Answer.NotNow(String why) -> notNow(why);
      case AccessTokens.Answer.Usable usable when usable.token().equals(refused) -> first;
      case AccessTokens.Answer.Usable usable ->
          switch (budget.request(call.owner(), call.priority())) {
            case RateBudget.Permit.Wait(Duration wait) -> throttled(call, wait);
            case RateBudget.Permit.Granted granted ->
                told(call, usable, send(call, usable.token()));
          };
    };
  }

  /** Tells what an answer says of the token, beside the answer itself. */
  private <T> CrmResult<T> told(
      Call<O, T> call, AccessTokens.Answer.Usable usable, CrmResult<T> result) {
    if (isOf(Kind.NOT_ACTIVE, result)) {
      tokens.notActive(call.owner(), usable.token(), message(result));
    } else if (usable.unproven() && Acceptance.of(result) == Acceptance.ACCEPTED) {
      tokens.worked(call.owner(), usable.token());
    }
    return result;
  }

  private static String message(CrmResult<?> result) {
    return result instanceof CrmResult.Failed<?>(CrmFailure failure) ? failure.message() : "";
  }

  private <T> CrmResult<T> send(Call<O, T> call, Secret token) {
    Operation operation = call.operation();
    long begun = System.nanoTime();
    try (Response response = call.request().send("Bearer " + token.value())) {
      GhlAnswer answer = GhlAnswer.read(response, longestAnswer);
      budget.observe(call.owner(), RateLimitHeaders.of(answer).observation());
      log(call, String.valueOf(answer.status()), begun, answer.traceId());
      if (!answer.isSuccess()) {
        return CrmResult.failed(FailureTable.of(answer, operation));
      }
      return call.reader()
          .read(answer)
          .map(CrmResult::done)
          .orElseGet(() -> CrmResult.failed(FailureTable.unreadable(answer, operation)));
    } catch (ProcessingException | IOException failure) {
      log(call, "no answer", begun, "");
      return CrmResult.failed(FailureTable.of(failure, operation));
    }
  }

  private static void log(Call<?, ?> call, String outcome, long begun, String traceId) {
    LOG.log(
        Level.DEBUG,
        "{0} -> {1} in {2} ms, of {3}, traceId {4}",
        call.operation(),
        outcome,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        call.owner(),
        traceId);
  }

  private static boolean isOf(Kind wanted, CrmResult<?> result) {
    return result instanceof CrmResult.Failed<?>(CrmFailure failure)
        && failure instanceof CrmFailure.Unauthorized(Kind kind, String message)
        && kind == wanted;
  }

  private static <T> CrmResult<T> throttled(Call<?, T> call, Duration wait) {
    return CrmResult.failed(
        new CrmFailure.Throttled(
            wait, call.operation() + " waits for its call budget; nothing was sent."));
  }

  private static <T> CrmResult<T> notConnected(String why) {
    return CrmResult.failed(new CrmFailure.Unauthorized(Kind.NOT_CONNECTED, why));
  }

  private static <T> CrmResult<T> notNow(String why) {
    return CrmResult.failed(new CrmFailure.Unavailable(why));
  }
}
