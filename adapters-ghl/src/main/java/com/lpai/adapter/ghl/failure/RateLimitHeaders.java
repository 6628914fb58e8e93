package com.lpai.adapter.ghl.failure;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.domain.crm.RateBudget.Observation;
import java.time.Duration;

/** What the rate-limit headers of an answer say (ghl-facts.md 4). */
public final class RateLimitHeaders {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** After the daily limit: nobody knows when the day ends, so look again each hour. */
  private static final Duration NEXT_LOOK = Duration.ofHours(1);

  private static final long ABSENT = -1;

  private final GhlAnswer answer;

  private RateLimitHeaders(GhlAnswer answer) {
    this.answer = answer;
  }

  public static RateLimitHeaders of(GhlAnswer answer) {
    return new RateLimitHeaders(answer);
  }

  /**
   * For the budget. With a refusal the window is the time to wait, which GoHighLevel's own word may
   * make longer than its window.
   */
  public Observation observation() {
    boolean refused = answer.status() == 429;
    return new Observation(
        (int) Math.min(Integer.MAX_VALUE, number("x-ratelimit-max")),
        (int) Math.min(Integer.MAX_VALUE, number("x-ratelimit-remaining")),
        refused ? retryAfter() : window(),
        number("x-ratelimit-limit-daily"),
        number("x-ratelimit-daily-remaining"),
        refused);
  }

  /** How long to wait after a refusal. */
  public Duration retryAfter() {
    long seconds = number("retry-after");
    if (seconds >= 0) {
      return bounded(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
    }
    if (number("x-ratelimit-daily-remaining") == 0) {
      return NEXT_LOOK;
    }
    Duration window = window();
    return window.isZero() ? FailureTable.USUAL_WAIT : bounded(window);
  }

  /** Zero when the header is absent. */
  private Duration window() {
    long millis = number("x-ratelimit-interval-milliseconds");
    return millis <= 0 ? Duration.ZERO : Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  private long number(String header) {
    String value = answer.header(header).strip();
    return value.matches("\\d{1,15}") ? Long.parseLong(value) : ABSENT;
  }
}
