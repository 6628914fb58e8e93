package com.lpai.domain.sync;

/**
 * A field that was changed here and that the CRM has not accepted yet.
 *
 * @param revision the local edit that changed it last
 * @param base the value both sides last agreed on
 */
public record DirtyField(long revision, FieldValue base) {
  /** The revision only: values are personal data and never belong into a log. */
  @Override
  public String toString() {
    return "DirtyField[revision " + revision + "]";
  }
}
