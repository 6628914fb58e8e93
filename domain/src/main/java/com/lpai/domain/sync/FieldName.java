package com.lpai.domain.sync;

import java.util.Optional;

/**
 * The name of one field that is merged and pushed on its own. A plain field is one word ({@code
 * email}); an element of a group is {@code group/element} ({@code tags/vip}, {@code
 * customFields/ID}), so that two people's additions to one group both survive (spec 5).
 *
 * @param value the name; a group's name never holds a slash, an element may
 */
public record FieldName(String value) implements Comparable<FieldName> {
  private static final int LONGEST = 512;

  public FieldName {
    if (value.isBlank() || value.length() > LONGEST) {
      throw new IllegalArgumentException("field name must have 1 to " + LONGEST + " characters");
    }
  }

  public static FieldName of(String value) {
    return new FieldName(value);
  }

  /** The name of one element of a group. */
  public static FieldName element(String group, String element) {
    return new FieldName(group + "/" + element);
  }

  /** The group this is an element of; empty for a plain field. */
  public Optional<String> group() {
    int slash = value.indexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(value.substring(0, slash));
  }

  public boolean isIn(String group) {
    // Asked of every field of every record: nothing is made for the answer.
    return value.startsWith(group) && value.startsWith("/", group.length());
  }

  /** The element's name within its group; for a plain field the name itself. */
  public String element() {
    return value.substring(value.indexOf('/') + 1);
  }

  @Override
  public int compareTo(FieldName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
