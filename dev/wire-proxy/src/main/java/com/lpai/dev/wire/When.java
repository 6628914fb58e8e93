package com.lpai.dev.wire;

/** The beginning of a rule: which commands. Next: where on its way it hits them. */
public final class When {
  private final Match match;
  private final Rules rules;

  When(Match match, Rules rules) {
    this.match = match;
    this.rules = rules;
  }

  /** Before the far side gets the command: what it asks for does not happen. */
  public Then before() {
    return at(Stage.RECEIVED);
  }

  /** When the far side has the command, without waiting for its reply: it may happen or not. */
  public Then afterForwarding() {
    return at(Stage.FORWARDED);
  }

  /** When the far side has replied and the client does not know: it has happened. */
  public Then afterReply() {
    return at(Stage.REPLIED);
  }

  Then at(Stage stage) {
    return new Then(match, stage, rules);
  }
}
