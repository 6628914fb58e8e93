package com.lpai.adapter.web.security;

/** What a token of ours is for; one kind is never accepted in place of another (RFC 8725, 3.11). */
enum TokenKind {
  /** Calls of the REST API. */
  API("at+jwt"),
  /** A console session, in a cookie. */
  SESSION("lpai-session+jwt"),
  /** Reading the progress of one location's setup. */
  SETUP("lpai-setup+jwt"),
  /** Seeing how far the locations of one company are connected. */
  COMPANY("lpai-company+jwt");

  private final String type;

  TokenKind(String type) {
    this.type = type;
  }

  /** The header {@code typ}. */
  String type() {
    return type;
  }
}
