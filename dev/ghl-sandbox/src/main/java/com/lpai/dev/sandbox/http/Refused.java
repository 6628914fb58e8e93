package com.lpai.dev.sandbox.http;

/** A request that is answered with an error, from wherever that is noticed. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Answer.Reply reply;

  public Refused(Answer.Reply reply) {
    super("refused with status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  public Answer.Reply reply() {
    return reply;
  }
}
