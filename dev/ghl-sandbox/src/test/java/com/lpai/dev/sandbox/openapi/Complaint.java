package com.lpai.dev.sandbox.openapi;

/**
 * One place where a request or an answer is not what GoHighLevel's files describe.
 *
 * @param operation such as {@code PUT /contacts/{contactId}}, of an answer with its status
 * @param place such as {@code $.contact.tags[]} or {@code header Version}
 * @param text all of it for people, the value included
 */
public record Complaint(String operation, String place, What what, String text) {

  /** What is not as described. */
  public enum What {
    /** There is something that the files do not have. */
    UNKNOWN,
    /** Something required is not there. */
    MISSING,
    /** A value is of another type, or not one of those that are listed. */
    VALUE
  }

  /** The same about a part of an operation. */
  static Complaint of(String place, What what, String text) {
    return new Complaint("", place, what, text);
  }

  Complaint in(String newOperation) {
    return new Complaint(newOperation, place, what, text);
  }

  @Override
  public String toString() {
    return operation.isEmpty() ? text : operation + ": " + text;
  }
}
