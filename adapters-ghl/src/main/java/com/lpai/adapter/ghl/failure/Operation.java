package com.lpai.adapter.ghl.failure;

/**
 * One of GoHighLevel's operations, as far as its failures depend on it.
 *
 * @param method of HTTP
 * @param path its template, for the log
 * @param effect what a request that was sent may have done
 * @param record the word by which a refusal names the record that the path is about
 * @param scope what a token must have been granted for it
 */
public record Operation(String method, String path, Effect effect, String record, String scope) {

  /** What a request does that reached the other side. */
  public enum Effect {
    /** Nothing. */
    READ,
    /** A change that may be repeated without harm. */
    CHANGE,
    /** A new record; a second request makes a second one. */
    CREATE
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
