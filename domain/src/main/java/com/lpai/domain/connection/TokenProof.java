package com.lpai.domain.connection;

/**
 * Shows a token to the CRM by one cheap call.
 *
 * @param <O> whose token it is: a location's or a company's id
 */
public interface TokenProof<O> {

  /** What the CRM made of it. */
  sealed interface Verdict {
    /** It is valid; it may still lack a scope. */
    record Accepted() implements Verdict {}

    /** It is invalid or expired. */
    record Refused(String message) implements Verdict {}

    /** Its owner is not active. */
    record NotActive(String message) implements Verdict {}

    /** The CRM could not be asked: nothing is known. */
    record Unknown(String message) implements Verdict {}
  }

  Verdict verdict(O owner, Secret token);
}
