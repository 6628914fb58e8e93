package com.lpai.domain.connection;

/** What a token is for: GoHighLevel's {@code user_type} (ghl-facts.md 2.2). */
public enum TokenType {
  LOCATION,
  COMPANY
}
