package com.lpai.dev.wire;

import java.time.Duration;
import java.util.Locale;

/**
 * A rule as words, for the command line: {@code name=update target=contacts nth=3 at=replied
 * kill=1234}.
 */
final class RuleText {
  static final String FORM =
      "name=NAME target=TARGET containing=TEXT nth=N first=N at=received|forwarded|replied"
          + " and one of: cut drop delay=MILLIS throttle=BYTES_A_SECOND kill=PID away=MILLIS";

  private RuleText() {}

  /**
   * Puts the rule in force.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  static Rule apply(String text, WireProxy proxy) {
    Match match = Match.any();
    Stage stage = Stage.RECEIVED;
    String effect = "";
    for (String word : text.strip().split("\\s+", -1)) {
      String value = word.substring(word.indexOf('=') + 1);
      switch (word.split("=", 2)[0]) {
        case "name" -> match = match.named(value);
        case "target" -> match = match.on(value);
        case "containing" -> match = match.containing(value);
        case "nth" -> match = match.nth(number(word, value));
        case "first" -> match = match.first(number(word, value));
        case "at" -> stage = stage(value);
        default -> effect = word;
      }
    }
    return effect(effect, proxy.when(match).at(stage));
  }

  private static Rule effect(String word, Then then) {
    String value = word.substring(word.indexOf('=') + 1);
    return switch (word.split("=", 2)[0]) {
      case "cut" -> then.cut();
      case "drop" -> then.drop();
      case "delay" -> then.delay(Duration.ofMillis(number(word, value)));
      case "throttle" -> then.throttle(number(word, value));
      case "kill" -> then.kill(process(number(word, value)));
      case "away" -> then.goAway(Duration.ofMillis(number(word, value)));
      default ->
          throw new IllegalArgumentException("\"" + word + "\" is no part of a rule: " + FORM);
    };
  }

  private static Stage stage(String value) {
    try {
      return Stage.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("at=" + value + " is no part of a rule: " + FORM, unknown);
    }
  }

  private static int number(String word, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException mistake) {
      throw new IllegalArgumentException(word + " needs a number", mistake);
    }
  }

  private static ProcessHandle process(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IllegalArgumentException("There is no process " + pid));
  }
}
