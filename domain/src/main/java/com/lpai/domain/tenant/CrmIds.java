package com.lpai.domain.tenant;

/**
 * What every id that GoHighLevel gives out has in common: it is opaque, and it is one short word.
 */
public final class CrmIds {
  private static final int LONGEST = 128;

  private CrmIds() {}

  /**
   * Checks an opaque id; its form is never parsed (ghl-facts.md 0).
   *
   * @param what the id's name for the message
   * @return the id as given
   * @throws IllegalArgumentException when it is empty, longer than 128 characters, or holds blanks
   *     or control characters
   */
  public static String requireOpaque(String value, String what) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(what + " must have 1 to " + LONGEST + " characters");
    }
    if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7f || Character.isWhitespace(c))) {
      throw new IllegalArgumentException(what + " must not hold blanks or control characters");
    }
    return value;
  }
}
