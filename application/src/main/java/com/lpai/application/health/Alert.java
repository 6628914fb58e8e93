package com.lpai.application.health;

import java.time.Instant;

/**
 * Something that a person must know. It is read off the state of things, so it ends by itself.
 *
 * @param kind what is the matter
 * @param subject the location's or company's id
 * @param name how a person calls it
 * @param message what happened, and what to do
 * @param needsInstallation installing the app again helps
 * @param since the time of the last change that we know of; {@link Instant#EPOCH} when of none
 */
public record Alert(
    Kind kind,
    String subject,
    String name,
    String message,
    boolean needsInstallation,
    Instant since) {

  /** The kinds, the most urgent first. */
  public enum Kind {
    NEEDS_REAUTH("needsReauth"),
    NEEDS_INSTALL("needsInstall"),
    REFRESH_FAILING("refreshFailing"),
    MISSING_SCOPES("missingScopes"),
    SUSPENDED("suspended");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As the REST API says it. */
    public String word() {
      return word;
    }
  }
}
