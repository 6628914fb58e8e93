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
    UNREADABLE("unreadable"),
    NEEDS_REAUTH("needsReauth"),
    NEEDS_INSTALL("needsInstall"),
    /** OAuth did not work, and an API key from the time before it is used again. */
    OAUTH_FAILED("oauthFailed"),
    REFRESH_FAILING("refreshFailing"),
    /** Locations of an agency that could not be connected. */
    MISSED_LOCATIONS("missedLocations"),
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
