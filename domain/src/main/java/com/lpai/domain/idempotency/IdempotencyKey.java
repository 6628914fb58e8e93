package com.lpai.domain.idempotency;

/**
 * A caller's key for one request, unique among the requests of the caller to one address.
 *
 * @param subject who calls, as their token says
 * @param path what is asked to make something, below the location, for example {@code contacts}
 * @param value 1 to {@link #LONGEST} printable characters of ASCII
 */
public record IdempotencyKey(String subject, String path, String value) {
  public static final int LONGEST = 255;

  public IdempotencyKey {
    if (value.isBlank()
        || value.length() > LONGEST
        || !value.chars().allMatch(c -> isPrintable(c))) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + LONGEST + " printable characters of ASCII");
    }
  }

  private static boolean isPrintable(int character) {
    return character >= ' ' && character <= '~';
  }

  /** The place only: whoever knows a caller's key could ask what it was used for. */
  @Override
  public String toString() {
    return "IdempotencyKey[" + path + "]";
  }
}
