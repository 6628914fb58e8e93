package com.lpai.domain.setup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a step of a setup had to do without; it is told, and made good when that becomes possible.
 *
 * @param without steps that it rests on and that had not given everything
 * @param leftOut what the CRM did not give, in plain words; the first ones of many
 */
public record StepGaps(Set<SetupStep> without, List<String> leftOut) {
  public static final StepGaps NONE = new StepGaps(Set.of(), List.of());

  private static final int KEPT = 10;
  private static final String MORE = "There is more.";

  public StepGaps {
    without = without.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(without));
    leftOut = List.copyOf(leftOut);
  }

  public StepGaps without(Set<SetupStep> more) {
    if (without.containsAll(more)) {
      return this;
    }
    EnumSet<SetupStep> all = EnumSet.copyOf(more);
    all.addAll(without);
    return new StepGaps(all, leftOut);
  }

  /** With this left out, too; telling it twice changes nothing. */
  public StepGaps leavingOut(String what) {
    if (leftOut.contains(what) || leftOut.size() > KEPT) {
      return this;
    }
    List<String> all = new ArrayList<>(leftOut);
    all.add(leftOut.size() == KEPT ? MORE : what);
    return new StepGaps(without, all);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** All of it for a person; empty when there is nothing. */
  public String told() {
    List<String> all = new ArrayList<>(leftOut);
    if (!without.isEmpty()) {
      String missing = without.stream().map(SetupStep::key).collect(Collectors.joining(", "));
      all.addFirst(
          "Copied without "
              + missing
              + ", which could not be read; it is copied again as soon as that can be.");
    }
    return String.join(" ", all);
  }
}
