package com.lpai.domain.sync;

/** Who wrote a value. */
public sealed interface Origin {
  /** Nobody knows: above all of values that were stored before this was noted. */
  Origin UNKNOWN = Part.UNKNOWN;

  /** An event of the CRM, or the read that one led to. */
  Origin WEBHOOK = Part.WEBHOOK;

  /** A copy of the location. */
  Origin SETUP = Part.SETUP;

  /** A comparison with the CRM after the copy. */
  Origin RECONCILIATION = Part.RECONCILIATION;

  /** What was found out on the way of a push of ours. */
  Origin PUSH_ANSWER = Part.PUSH_ANSWER;

  /**
   * A person or a program, by our REST API.
   *
   * @param subject the subject of their token; its beginning where that is longer than {@link
   *     #LONGEST}
   */
  record User(String subject) implements Origin {
    /** Characters that are kept of a subject. */
    public static final int LONGEST = 128;

    public User {
      subject = subject.substring(0, Math.min(LONGEST, subject.length()));
    }

    /** Not who: that belongs into no log. */
    @Override
    public String toString() {
      return "User";
    }
  }

  /** Parts of this system. */
  enum Part implements Origin {
    UNKNOWN,
    WEBHOOK,
    SETUP,
    RECONCILIATION,
    PUSH_ANSWER
  }
}
