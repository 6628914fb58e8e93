package com.lpai.dev.wire;

import java.time.Duration;
import java.util.function.Supplier;

/** The end of a rule: what happens. Each method puts the rule in force. */
public final class Then {
  private final Match match;
  private final Stage stage;
  private final Rules rules;

  Then(Match match, Stage stage, Rules rules) {
    this.match = match;
    this.stage = stage;
    this.rules = rules;
  }

  /** The client's and the far side's connection are closed. */
  public Rule cut() {
    return add(new Effect.Cut());
  }

  /** It vanishes: the client's connection stays open and silent until the client gives up. */
  public Rule drop() {
    return add(new Effect.Drop());
  }

  /** It goes on after this time. Other connections are not held up. */
  public Rule delay(Duration time) {
    return add(new Effect.Delay(time));
  }

  /** Passed on at this speed: the command, or (after the reply) the reply. */
  public Rule throttle(int bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("At least one byte a second must pass");
    }
    return add(new Effect.Throttle(bytesPerSecond));
  }

  /** Ends the process at once (SIGKILL), waits for its end, and closes the connections. */
  public Rule kill(ProcessHandle process) {
    return kill(() -> process);
  }

  /** The same for a process that is looked up when the time has come. */
  public Rule kill(Supplier<ProcessHandle> process) {
    return add(new Effect.Kill(process::get));
  }

  /**
   * Runs something, then lets it go on. What it throws closes the connection, and {@link
   * WireProxy#close} throws it.
   */
  public Rule run(Runnable action) {
    return add(new Effect.Run(action));
  }

  /** All connections are closed, and new ones are refused for this time. */
  public Rule goAway(Duration time) {
    return add(new Effect.GoAway(time));
  }

  Rule add(Effect effect) {
    return rules.add(match, stage, effect);
  }
}
