package com.lpai.dev.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which commands a rule is about. Counting begins when the rule is made, in the order in which the
 * proxy receives commands on all of its connections.
 */
public final class Match {
  private final Optional<String> name;
  private final Optional<String> target;
  private final String text;
  private final int from;
  private final int to;

  private Match(Optional<String> name, Optional<String> target, String text, int from, int to) {
    this.name = name;
    this.target = target;
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** Every command, a driver's greetings included. */
  public static Match any() {
    return new Match(Optional.empty(), Optional.empty(), "", 1, Integer.MAX_VALUE);
  }

  /** MongoDB commands of this name, such as {@code update}, {@code findAndModify}. */
  public static Match command(String name) {
    return any().named(name);
  }

  /** HTTP requests; a path that ends in {@code *} stands for all that begin so. */
  public static Match request(String method, String path) {
    return any().named(method).on(path);
  }

  /** Only those of this collection. */
  public Match collection(String collection) {
    return on(collection);
  }

  /** Only those whose bytes hold this text, in UTF-8, anywhere. */
  public Match containing(String wanted) {
    return new Match(name, target, wanted, from, to);
  }

  /** Of those that fit, only the n-th, counted from 1. */
  public Match nth(int n) {
    return between(n, n);
  }

  /** Of those that fit, only the first n. */
  public Match first(int n) {
    return between(1, n);
  }

  Match named(String wanted) {
    return new Match(Optional.of(wanted), target, text, from, to);
  }

  Match on(String wanted) {
    return new Match(name, Optional.of(wanted), text, from, to);
  }

  private Match between(int first, int last) {
    if (first < 1 || last < 1) {
      throw new IllegalArgumentException("Commands are counted from 1");
    }
    return new Match(name, target, text, first, last);
  }

  boolean fits(Message message) {
    Command command = message.command();
    return name.map(command.name()::equals).orElse(true)
        && target.map(wanted -> fits(wanted, command.target())).orElse(true)
        && (text.isEmpty() || message.contains(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean fits(String wanted, String target) {
    return wanted.endsWith("*")
        ? target.startsWith(wanted.substring(0, wanted.length() - 1))
        : target.equals(wanted);
  }

  /** Whether the command that fits as the n-th is meant. */
  boolean means(int n) {
    return from <= n && n <= to;
  }
}
