package com.lpai.architecture.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * Everything that lies outside one process: stores, queue, GoHighLevel. Before or after any call
 * that may change something the process can be made to die, or something else to happen first. Once
 * dead it reaches nothing any more, as if its threads had ended.
 */
final class Outside {
  /** These change nothing: a crash before or after them is one before or after another call. */
  private static final List<String> ONLY_LOOKING =
      List.of("find", "list", "due", "count", "nextId", "current", "describe", "toString");

  /** On which side of a call. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** What is to happen at one of the next calls. */
  private record Plan(int calls, Moment moment, boolean isCrash, Runnable happening) {}

  private Optional<Plan> plan = Optional.empty();
  private boolean dead;
  private boolean undisturbed;

  /** The port as this process reaches it. */
  <T> T reached(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              boolean matters = ONLY_LOOKING.stream().noneMatch(method.getName()::startsWith);
              requireAlive();
              Optional<Plan> now = matters ? taken() : Optional.empty();
              now.filter(it -> it.moment() == Moment.BEFORE).ifPresent(this::happen);
              Object answer;
              try {
                answer = method.invoke(target, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
              now.filter(it -> it.moment() == Moment.AFTER).ifPresent(this::happen);
              return answer;
            }));
  }

  /** This happens at the so manieth call from now on, the next one being 0. */
  void plan(int calls, Moment moment, Runnable happening) {
    plan = Optional.of(new Plan(calls, moment, false, happening));
  }

  /** Does something during which the process may die, but nothing else happens. */
  void undisturbed(Runnable work) {
    undisturbed = true;
    try {
      work.run();
    } finally {
      undisturbed = false;
    }
  }

  /** The process dies at the so manieth call from now on. */
  void planCrash(int calls, Moment moment) {
    plan =
        Optional.of(
            new Plan(
                calls,
                moment,
                true,
                () -> {
                  dead = true;
                  throw new Crash();
                }));
  }

  /** What was planned and has not happened does not happen any more. */
  void forgetPlan() {
    plan = Optional.empty();
  }

  private Optional<Plan> taken() {
    Optional<Plan> present = plan.filter(it -> it.isCrash() || !undisturbed);
    if (present.isEmpty()) {
      return Optional.empty();
    }
    if (present.filter(it -> it.calls() > 0).isPresent()) {
      plan = present.map(it -> new Plan(it.calls() - 1, it.moment(), it.isCrash(), it.happening()));
      return Optional.empty();
    }
    plan = Optional.empty();
    return present;
  }

  private void happen(Plan planned) {
    planned.happening().run();
    requireAlive();
  }

  private void requireAlive() {
    if (dead) {
      throw new Crash();
    }
  }
}
