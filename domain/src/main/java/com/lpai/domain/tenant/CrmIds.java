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
    if (!isOfUsableLength(value)) {
      throw new IllegalArgumentException(what + " must have 1 to " + LONGEST + " characters");
    }
    if (!isOneWord(value)) {
      throw new IllegalArgumentException(what + " must not hold blanks or control characters");
    }
    return value;
  }

  /** True when {@link #requireOpaque} takes it. */
  public static boolean isOpaque(String value) {
    return isOfUsableLength(value) && isOneWord(value);
  }

  private static boolean isOfUsableLength(String value) {
    return !value.isEmpty() && value.length() <= LONGEST;
  }

  private static boolean isOneWord(String value) {
    return value.chars().noneMatch(c -> c <= ' ' || c == 0x7f || Character.isWhitespace(c));
  }
}
