package com.lpai.application.health;

import java.time.Instant;

/**
 * Something that a person must know. It is read off the state of things, so it ends by itself.
 *
 * @param kind what is the matter
 * @param ofCompany the subject is a company, not a location
 * @param subject the location's or company's id; of what concerns neither, the part of the server
 * @param name how a person calls it
 * @param message what is the matter, in plain words
 * @param detail what GoHighLevel or the storage said; may be empty
 * @param action what to do about it
 * @param needsInstallation installing the app again helps
 * @param since when it began; {@link Instant#EPOCH} when nobody knows
 */
public record Alert(
    Kind kind,
    boolean ofCompany,
    String subject,
    String name,
    String message,
    String detail,
    String action,
    boolean needsInstallation,
    Instant since) {

  /** What the subject is, as the REST API says it. */
  public String subjectKind() {
    boolean ofServer = kind == Kind.WRONG_SIGNATURES || subject.equals(Alerts.WEBHOOKS);
    return ofServer ? "server" : ofCompany ? "company" : "location";
  }

  /** The kinds, the most urgent first. */
  public enum Kind {
    /** Suddenly many webhooks have a wrong signature; of this server, not of a location. */
    WRONG_SIGNATURES("wrongSignatures"),
    UNREADABLE("unreadable"),
    NEEDS_REAUTH("needsReauth"),
    NEEDS_INSTALL("needsInstall"),
    /** OAuth did not work, and an API key from the time before it is used again. */
    OAUTH_FAILED("oauthFailed"),
    REFRESH_FAILING("refreshFailing"),
    /** Webhooks could not be applied and wait for somebody to decide about them. */
    DEAD_WEBHOOKS("deadWebhooks"),
    /** Messages that were to be sent from here were not, or nobody knows whether they were. */
    FAILED_MESSAGES("failedMessages"),
    /** Both sides changed a field, and a person is to say which value stays. */
    UNDECIDED_CONFLICTS("undecidedConflicts"),
    /** A proof found that both sides differ, and that was not repaired. */
    DIFFERENCES("differences"),
    /** What changed cannot be read, or a proof or repair fails, again and again. */
    RECONCILE_FAILING("reconcileFailing"),
    /** The search for an agency's locations does not come to its end. */
    SEARCH_FAILING("searchFailing"),
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
