package com.lpai.boot.settings;

/** Texts between BEGIN and END lines. */
final class Pem {
  private Pem() {}

  /** The base64 inside, on one line; a text without such lines is taken as base64. */
  static String body(String pem) {
    return pem.replaceAll("-----[^-]*-----", "").replaceAll("\\s", "");
  }
}
