package com.lpai.application.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether suddenly many signatures are wrong: GoHighLevel may have another key (trap 20). */
final class SignatureWatch {
  private static final Duration SLOT = Duration.ofSeconds(10);
  private static final int SLOTS = 30;
  private static final long FEWEST = 20;
  private static final long PERCENT = 20;

  private final long[] slot = new long[SLOTS];
  private final long[] right = new long[SLOTS];
  private final long[] wrong = new long[SLOTS];

  synchronized void wasRight(Instant at) {
    right[at(at)]++;
  }

  synchronized void wasWrong(Instant at) {
    wrong[at(at)]++;
  }

  /** The place of this time; what was counted there five minutes ago is forgotten. */
  private int at(Instant time) {
    long number = number(time);
    int place = Math.floorMod(number, SLOTS);
    if (slot[place] != number) {
      slot[place] = number;
      right[place] = 0;
      wrong[place] = 0;
    }
    return place;
  }

  private static long number(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SLOT.toSeconds());
  }

  synchronized Optional<WrongSignatures> alarm(Instant now) {
    long newest = number(now);
    long allRight = 0;
    long allWrong = 0;
    long first = newest;
    for (int place = 0; place < SLOTS; place++) {
      if (slot[place] > newest - SLOTS && slot[place] <= newest) {
        allRight += right[place];
        allWrong += wrong[place];
        first = wrong[place] > 0 ? Math.min(first, slot[place]) : first;
      }
    }
    long all = allRight + allWrong;
    return allWrong >= FEWEST && allWrong * 100 >= all * PERCENT
        ? Optional.of(
            new WrongSignatures(allWrong, all, Instant.ofEpochSecond(first * SLOT.toSeconds())))
        : Optional.empty();
  }
}
