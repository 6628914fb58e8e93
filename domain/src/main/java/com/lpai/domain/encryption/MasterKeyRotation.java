package com.lpai.domain.encryption;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Changes the master key while serving, in two phases (spec 3): first every instance gets to know
 * the next master key beside the present one, then the rotation is begun, and data keys are wrapped
 * anew page by page. Data keys themselves stay, so nothing that they encrypted changes.
 *
 * <p>Every step may be repeated, on any instance and on several at once; what has been begun is
 * stored, so that any instance goes on with it after a crash.
 */
public interface MasterKeyRotation {
  /** An instance counts as running for so long after it was seen last. */
  Duration RUNNING = Duration.ofMinutes(1);

  /** What came of {@link #begin}. */
  sealed interface Beginning {
    /** New data keys use the next master key from here on; the same when it was begun before. */
    record Begun() implements Beginning {}

    /** This instance knows one master key only. */
    record NoNextKey() implements Beginning {}

    /** Running instances do not know the next master key, and could read nothing wrapped by it. */
    record NotKnownTo(List<String> instances) implements Beginning {
      public NotKnownTo {
        instances = List.copyOf(instances);
      }
    }

    /** The next master key was tried and cannot be used; nothing has changed. */
    record Unusable(String why) implements Beginning {}
  }

  /** Says to all instances that this one runs and which master keys it knows. */
  void announce(String instance, Instant now);

  /** Which master key wraps what; of the instances those that run. */
  MasterKeyState state(Instant now);

  /**
   * Begins to use the next master key, after proving that it works and that every running instance
   * knows it.
   */
  Beginning begin(Instant now);

  /** True when a rotation to this instance's next master key was begun, done or not. */
  boolean isBegun();

  /**
   * Wraps some data keys anew by the current master key, those included that were made meanwhile
   * with the other one; does nothing unless a rotation was begun.
   *
   * @param limit how many at most
   * @return how many it was; 0 when nothing is left to do
   */
  int rewrapPage(int limit);
}
