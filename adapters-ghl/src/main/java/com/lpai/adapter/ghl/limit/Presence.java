package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.Heartbeats;
import com.lpai.domain.crm.Heartbeats.Beats;
import com.lpai.domain.sync.StorageUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this instance still counts as alive, and which others do. One write a second keeps all
 * that it holds, however many locations that is.
 *
 * <p>No two clocks of instances are compared. When we were heard last is judged by our own clock,
 * from before the beat was sent; when another was heard last, by the database's clock alone.
 */
final class Presence {
  private static final System.Logger LOG = System.getLogger(Presence.class.getName());
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration MARGIN = Duration.ofMillis(500);
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Much more than a database takes that answers. */
  private static final Duration FOR_ANOTHERS_BEAT = Duration.ofMillis(500);

  private final Heartbeats heartbeats;
  private final String instance;
  private final InstantSource time;
  private final ReentrantLock beating = new ReentrantLock();

  /** Named in documents, and not heard of for so long that their beats are forgotten. */
  private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

  private int incarnation;
  private boolean nameWasHeard;
  private volatile String name;
  private volatile Instant nextTry = Instant.EPOCH;
  private volatile Heard heard =
      new Heard(Instant.MIN, Instant.MIN, new Beats(Instant.EPOCH, Map.of()));
  private volatile String trouble = "";

  /** The last beat: when it was sent and answered, by our clock, and the answer. */
  private record Heard(Instant sentAt, Instant answeredAt, Beats beats) {}

  Presence(Heartbeats heartbeats, String instance, InstantSource time) {
    this.heartbeats = heartbeats;
    this.instance = instance;
    this.time = time;
    name = instance + "." + incarnation;
  }

  /**
   * Under which name this instance holds permits. One that was silent for too long takes a new
   * name, since others may have taken the former one for dead.
   */
  String name() {
    return name;
  }

  /** Whether this is a former name of this instance. */
  boolean isFormer(String other) {
    return other.startsWith(instance + ".") && !other.equals(name);
  }

  /** Whether nobody can have taken what we hold for a dead instance's. */
  boolean isCertain() {
    Heard last = heard;
    Instant now = time.instant();
    return !last.sentAt().equals(Instant.MIN)
        && now.isBefore(last.sentAt().plus(LEASE).minus(MARGIN))
        && !now.isBefore(last.sentAt().minus(MARGIN));
  }

  /**
   * Beats when it is time to; one that is uncertain waits a moment for a beat that is under way.
   */
  void beat() {
    Instant now = time.instant();
    boolean isCertain = isCertain();
    Duration since = isCertain ? Duration.between(heard.sentAt(), now) : EVERY;
    if (since.compareTo(EVERY) >= 0 && !now.isBefore(nextTry)) {
      Instant before = heard.sentAt();
      if (isMyTurn(isCertain ? Duration.ZERO : FOR_ANOTHERS_BEAT)) {
        try {
          if (heard.sentAt().equals(before)) {
            beatAlone();
          }
        } finally {
          beating.unlock();
        }
      }
    }
  }

  private boolean isMyTurn(Duration patience) {
    try {
      return beating.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Beats unless another thread does at this moment; true when others can hear it. */
  private boolean beatNow() {
    if (!beating.tryLock()) {
      return false;
    }
    try {
      return beatAlone();
    } finally {
      beating.unlock();
    }
  }

  private boolean beatAlone() {
    try {
      if (nameWasHeard && !isCertain()) {
        name = instance + "." + ++incarnation;
        nameWasHeard = false;
      }
      Instant sentAt = time.instant();
      Beats beats = heartbeats.beat(name);
      nameWasHeard = true;
      heard = new Heard(sentAt, time.instant(), beats);
      isBack();
      return true;
    } catch (StorageUnavailableException away) {
      isAway(away);
      return false;
    }
  }

  private void isBack() {
    if (!trouble.isEmpty()) {
      trouble = "";
      LOG.log(Level.INFO, "The shared budgets of calls are back.");
    }
  }

  private void isAway(StorageUnavailableException away) {
    nextTry = time.instant().plus(EVERY);
    if (trouble.isEmpty()) {
      trouble =
          "The budgets that instances share cannot be reached, so this one makes few calls: "
              + away.getMessage();
      LOG.log(Level.WARNING, trouble);
    }
  }

  /** Hears of instances that are named in a document read before this call. */
  void hearOf(Collection<String> names) {
    if (!knows(names) && beatNow()) {
      Map<String, Instant> last = heard.beats().last();
      names.stream().filter(each -> !last.containsKey(each)).forEach(forgotten::add);
    }
  }

  private boolean knows(Collection<String> names) {
    Map<String, Instant> last = heard.beats().last();
    return names.stream().allMatch(each -> last.containsKey(each) || forgotten.contains(each));
  }

  /**
   * Whether what this instance holds is free: it is dead, and the last call that it can have made
   * has left every window. One that nobody heard of yet is alive.
   *
   * @param longestUse how long a permit is in use after its call went out
   */
  boolean isGone(String other, Duration longestUse) {
    Beats beats = heard.beats();
    Instant last = beats.last().get(other);
    return last == null
        ? forgotten.contains(other)
        : !beats.now().isBefore(last.plus(LEASE).plus(longestUse).plus(MARGIN));
  }

  /** The database's time at this moment of ours, in the milliseconds that it stores. */
  Instant databaseTime(Instant ours) {
    return ours.plus(ahead()).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Our time at this moment of the database's. */
  Instant ourTime(Instant databaseTime) {
    return databaseTime.minus(ahead());
  }

  /** How far the database's clock is ahead of ours, measured by the last beat. */
  private Duration ahead() {
    Heard last = heard;
    return last.answeredAt().equals(Instant.MIN)
        ? Duration.ZERO
        : Duration.between(last.answeredAt(), last.beats().now());
  }

  /** Why nothing is shared at the moment; empty when it is. */
  String trouble() {
    return trouble;
  }
}
