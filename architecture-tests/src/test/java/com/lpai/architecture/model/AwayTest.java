package com.lpai.architecture.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * GoHighLevel is away for an hour while a thousand edits are made here: none of them asks it for
 * anything, and when it is back all is told, each record at most once.
 */
class AwayTest {
  private static final int EDITS = 1_000;
  private static final int CONTACTS = 300;
  private static final List<ModelField> FIELDS =
      List.of(ModelField.FIRST_NAME, ModelField.CITY, ModelField.SIZE, ModelField.DND);

  @Test
  void everythingIsToldAfterwardsAndNoRecordTwice() {
    try (SyncRun run = SyncRun.ofMany(CONTACTS)) {
      run.callsSince();
      Random chance = new Random(1);
      Set<Integer> edited = new HashSet<>();
      run.take(List.of(new Step.Trouble(Step.Fault.UNAVAILABLE, Integer.MAX_VALUE)));
      for (int edit = 0; edit < EDITS; edit++) {
        int which = chance.nextInt(CONTACTS);
        ModelField field = FIELDS.get(chance.nextInt(FIELDS.size()));
        Map<String, Integer> before = run.callsSince();
        run.take(List.of(new Step.EditHere(which, field, edit)));
        assertThat(run.callsSince()).as("calls for an edit, after " + before).isEmpty();
        edited.add(which);
        if (edit % 10 == 0) {
          run.advance(Duration.ofSeconds(26));
          run.take(List.of(new Step.Push()));
        }
      }
      run.callsSince();

      run.calmDown();

      int writes = run.callsSince().getOrDefault("PUT 200", 0);
      assertThat(writes).isPositive().isLessThanOrEqualTo(edited.size());
      assertThat(Verdict.faults(run.sides)).isEmpty();
    }
  }
}
