package com.lpai.adapter.ghl.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One circuit for a host of GoHighLevel, and one for each location or company that has trouble
 * there. After some failures in a row no call goes out for a while, and then one at a time to see
 * whether it is over. The host's circuit needs failures of several owners, or connections that do
 * not come about, so that one sick tenant stops nobody else.
 */
public final class CircuitBreakers {
  private static final int OWNER_FAILURES = 5;
  private static final int HOST_FAILURES = 10;
  private static final int HOST_OWNERS = 3;
  private static final int UNREACHABLE = 5;
  private static final int MOST_OWNERS = 20_000;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** Failures in a row, and what came of them. */
  private static final class Circuit {
    private int failures;
    private int unreachable;
    private final Set<Object> owners = new HashSet<>();
    private Duration pause = Duration.ZERO;
    private Instant openUntil = Instant.EPOCH;
    private boolean isFindingOut;

    private boolean isOpen() {
      return !pause.isZero();
    }

    /** What was under way when it opened adds nothing. */
    private void open(Instant now) {
      if (openUntil.isAfter(now) && !isFindingOut) {
        return;
      }
      isFindingOut = false;
      Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      openUntil = now.plus(pause);
    }
  }

  private final String host;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, Circuit> ofOwners = new LinkedHashMap<>();
  private Circuit ofHost = new Circuit();

  /**
   * All closed.
   *
   * @param host for messages
   */
  public CircuitBreakers(String host, InstantSource time) {
    this.host = host;
    this.time = time;
  }

  /** Why no call goes out now, for a person; empty when one may. */
  public Optional<String> trouble(Object owner) {
    lock.lock();
    try {
      Instant now = time.instant();
      return closedUntil(owner, now).map(until -> told(until, now));
    } finally {
      lock.unlock();
    }
  }

  /** A call is about to go out: as {@link #trouble}, and of those that find out one may. */
  public Optional<String> enter(Object owner) {
    lock.lock();
    try {
      Instant now = time.instant();
      Optional<Instant> until = closedUntil(owner, now);
      if (until.isEmpty()) {
        findOut(ofHost, now);
        findOut(ofOwners.getOrDefault(owner, new Circuit()), now);
      }
      return until.map(at -> told(at, now));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Instant> closedUntil(Object owner, Instant now) {
    Circuit own = ofOwners.get(owner);
    Instant until = own == null ? Instant.EPOCH : own.openUntil;
    Instant later = until.isAfter(ofHost.openUntil) ? until : ofHost.openUntil;
    return later.isAfter(now) ? Optional.of(later) : Optional.empty();
  }

  /** The next one to find out waits, should nothing be heard of this one. */
  private static void findOut(Circuit circuit, Instant now) {
    if (circuit.isOpen()) {
      circuit.isFindingOut = true;
      circuit.openUntil = now.plus(circuit.pause);
    }
  }

  private String told(Instant until, Instant now) {
    return host
        + " failed several times in a row; the next try is in "
        + Math.max(1, Duration.between(now, until).toSeconds())
        + " s.";
  }

  /** An answer came; one of 500 and more is a failure. */
  public void answered(Object owner, int status) {
    lock.lock();
    try {
      if (status >= 500) {
        failed(owner, false);
      } else {
        ofOwners.remove(owner);
        ofHost = new Circuit();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No answer came. */
  public void unanswered(Object owner, boolean wasNeverSent) {
    lock.lock();
    try {
      failed(owner, wasNeverSent);
    } finally {
      lock.unlock();
    }
  }

  private void failed(Object owner, boolean wasNeverSent) {
    Instant now = time.instant();
    ofHost.failures++;
    ofHost.unreachable = wasNeverSent ? ofHost.unreachable + 1 : 0;
    if (ofHost.owners.size() < HOST_OWNERS) {
      ofHost.owners.add(owner);
    }
    boolean ofSeveral = ofHost.owners.size() >= HOST_OWNERS && ofHost.failures >= HOST_FAILURES;
    if (ofSeveral || ofHost.unreachable >= UNREACHABLE) {
      ofHost.open(now);
    }
    if (ofOwners.size() < MOST_OWNERS || ofOwners.containsKey(owner)) {
      Circuit own = ofOwners.computeIfAbsent(owner, any -> new Circuit());
      own.failures++;
      if (own.failures >= OWNER_FAILURES) {
        own.open(now);
      }
    }
  }
}
