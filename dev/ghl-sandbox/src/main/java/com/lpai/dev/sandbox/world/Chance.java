package com.lpai.dev.sandbox.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Random choices of one seeding; each kind of thing has random numbers of its own. */
final class Chance {
  private final SplittableRandom random;

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  static Chance of(long seed, String what, String locationId) {
    long hash = seed;
    for (char letter : (what + "/" + locationId).toCharArray()) {
      hash = hash * 1_000_003 + letter;
    }
    return new Chance(new SplittableRandom(hash));
  }

  String id() {
    return Ids.from(random);
  }

  /** An id of the form that stages have. */
  String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** True in so many of a hundred cases. */
  boolean percent(int share) {
    return random.nextInt(100) < share;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long below(long bound) {
    return random.nextLong(bound);
  }
}
