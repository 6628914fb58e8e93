package com.lpai.architecture.campaign;

import java.util.ArrayList;
import java.util.List;

/** What is not as it must be: lost, doubled, different. */
final class Findings {
  private static final int SHOWN = 40;

  private final List<String> findings = new ArrayList<>();

  @SuppressWarnings("SystemOut") // a person watches it
  synchronized void add(String finding) {
    findings.add(finding);
    System.out.println("FOUND " + finding);
  }

  synchronized boolean none() {
    return findings.isEmpty();
  }

  /** For the report. */
  synchronized List<String> lines() {
    if (findings.isEmpty()) {
      return List.of("Nothing acknowledged was lost, nothing was there twice, nothing differed.");
    }
    List<String> lines = new ArrayList<>();
    lines.add("**" + findings.size() + " findings:**");
    lines.add("");
    findings.stream().limit(SHOWN).forEach(finding -> lines.add("- " + finding));
    return lines;
  }
}
