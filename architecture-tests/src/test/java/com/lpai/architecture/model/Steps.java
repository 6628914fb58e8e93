package com.lpai.architecture.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random lists of steps: the same seed gives the same list. */
final class Steps {
  static final int LENGTH = 30;

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(40),
          Duration.ofMinutes(2),
          Duration.ofMinutes(11),
          Duration.ofHours(1));

  private final Random chance;

  /** Of a run most edits are of these fields and of few records: what meets, may collide. */
  private final List<ModelField> fields;

  private Steps(Random chance) {
    this.chance = chance;
    this.fields = Stream.generate(() -> one(ModelField.values())).limit(2).toList();
  }

  static List<Step> of(long seed) {
    Steps steps = new Steps(new Random(seed));
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      all.add(steps.next());
    }
    return List.copyOf(all);
  }

  private Step next() {
    int roll = chance.nextInt(100);
    if (roll < 40) {
      return byPerson();
    }
    if (roll < 54) {
      return new Step.Push();
    }
    if (roll < 64) {
      return new Step.Hear(one(Step.Arrival.values()));
    }
    if (roll < 66) {
      return new Step.Apply();
    }
    if (roll < 69) {
      return new Step.Lose(1 + number(3));
    }
    if (roll < 76) {
      return new Step.Trouble(one(Step.Fault.values()), 1 + number(3));
    }
    if (roll < 77) {
      return new Step.ExpireTokens();
    }
    if (roll < 84) {
      return new Step.Wait(WAITS.get(number(WAITS.size())));
    }
    if (roll < 89) {
      return new Step.CrashAt(number(6), one(Outside.Moment.values()));
    }
    if (roll < 98) {
      return new Step.Meanwhile(number(4), one(Outside.Moment.values()), meanwhile());
    }
    return new Step.Copy();
  }

  private Step meanwhile() {
    int roll = chance.nextInt(10);
    if (roll < 4) {
      return new Step.EditHere(few(), field(), number(100));
    }
    if (roll < 7) {
      return byPerson();
    }
    return roll < 9 ? new Step.Hear(one(Step.Arrival.values())) : new Step.Push();
  }

  private Step byPerson() {
    int roll = chance.nextInt(44);
    if (roll < 4) {
      return new Step.CreateHere(one(ModelKind.values()), number(8), number(100));
    }
    if (roll < 20) {
      return new Step.EditHere(few(), field(), number(100));
    }
    if (roll < 22) {
      return new Step.DeleteHere(one(ModelKind.values()), number(8));
    }
    if (roll < 23) {
      return new Step.RetryHere(one(ModelKind.values()), number(8));
    }
    if (roll < 26) {
      return new Step.CreateThere(one(ModelKind.values()), number(8), number(100));
    }
    if (roll < 41) {
      return new Step.EditThere(few(), field(), number(100));
    }
    return roll < 43
        ? new Step.DeleteThere(one(ModelKind.values()), number(8))
        : new Step.CreateTwins(number(100));
  }

  private ModelField field() {
    return number(6) > 0 ? fields.get(number(fields.size())) : one(ModelField.values());
  }

  private int few() {
    return number(number(4) > 0 ? 2 : 8);
  }

  private int number(int bound) {
    return chance.nextInt(bound);
  }

  private <T> T one(T[] all) {
    return all[chance.nextInt(all.length)];
  }
}
