package com.lpai.architecture.campaign;

import com.lpai.architecture.model.ModelReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of {@code dev/campaign/model.sh}: seeds of the model of the two-way sync on real
 * processes. Ends with 1 when the sides differ in the end, something is there twice, or an edit is
 * lost that no conflict names.
 */
final class ModelCampaign extends Campaign {
  private ModelCampaign() {
    super("Model campaign", "dev/campaign/model.sh", "seeds", 20);
  }

  public static void main(String... arguments) throws IOException {
    new ModelCampaign().runAndExit(arguments);
  }

  @Override
  void breakThings() {
    tell(
        "%d seeds of the model of the two-way sync, from %d on, on two servers, the database and"
                .formatted(times(), seed())
            + " the sandbox as processes: the steps of each in a location of its own. A kill is"
            + " SIGKILL of a server at one of its commands to the database; an interruption is what"
            + " another server does while such a command is held.");
    tell("");
    tell(
        "| seed | steps | kills | interruptions | fields set by persons | records in the end"
            + " | conflicts named | replaced unseen | s | |");
    tell("|---|---|---|---|---|---|---|---|---|---|");
    List<String> stories = new ArrayList<>();
    int[] sums = new int[7];
    try (ModelReplay replays = ModelReplay.start()) {
      for (long seed = seed(); seed < seed() + times(); seed++) {
        long start = System.nanoTime();
        ModelReplay.Outcome outcome = replays.replay(seed);
        int[] figures = {
          outcome.steps(),
          outcome.deaths(),
          outcome.interruptions(),
          outcome.edits(),
          outcome.records(),
          outcome.conflicts(),
          outcome.replacedUnseen()
        };
        String row =
            row(
                String.valueOf(seed),
                figures,
                String.valueOf(Pace.millisSince(start) / 1000),
                outcome.faults().isEmpty() ? "holds" : "**" + outcome.faults().size() + "**");
        Pace.say(row);
        tell(row);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += figures[i];
        }
        for (String fault : outcome.faults()) {
          findings().add("seed " + seed + ": " + fault);
        }
        if (!outcome.faults().isEmpty()) {
          stories.add("What happened in seed " + seed + ":");
          stories.add("");
          outcome.story().forEach(line -> stories.add("    " + line));
          stories.add("");
        }
      }
    }
    tell(row("all", sums, "", ""));
    tell("");
    tell(
        "*Replaced unseen* are edits there that an update of ours replaced before any read could"
            + " show them here: GoHighLevel has no update on a condition.");
    tell("");
    stories.forEach(this::tell);
  }

  private static String row(String seed, int[] figures, String seconds, String verdict) {
    StringBuilder row = new StringBuilder("| ").append(seed);
    for (int figure : figures) {
      row.append(" | ").append(figure);
    }
    return row.append(" | ").append(seconds).append(" | ").append(verdict).append(" |").toString();
  }
}
