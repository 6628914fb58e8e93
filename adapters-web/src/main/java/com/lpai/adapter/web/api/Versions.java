package com.lpai.adapter.web.api;

import jakarta.ws.rs.core.EntityTag;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's version as an entity tag. */
final class Versions {
  /** No document has it: a tag that is not ours fits nothing. */
  private static final long NONE = -1;

  private static final Pattern STRONG = Pattern.compile("\"([0-9]{1,18})\"");

  private Versions() {}

  static EntityTag tag(long version) {
    return new EntityTag(Long.toString(version));
  }

  /**
   * The version that a caller insists on.
   *
   * @param ifMatch the header; empty when absent. Weak tags never match (RFC 9110, 13.1.1)
   */
  static OptionalLong expected(String ifMatch) {
    String given = ifMatch.strip();
    if (given.isEmpty() || given.equals("*")) {
      return OptionalLong.empty();
    }
    Matcher tag = STRONG.matcher(given);
    return OptionalLong.of(tag.matches() ? Long.parseLong(tag.group(1)) : NONE);
  }
}
