package com.lpai.adapter.mongo.failure;

/** What became of one write that a unique index may refuse. */
public sealed interface WriteOutcome {

  /**
   * The server did it.
   *
   * @param matched documents that the filter matched, or 1 for an inserted one
   */
  record Written(long matched) implements WriteOutcome {}

  /** A unique index refused it; nothing was written. */
  record Refused(DuplicateKey key) implements WriteOutcome {}

  /** True when a document was written. */
  default boolean wrote() {
    return this instanceof Written(long matched) && matched > 0;
  }
}
