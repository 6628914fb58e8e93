package com.lpai.architecture.campaign;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.architecture.system.HttpCalls.Answer;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls that are made until they are answered: a caller who does not give up. */
final class Persistent {
  private static final int MOST_ATTEMPTS = 600;

  private final Supplier<HttpCalls> calls;
  private final Random random;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder unanswered = new LongAdder();

  /**
   * Calls to one side.
   *
   * @param calls asked for each attempt, since a token may be another after a restart
   */
  Persistent(Supplier<HttpCalls> calls, long seed) {
    this.calls = calls;
    this.random = new Random(seed);
  }

  /** The answer to one attempt; empty when there is none, or one that says "again". */
  Optional<Answer> once(Function<HttpCalls, Answer> call) {
    try {
      Answer answer = call.apply(calls.get());
      boolean again = answer.status() >= 500 || answer.status() == 429 || answer.status() == 401;
      (again ? unanswered : acknowledged).increment();
      return again ? Optional.empty() : Optional.of(answer);
    } catch (UncheckedIOException noAnswer) {
      unanswered.increment();
      return Optional.empty();
    }
  }

  /** The first answer, however many attempts it takes. */
  Answer untilAnswered(Function<HttpCalls, Answer> call) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Optional<Answer> answer = once(call);
      if (answer.isPresent()) {
        return answer.get();
      }
      pause();
    }
    throw new IllegalStateException("No answer after " + MOST_ATTEMPTS + " attempts");
  }

  void pause() {
    Pace.pause(random.nextInt(100, 400));
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  long unanswered() {
    return unanswered.sum();
  }
}
