package com.lpai.adapter.ghl.call;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.failure.FailureTable;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.RateLimitHeaders;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenType;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A call with a given token: a permit from the owner's budget, the request, the rate-limit headers,
 * and what the answer means. It never waits and never repeats.
 *
 * @param <O> whose token and budget it takes: a location's or a company's id
 */
public final class SingleCalls<O> {
  private static final System.Logger LOG = System.getLogger(SingleCalls.class.getName());

  private final TokenType type;
  private final RateBudget<O> budget;
  private final Duration longestAnswer;

  /**
   * All calls of one kind of owner.
   *
   * @param longestAnswer how long the body of an answer may take
   */
  public SingleCalls(TokenType type, RateBudget<O> budget, Duration longestAnswer) {
    this.type = type;
    this.budget = budget;
    this.longestAnswer = longestAnswer;
  }

  /**
   * What came of a call.
   *
   * @param provesToken whether the answer shows that the token is valid
   */
  public record Sent<T>(CrmResult<T> result, boolean provesToken) {
    private static <T> Sent<T> failed(CrmFailure failure) {
      return new Sent<>(CrmResult.failed(failure), false);
    }
  }

  /** Takes a permit; the failure when there is none, and nothing may be sent. */
  public Optional<CrmFailure> withoutPermit(Call<O, ?> call) {
    return switch (budget.request(call.owner(), call.priority())) {
      case RateBudget.Permit.Granted granted -> Optional.empty();
      case RateBudget.Permit.Wait(Duration wait) ->
          Optional.of(
              new CrmFailure.Throttled(
                  wait,
                  call.operation()
                      + " waits for the "
                      + owner()
                      + "'s call budget; nothing was sent."));
    };
  }

  /** Sends a call that has its permit. */
  public <T> Sent<T> send(Call<O, T> call, Secret token) {
    Operation operation = call.operation();
    long begun = System.nanoTime();
    try (Response response = call.request().send("Bearer " + token.value())) {
      GhlAnswer answer = GhlAnswer.read(response, longestAnswer);
      budget.observe(call.owner(), RateLimitHeaders.of(answer).observation());
      log(call, String.valueOf(answer.status()), begun, answer.traceId());
      if (!answer.isSuccess()) {
        CrmFailure failure = FailureTable.of(answer, operation);
        return new Sent<>(CrmResult.failed(failure), FailureTable.provesToken(answer, failure));
      }
      return call.reader()
          .read(answer)
          .map(value -> new Sent<>(CrmResult.done(value), true))
          .orElseGet(() -> Sent.failed(FailureTable.unreadable(answer, operation)));
    } catch (ProcessingException | IOException failure) {
      log(call, "no answer", begun, "");
      return Sent.failed(FailureTable.of(failure, operation));
    }
  }

  /** The owner's kind, for a message. */
  String owner() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether "Location is not active" is said of the owner of the token. With a company's token it
   * is said of one of its locations, and the company must not suffer for it.
   */
  boolean isOwnerALocation() {
    return type == TokenType.LOCATION;
  }

  private void log(Call<O, ?> call, String outcome, long begun, String traceId) {
    LOG.log(
        Level.DEBUG,
        "{0} -> {1} in {2} ms, {3} {4}, traceId {5}",
        call.operation(),
        outcome,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        owner(),
        call.owner(),
        traceId);
  }
}
