package com.lpai.domain.sync;

import java.util.List;

/** One plain field that both sides keep of a record, as an entity's table lists it. */
public interface MirroredField {

  /** The field's name in our REST API and database. */
  String key();

  /** The field's name in the CRM's object; the same unless the CRM calls it otherwise. */
  default String crmKey() {
    return key();
  }

  FieldType type();

  FieldAccess access();

  /** The words that a field of {@link FieldType#WORD} may hold; none for any other. */
  default List<String> words() {
    return List.of();
  }

  /** Those of {@link #words} that the CRM takes from us. */
  default List<String> writableWords() {
    return words();
  }

  /** False for a word that the CRM told us once and does not take from us. */
  default boolean isTaken(FieldValue value) {
    return words().isEmpty()
        || !(value instanceof FieldValue.Text(String word))
        || writableWords().contains(word);
  }

  /** Whether the CRM's events can carry the field at all (ghl-facts.md 6.7). */
  boolean isInEvents();

  default FieldName fieldName() {
    return FieldName.of(key());
  }
}
