package com.lpai.domain.conversation;

/** Chooses between two words of the CRM, of which one may say nothing. */
final class Told {
  private Told() {}

  /** This text, or the other one when it is empty. */
  static String orElse(String text, String other) {
    return text.isEmpty() ? other : text;
  }
}
