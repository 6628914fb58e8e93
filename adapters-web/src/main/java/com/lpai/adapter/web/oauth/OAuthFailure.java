package com.lpai.adapter.web.oauth;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemPage;

/** Why an installation did not happen, and what the person in front of it can do. */
enum OAuthFailure {
  DENIED(
      403,
      "access-denied",
      "The installation was cancelled",
      "Access was not granted in GoHighLevel, so nothing was connected. Start again whenever you"
          + " like."),
  ERROR(
      400,
      "consent-failed",
      "GoHighLevel could not finish the installation",
      "It reported an error instead of a permission, and nothing was connected. Start again; if it"
          + " happens again, ask your operator."),
  CODE_MISSING(
      400,
      "code-missing",
      "This address needs a code from GoHighLevel",
      "It is called by GoHighLevel at the end of an installation. Start the installation here."),
  STATE_INVALID(
      400,
      "state-invalid",
      "This installation was not begun in this browser, or took longer than ten minutes",
      "Nothing was connected. Start again, and finish it in one browser within ten minutes."),
  CODE_REFUSED(
      400,
      "code-refused",
      "The installation was finished before, or took too long",
      "GoHighLevel accepts each permission once, for a few minutes. If the location is connected"
          + " already, all is well; otherwise start again."),
  CRM_AWAY(
      502,
      "crm-unavailable",
      "GoHighLevel does not answer at the moment",
      "Nothing was connected, and nothing is lost. Start again in a minute."),
  MISCONFIGURED(
      500,
      "misconfigured",
      "This server is not set up for GoHighLevel",
      "Its operator must check the client id, the client secret and the redirect address; the log"
          + " says more. Nothing was connected."),
  DATABASE_AWAY(
      503,
      "storage-unavailable",
      "The database cannot be reached",
      "The connection could not be stored. Start again in a minute.");

  private static final String ACCESS_DENIED = "access_denied";

  private final int status;
  private final String kind;
  private final String title;
  private final String detail;

  OAuthFailure(int status, String kind, String title, String detail) {
    this.status = status;
    this.kind = kind;
    this.title = title;
    this.detail = detail;
  }

  /** What the consent page's parameter {@code error} means; its text is never shown. */
  static OAuthFailure ofError(String error) {
    return error.equals(ACCESS_DENIED) ? DENIED : ERROR;
  }

  Problem problem() {
    return Problem.of(status, kind, title, detail);
  }

  /** The same for a person. */
  String page() {
    return ProblemPage.of(problem(), "/api/oauth/install", "Start the installation");
  }
}
