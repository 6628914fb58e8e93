package com.lpai.adapter.ghl.call;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.failure.FailureTable;
import com.lpai.adapter.ghl.failure.Failures;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.RateLimitHeaders;
import com.lpai.adapter.ghl.limit.CallGate;
import com.lpai.adapter.ghl.limit.CircuitBreakers;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenType;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.crm.RateBudget.Permit;
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
 * and what the answer means. It never repeats, and only backfill waits, for its turn.
 *
 * @param <O> whose token and budget it takes: a location's or a company's id
 */
public final class SingleCalls<O> {
  private static final System.Logger LOG = System.getLogger(SingleCalls.class.getName());

  /** What takes longer is rescheduled. No request makes calls of backfill. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final TokenType type;
  private final RateBudget<O> budget;
  private final CircuitBreakers breakers;
  private final Duration longestAnswer;

  /**
   * All calls of one kind of owner.
   *
   * @param longestAnswer how long the body of an answer may take
   */
  public SingleCalls(TokenType type, CallGate<O> gate, Duration longestAnswer) {
    this.type = type;
    this.budget = gate.budget();
    this.breakers = gate.breakers();
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

  /** Whether a call may go out. */
  public sealed interface Admission {
    /** It may; {@link #send} or {@link #forgo} takes the permit. */
    record Admitted(Permit.Granted permit) implements Admission {}

    /** It may not, and nothing was sent. */
    record Refused(CrmFailure failure) implements Admission {}
  }

  /** Takes a permit, unless GoHighLevel is known to be away. */
  public Admission admit(Call<O, ?> call) {
    Optional<CrmFailure> away = breakers.trouble(call.owner()).map(why -> notSent(call, why));
    if (away.isPresent()) {
      return new Admission.Refused(away.get());
    }
    return switch (permit(call)) {
      case Permit.Granted permit -> new Admission.Admitted(permit);
      case Permit.Wait(Duration wait) ->
          new Admission.Refused(
              new CrmFailure.Throttled(
                  wait,
                  call.operation()
                      + " waits for the "
                      + owner()
                      + "'s call budget; nothing was sent."));
    };
  }

  /**
   * A spaced budget has a turn every tenth of a second. Work in the background waits for its turn,
   * or what needs two calls in a row would begin again and again and never come to its end.
   */
  private Permit permit(Call<O, ?> call) {
    long patientUntil = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Permit answer = budget.request(call.owner(), call.priority());
      if (!(answer instanceof Permit.Wait(Duration wait))
          || call.priority() != CallPriority.BACKFILL
          || System.nanoTime() + wait.toNanos() > patientUntil
          || !hasPassed(wait)) {
        return answer;
      }
    }
  }

  private static boolean hasPassed(Duration wait) {
    try {
      Thread.sleep(wait);
      return true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static CrmFailure notSent(Call<?, ?> call, String why) {
    return new CrmFailure.Unavailable(call.operation() + " was not sent: " + why);
  }

  /** Gives back the permit of a call that is not made after all. */
  void forgo(Call<O, ?> call, Permit.Granted permit) {
    budget.unused(call.owner(), permit);
  }

  /** Sends a call that was admitted. */
  public <T> Sent<T> send(Call<O, T> call, Permit.Granted permit, Secret token) {
    Operation operation = call.operation();
    Optional<String> away = breakers.enter(call.owner());
    if (away.isPresent()) {
      forgo(call, permit);
      return Sent.failed(notSent(call, away.get()));
    }
    long begun = System.nanoTime();
    budget.sending(call.owner(), permit);
    try (Response response = call.request().send("Bearer " + token.value())) {
      GhlAnswer answer = GhlAnswer.read(response, longestAnswer);
      budget.answered(call.owner(), permit, RateLimitHeaders.of(answer).observation());
      breakers.answered(call.owner(), answer.status());
      log(call, String.valueOf(answer.status()), begun, answer.traceId());
      if (!answer.isSuccess()) {
        CrmFailure failure = FailureTable.of(answer, operation);
        return new Sent<>(CrmResult.failed(failure), FailureTable.provesToken(answer, failure));
      }
      return call.reader()
          .read(answer)
          .map(value -> new Sent<>(CrmResult.done(value), true))
          .orElseGet(
              () -> Sent.failed(FailureTable.unreadable(answer, operation, call.reader().needs())));
    } catch (ProcessingException | IOException failure) {
      log(call, "no answer", begun, "");
      boolean wasNeverSent = Failures.wasNeverSent(failure);
      breakers.unanswered(call.owner(), wasNeverSent);
      if (wasNeverSent) {
        forgo(call, permit);
      }
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
