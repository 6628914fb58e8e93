package com.lpai.domain.sync;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells one conflict of a record from its others, and from those of the same field before and
 * after.
 *
 * @param revision the record's revision that the conflict made
 */
public record ConflictId(FieldName field, long revision) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-([A-Za-z0-9_-]{1,2800})");

  /** The id that is written so; empty for what is none. */
  public static Optional<ConflictId> of(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    try {
      byte[] field = Base64.getUrlDecoder().decode(written.group(2));
      return Optional.of(
              new ConflictId(
                  FieldName.of(new String(field, StandardCharsets.UTF_8)),
                  Long.parseLong(written.group(1))))
          .filter(id -> id.toString().equals(text));
    } catch (IllegalArgumentException noFieldName) {
      return Optional.empty();
    }
  }

  /** Digits, letters, hyphens and underscores. */
  @Override
  public String toString() {
    return revision
        + "-"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(field.value().getBytes(StandardCharsets.UTF_8));
  }
}
