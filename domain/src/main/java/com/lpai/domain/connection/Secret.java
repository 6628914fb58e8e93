package com.lpai.domain.connection;

/** A text that must never be shown: a token, a key, a client secret. */
public record Secret(String value) {
  public Secret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
