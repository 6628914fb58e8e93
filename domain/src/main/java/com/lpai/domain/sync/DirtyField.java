package com.lpai.domain.sync;

/**
 * A field that was changed here and that the CRM has not accepted yet.
 *
 * @param revision the local edit that changed it last
 * @param base the value both sides last agreed on
 * @param held true while a person is to decide a conflict of it: it is not told until then
 */
public record DirtyField(long revision, FieldValue base, boolean held) {
  /** One that is to be told. */
  public DirtyField(long revision, FieldValue base) {
    this(revision, base, false);
  }

  /** The revision only: values are personal data and never belong into a log. */
  @Override
  public String toString() {
    return "DirtyField[revision " + revision + (held ? ", held]" : "]");
  }
}
