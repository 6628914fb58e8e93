package com.lpai.dev.sandbox.fault;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The faults that are switched on. The first one that fits and is not used up happens. */
public final class Faults {

  private record Active(Fault fault, Optional<Instant> until, AtomicLong used) {
    boolean take() {
      if (fault.times().isEmpty()) {
        used.incrementAndGet();
        return true;
      }
      long limit = fault.times().get();
      return used.getAndUpdate(count -> count < limit ? count + 1 : count) < limit;
    }
  }

  private final InstantSource clock;
  private final Random random;
  private volatile List<Active> active = List.of();

  /**
   * @param clock that says how long a fault lasts
   * @param seed of the faults that happen by chance
   */
  public Faults(InstantSource clock, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
  }

  /** Puts these in the place of all others. */
  public void replaceBy(List<Fault> faults) {
    Instant now = clock.instant();
    active =
        faults.stream()
            .map(fault -> new Active(fault, fault.lasting().map(now::plus), new AtomicLong()))
            .toList();
  }

  public void clear() {
    active = List.of();
  }

  /** The faults as they were asked for, each with how often it has happened. */
  public List<JsonObject> describe() {
    return active.stream().map(it -> it.fault().describe(it.used().get())).toList();
  }

  /**
   * What happens to a call, if anything; counts it.
   *
   * @param template path template, as {@code /contacts/{contactId}}
   * @param locationId empty when it belongs to none
   * @param companyId empty when it belongs to none
   */
  public Optional<Fault> forCall(
      String method, String template, String path, String locationId, String companyId) {
    return active.stream()
        .filter(it -> !it.fault().kind().isOfWebhooks())
        .filter(it -> it.fault().match().fitsCall(method, template, path, locationId, companyId))
        .filter(this::happens)
        .filter(Active::take)
        .findFirst()
        .map(Active::fault);
  }

  /** What happens to a webhook, if anything; counts it. */
  public Optional<Fault> forWebhook(String type, String locationId, String companyId) {
    return active.stream()
        .filter(it -> it.fault().kind().isOfWebhooks())
        .filter(it -> it.fault().match().fitsWebhook(type, locationId, companyId))
        .filter(this::happens)
        .filter(Active::take)
        .findFirst()
        .map(Active::fault);
  }

  private boolean happens(Active it) {
    return it.until().map(end -> clock.instant().isBefore(end)).orElse(true)
        && (it.fault().chance() >= 1 || random.nextDouble() < it.fault().chance());
  }
}
