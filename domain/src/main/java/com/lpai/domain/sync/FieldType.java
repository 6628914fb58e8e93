package com.lpai.domain.sync;

/** What a field's value is, and so how it is read, compared and stored. */
public enum FieldType {
  TEXT,
  EMAIL,
  PHONE,
  COUNTRY,
  /** One of a few words; a word that nobody knows is kept as it came and flagged. */
  WORD,
  DAY,
  /** A point in time. */
  MOMENT,
  FLAG,
  AMOUNT,
  STRUCTURE
}
