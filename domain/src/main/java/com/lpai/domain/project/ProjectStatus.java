package com.lpai.domain.project;

import java.util.Locale;

/** The states of a project, spelt the same on both sides (ghl-facts.md 3.2). */
public enum ProjectStatus {
  OPEN,
  WON,
  LOST,
  ABANDONED;

  /** The word for it, here and in the CRM. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
