package com.lpai.domain.defaults;

/**
 * A message that a location sends again and again.
 *
 * @param name tells it from the others of its kind
 * @param subject of an e-mail; empty for a text message
 */
public record Template(Kind kind, String name, String subject, String body) {
  /** How it is sent. */
  public enum Kind {
    SMS,
    EMAIL
  }
}
