package com.lpai.dev.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of one proxy and what it has seen: one order for all connections. */
final class Rules {
  private final List<Rule> rules = new ArrayList<>();
  private final List<Command> seen = new ArrayList<>();

  synchronized Rule add(Match match, Stage stage, Effect effect) {
    Rule rule = new Rule(match, stage, effect, this);
    rules.add(rule);
    return rule;
  }

  synchronized void remove(Rule rule) {
    rules.remove(rule);
  }

  synchronized void removeAll() {
    rules.clear();
  }

  /** Writes the command down and counts it; the rules that are about it come in their order. */
  synchronized List<Rule> receive(Message message) {
    seen.add(message.command());
    return rules.stream().map(rule -> rule.about(message)).flatMap(Optional::stream).toList();
  }

  synchronized List<Command> seen() {
    return List.copyOf(seen);
  }

  synchronized void forgetSeen() {
    seen.clear();
  }
}
