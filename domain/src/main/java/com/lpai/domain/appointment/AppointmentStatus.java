package com.lpai.domain.appointment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of an appointment; the CRM calls a scheduled one "new" (ghl-facts.md 3.3). */
public enum AppointmentStatus {
  SCHEDULED("new", true),
  CONFIRMED("confirmed", true),
  CANCELLED("cancelled", true),
  SHOWED("showed", true),
  NOSHOW("noshow", true),
  INVALID("invalid", true),
  /** The CRM tells it and does not take it. */
  ACTIVE("active", false),
  /** The CRM tells it and does not take it. */
  COMPLETED("completed", false);

  private final String crmWord;
  private final boolean writable;

  AppointmentStatus(String crmWord, boolean writable) {
    this.crmWord = crmWord;
    this.writable = writable;
  }

  /** Our word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The CRM's word for it. */
  public String crmWord() {
    return crmWord;
  }

  /** Whether the CRM takes it from us. */
  public boolean isWritable() {
    return writable;
  }

  /** The state that this is a word for, ours or the CRM's. */
  public static Optional<AppointmentStatus> named(String word) {
    return Arrays.stream(values())
        .filter(status -> status.word().equals(word) || status.crmWord.equals(word))
        .findFirst();
  }
}
