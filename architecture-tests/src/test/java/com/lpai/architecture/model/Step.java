package com.lpai.architecture.model;

import java.time.Duration;

/** One thing that happens. Numbers choose among what is there at that moment. */
sealed interface Step {
  /** What a person does on either side. */
  sealed interface ByPerson extends Step {}

  record CreateHere(ModelKind kind, int contact, int value) implements ByPerson {}

  record EditHere(int which, ModelField field, int value) implements ByPerson {}

  record DeleteHere(ModelKind kind, int which) implements ByPerson {}

  /** A person asks to push a record again now. */
  record RetryHere(ModelKind kind, int which) implements ByPerson {}

  record CreateThere(ModelKind kind, int contact, int value) implements ByPerson {}

  record EditThere(int which, ModelField field, int value) implements ByPerson {}

  record DeleteThere(ModelKind kind, int which) implements ByPerson {}

  /** Both sides make the same person before either hears of the other's. */
  record CreateTwins(int value) implements ByPerson {}

  /** Everything that is due is pushed. */
  record Push() implements Step {}

  /** Webhooks arrive and are applied as far as they can be. */
  record Hear(Arrival arrival) implements Step {}

  /** Stored webhooks that are due are applied. */
  record Apply() implements Step {}

  /** The so many oldest webhooks under way never come. */
  record Lose(int count) implements Step {}

  /** The next calls fail so. */
  record Trouble(Fault fault, int times) implements Step {}

  record ExpireTokens() implements Step {}

  record Wait(Duration time) implements Step {}

  /** The process dies at the so manieth call to the outside from now on. */
  record CrashAt(int call, Outside.Moment moment) implements Step {}

  /** Another process does this in the midst of what ours does next. */
  record Meanwhile(int call, Outside.Moment moment, Step step) implements Step {}

  /** The copy of what changed since the last one. */
  record Copy() implements Step {}

  /** How webhooks arrive. */
  enum Arrival {
    OLDEST,
    ALL,
    REVERSED,
    ALL_TWICE,
    OLD_ONE_AGAIN
  }

  /** What goes wrong with calls, as the sandbox names it. */
  enum Fault {
    TIMEOUT_AFTER_EFFECT("{\"kind\":\"timeoutAfterEffect\""),
    TIMEOUT("{\"kind\":\"timeout\""),
    DROP("{\"kind\":\"drop\""),
    UNAVAILABLE("{\"kind\":\"status\",\"status\":503"),
    BROKEN_AFTER_EFFECT("{\"kind\":\"statusAfterEffect\",\"status\":502"),
    TOO_MANY("{\"kind\":\"status\",\"status\":429");

    private final String json;

    Fault(String json) {
      this.json = json;
    }

    /** As the sandbox takes it. */
    String json() {
      return "[" + json + "}]";
    }
  }
}
