package com.lpai.dev.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A rule of a {@link WireProxy}, in force until it is removed. */
public final class Rule {
  private final Match match;
  private final Stage stage;
  private final Effect effect;
  private final Rules rules;
  private final AtomicInteger fitting = new AtomicInteger();
  private final AtomicInteger applied = new AtomicInteger();
  private final CountDownLatch happened = new CountDownLatch(1);

  Rule(Match match, Stage stage, Effect effect, Rules rules) {
    this.match = match;
    this.stage = stage;
    this.effect = effect;
    this.rules = rules;
  }

  /** How often it has happened. */
  public int times() {
    return applied.get();
  }

  /**
   * Waits until it has happened once; a killed process has ended then.
   *
   * @throws IllegalStateException if it has not in time
   */
  public void awaitHappened(Duration patience) throws InterruptedException {
    if (!happened.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "No command that the rule is about came within "
              + patience
              + "; "
              + fitting.get()
              + " fitted, seen were "
              + rules.seen());
    }
  }

  /** From now on it is no rule any more. */
  public void remove() {
    rules.remove(this);
  }

  /** Counts the message if it fits, and is present if the rule is about it. */
  Optional<Rule> about(Message message) {
    return match.fits(message) && match.means(fitting.incrementAndGet())
        ? Optional.of(this)
        : Optional.empty();
  }

  Stage stage() {
    return stage;
  }

  Effect effect() {
    return effect;
  }

  void hasHappened() {
    applied.incrementAndGet();
    happened.countDown();
  }
}
