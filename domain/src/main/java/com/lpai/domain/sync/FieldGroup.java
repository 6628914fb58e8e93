package com.lpai.domain.sync;

/**
 * A group of fields whose elements come and go, each merged on its own (spec 5).
 *
 * @param name the group's name in a {@link FieldName}, our REST API and database
 * @param elementKey what an element's name is called beside its value; empty for a set of names,
 *     which the CRM takes as names to add and names to remove
 */
public record FieldGroup(String name, String elementKey) {
  private static final FieldValue IN_IT = new FieldValue.Flag(true);

  /** A set of names, such as tags. */
  public static FieldGroup ofNames(String name) {
    return new FieldGroup(name, "");
  }

  /** Named values, such as custom fields. */
  public static FieldGroup ofValues(String name, String elementKey) {
    return new FieldGroup(name, elementKey);
  }

  public boolean isOfNames() {
    return elementKey.isEmpty();
  }

  /** What an element of a set of names has for its value. */
  public static FieldValue inIt() {
    return IN_IT;
  }
}
