package com.lpai.architecture.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand edits in both directions, each field by one side only, with a webhook for every
 * change there, our own included: nothing is written because of an echo, and there is no conflict.
 */
class EchoTest {
  private static final int EDITS = 10_000;
  private static final int BETWEEN_PUSHES = 20;
  private static final int CONTACTS = 40;
  private static final List<ModelField> HERE =
      List.of(ModelField.CITY, ModelField.VALUE, ModelField.PLACE);
  private static final List<ModelField> THERE =
      List.of(ModelField.FIRST_NAME, ModelField.TITLE, ModelField.SUBJECT);

  @Test
  void nothingIsWrittenForAnEcho() {
    try (SyncRun run = SyncRun.ofMany(CONTACTS)) {
      for (int i = 0; i < CONTACTS / 2; i++) {
        run.take(List.of(new Step.CreateThere(ModelKind.APPOINTMENT, i, i)));
      }
      run.calmDown();
      run.callsSince();
      Random chance = new Random(1);
      long needed = 0;
      for (int done = 0; done < EDITS; done += BETWEEN_PUSHES) {
        needed += edits(run, chance);
        run.take(List.of(new Step.Push(), new Step.Hear(Step.Arrival.ALL)));
        run.advance(Duration.ofSeconds(chance.nextInt(900)));
      }
      run.take(List.of(new Step.Hear(Step.Arrival.ALL), new Step.Push()));
      Map<String, Integer> calls = run.callsSince();
      run.calmDown();
      Map<String, Integer> later = run.callsSince();
      Verdict verdict = Verdict.of(run.sides);

      assertThat(calls.getOrDefault("PUT 200", 0).longValue()).as("writes").isEqualTo(needed);
      assertThat(later).as("writes after quiet").doesNotContainKey("PUT 200");
      assertThat(verdict.faults()).isEmpty();
      assertThat(verdict.conflicts()).isZero();
    }
  }

  /** Makes some edits; answers how many records must be told there. */
  private static long edits(SyncRun run, Random chance) {
    Map<String, String> before = valuesHere(run);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < BETWEEN_PUSHES; i++) {
      int which = chance.nextInt(CONTACTS / 2);
      int value = chance.nextInt(100);
      int kind = chance.nextInt(HERE.size());
      steps.add(
          chance.nextBoolean()
              ? new Step.EditHere(which, HERE.get(kind), value)
              : new Step.EditThere(which, THERE.get(kind), value));
    }
    run.take(steps);
    return valuesHere(run).entrySet().stream()
        .filter(now -> !now.getValue().equals(before.get(now.getKey())))
        .count();
  }

  private static Map<String, String> valuesHere(SyncRun run) {
    Map<String, String> values = new HashMap<>();
    for (ModelField field : HERE) {
      run.live(field.kind())
          .forEach(record -> values.put(record.id().toString(), run.valueHere(record, field)));
    }
    return values;
  }
}
