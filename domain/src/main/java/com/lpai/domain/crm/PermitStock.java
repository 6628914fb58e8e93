package com.lpai.domain.crm;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One owner's permits and who holds them. A permit is the right to make one call, and again one
 * when that call has left every window it can be counted in; so whoever holds it needs no other
 * instance's clock, and gives it back only while it rests.
 *
 * @param version of the stored form; 0 for one that was never stored
 * @param limit how many permits there are: calls in one window
 * @param window its length
 * @param held permits by the instance that holds them; none is 0
 * @param wanted permits that instances lack; none is 0
 * @param pausedUntil nobody calls before, by the database's clock
 * @param day the day's calls, as far as instances have told them
 */
public record PermitStock(
    long version,
    int limit,
    Duration window,
    Map<String, Integer> held,
    Map<String, Integer> wanted,
    Instant pausedUntil,
    DayUse day) {

  public PermitStock {
    held = Map.copyOf(held);
    wanted = Map.copyOf(wanted);
    if (limit < 1 || window.toMillis() < 1) {
      throw new IllegalArgumentException("a stock of permits needs a limit and a window");
    }
    if (held.values().stream().anyMatch(permits -> permits < 1)
        || wanted.values().stream().anyMatch(permits -> permits < 1)) {
      throw new IllegalArgumentException("nobody holds or wants less than one permit");
    }
  }

  /** A stock that nobody has taken from. */
  public static PermitStock untouched(int limit, Duration window) {
    return new PermitStock(0, limit, window, Map.of(), Map.of(), Instant.EPOCH, DayUse.NONE);
  }

  /** Permits that nobody holds; negative after the CRM has lowered the limit. */
  public int free() {
    return limit - held.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int heldBy(String instance) {
    return held.getOrDefault(instance, 0);
  }

  public int wantedBy(String instance) {
    return wanted.getOrDefault(instance, 0);
  }

  /** The same with so many permits held by the instance. */
  public PermitStock withHeld(String instance, int permits) {
    return new PermitStock(
        version, limit, window, with(held, instance, permits), wanted, pausedUntil, day);
  }

  /** The same with so many permits wanted by the instance. */
  public PermitStock withWanted(String instance, int permits) {
    return new PermitStock(
        version, limit, window, held, with(wanted, instance, permits), pausedUntil, day);
  }

  /** The same without anything of the instance: what it held is free. */
  public PermitStock without(String instance) {
    return withHeld(instance, 0).withWanted(instance, 0);
  }

  public PermitStock withLimit(int newLimit, Duration newWindow) {
    return new PermitStock(version, newLimit, newWindow, held, wanted, pausedUntil, day);
  }

  /** The same, paused until this time at least. */
  public PermitStock paused(Instant until) {
    return until.isAfter(pausedUntil)
        ? new PermitStock(version, limit, window, held, wanted, until, day)
        : this;
  }

  public PermitStock withDay(DayUse newDay) {
    return new PermitStock(version, limit, window, held, wanted, pausedUntil, newDay);
  }

  /** The form under the version it gets by being stored. */
  public PermitStock stored() {
    return new PermitStock(version + 1, limit, window, held, wanted, pausedUntil, day);
  }

  private static Map<String, Integer> with(
      Map<String, Integer> permits, String instance, int number) {
    Map<String, Integer> changed = new TreeMap<>(permits);
    if (number == 0) {
      changed.remove(instance);
    } else {
      changed.put(instance, number);
    }
    return changed;
  }
}
