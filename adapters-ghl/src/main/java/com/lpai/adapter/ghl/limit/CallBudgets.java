package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.crm.PermitLedger.Found;
import com.lpai.domain.crm.PermitStock;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.sync.StorageUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget for each location, or for each company, shared by all instances: each uses the permits
 * it holds without asking anybody, and asks the ledger for a block when it lacks some.
 *
 * @param <O> the location's or company's id
 */
final class CallBudgets<O> implements RateBudget<O> {
  private static final System.Logger LOG = System.getLogger(CallBudgets.class.getName());
  private static final int MOST_OWNERS = 20_000;
  private static final int MOST_TRIES = 8;
  private static final Duration KNOWN_FROM_START = Duration.ofHours(25);
  private static final Duration OVERLAP = Duration.ofSeconds(2);
  private static final Duration AWAY_FOR = Duration.ofSeconds(1);

  private final Limits limits;
  private final PermitLedger<O> ledger;
  private final Presence presence;
  private final InstantSource time;
  private final int mostOwners;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<O, Owned> owners = new LinkedHashMap<>(16, 0.75f, true);
  private Instant seenUntil = Instant.EPOCH;
  private volatile Instant awayUntil = Instant.EPOCH;

  /** What this instance keeps of one owner. Its ledger is asked by one thread at a time. */
  private final class Owned {
    private final ReentrantLock asking = new ReentrantLock();
    private final Bucket bucket = new Bucket(limits);
    private final Share share = new Share(limits, bucket, presence, time);
    private final Pace pace = new Pace();
  }

  CallBudgets(Limits limits, PermitLedger<O> ledger, Presence presence, InstantSource time) {
    this(limits, ledger, presence, time, MOST_OWNERS);
  }

  CallBudgets(
      Limits limits,
      PermitLedger<O> ledger,
      Presence presence,
      InstantSource time,
      int mostOwners) {
    this.limits = limits;
    this.ledger = ledger;
    this.presence = presence;
    this.time = time;
    this.mostOwners = mostOwners;
  }

  // ---- calls

  @Override
  public Permit request(O owner, CallPriority priority) {
    if (!presence.isCertain()) {
      presence.beat();
    }
    Owned owned = owned(owner);
    Permit answer = ask(owned, priority, false);
    if (answer instanceof Permit.Wait && lacksPermits(owned, priority)) {
      grow(owner, owned, priority);
      answer = ask(owned, priority, true);
    }
    return answer;
  }

  private Permit ask(Owned owned, CallPriority priority, boolean isFinal) {
    lock.lock();
    try {
      Instant now = time.instant();
      owned.bucket.day().turn(presence.databaseTime(now));
      Permit answer = owned.bucket.request(priority, owned.share.usable(), now);
      if (isFinal && answer instanceof Permit.Wait(Duration wait)) {
        Duration shorter = owned.share.waitAtMost(wait, now);
        owned.bucket.rememberAgain(priority, shorter, now);
        return new Permit.Wait(shorter);
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private boolean lacksPermits(Owned owned, CallPriority priority) {
    lock.lock();
    try {
      Instant now = time.instant();
      if (owned.bucket.whenOpen(priority, now).isAfter(now)) {
        return false;
      }
      owned.share.lacks(priority, now);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void grow(O owner, Owned owned, CallPriority priority) {
    owned.asking.lock();
    try {
      Instant now = time.instant();
      int before = usableIfItMayGrow(owned, priority, now);
      if (before < 0 || awayUntil.isAfter(now)) {
        return;
      }
      write(owner, owned, Optional.of(priority));
      lock.lock();
      try {
        if (owned.share.usable() <= before) {
          owned.share.foundNothing(now);
        }
      } finally {
        lock.unlock();
      }
    } catch (StorageUnavailableException away) {
      isAway(owned, away);
    } finally {
      owned.asking.unlock();
    }
  }

  /** How many permits it has; -1 when asking for more brings nothing. */
  private int usableIfItMayGrow(Owned owned, CallPriority priority, Instant now) {
    lock.lock();
    try {
      return owned.share.mayGrow(priority, now) ? owned.share.usable() : -1;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sending(O owner, Permit.Granted permit) {
    lock.lock();
    try {
      entry(owner).bucket.sending(permit, time.instant());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void answered(O owner, Permit.Granted permit, Observation observation) {
    lock.lock();
    try {
      Owned owned = entry(owner);
      Instant now = time.instant();
      owned.bucket.answered(
          permit, observation, owned.share.heldElsewhere(), now, presence.databaseTime(now));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unused(O owner, Permit.Granted permit) {
    lock.lock();
    try {
      entry(owner).bucket.unused(permit);
    } finally {
      lock.unlock();
    }
  }

  // ---- sharing

  /**
   * Looks after all permits: sees what others did, gives back what is not used, and tells what was.
   * To be called about twice a second.
   *
   * @throws StorageUnavailableException when the ledger cannot be reached
   */
  void tend() {
    if (!presence.isCertain()) {
      return;
    }
    hear();
    for (Map.Entry<O, Owned> each : toWrite()) {
      Owned owned = each.getValue();
      owned.asking.lock();
      try {
        write(each.getKey(), owned, hungry(owned));
      } catch (StorageUnavailableException away) {
        isAway(owned, away);
        throw away;
      } finally {
        owned.asking.unlock();
      }
    }
  }

  private void hear() {
    Instant databaseTime = presence.databaseTime(time.instant());
    Instant since =
        seenUntil.equals(Instant.EPOCH)
            ? databaseTime.minus(KNOWN_FROM_START)
            : seenUntil.minus(OVERLAP);
    List<Found<O>> changed = ledger.changedSince(since);
    changed.forEach(found -> presence.hearOf(found.stock().held().keySet()));
    lock.lock();
    try {
      changed.forEach(found -> entry(found.owner()).share.see(found.stock()));
    } finally {
      lock.unlock();
    }
    seenUntil = databaseTime;
  }

  private List<Map.Entry<O, Owned>> toWrite() {
    lock.lock();
    try {
      Instant now = time.instant();
      List<Map.Entry<O, Owned>> due = new ArrayList<>();
      for (Map.Entry<O, Owned> each : owners.entrySet()) {
        each.getValue().pace.note(each.getValue().bucket.day().total(), now);
        if (each.getValue().share.review(now)) {
          due.add(Map.entry(each.getKey(), each.getValue()));
        }
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  private Optional<CallPriority> hungry(Owned owned) {
    lock.lock();
    try {
      return owned.share.isHungry() ? Optional.of(CallPriority.BACKFILL) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Brings what is stored and what we hold together; another's write in between is read again. */
  private void write(O owner, Owned owned, Optional<CallPriority> lacking) {
    boolean isRead = !canPlanOnView(owned, lacking);
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<PermitStock> found = isRead ? read(owner) : Optional.of(view(owned));
      if (found.isEmpty() && lacking.isEmpty()) {
        // The owner was erased: nothing of it is brought back.
        forget(owner);
        return;
      }
      PermitStock stock =
          found.orElseGet(() -> PermitStock.untouched(limits.burst(), limits.window()));
      PermitStock next = plan(owned, stock, lacking);
      Optional<PermitStock> stored = store(owner, owned, stock, next);
      if (stored.isPresent()) {
        adopt(owned, stored.get());
        return;
      }
      isRead = true;
    }
  }

  private Optional<PermitStock> store(O owner, Owned owned, PermitStock stock, PermitStock next) {
    return next.equals(stock) && !owned.share.isUncertain()
        ? Optional.of(stock)
        : ledger.save(owner, next);
  }

  private Optional<PermitStock> read(O owner) {
    Optional<PermitStock> stock = ledger.find(owner);
    stock.ifPresent(found -> presence.hearOf(found.held().keySet()));
    return stock;
  }

  private boolean canPlanOnView(Owned owned, Optional<CallPriority> lacking) {
    lock.lock();
    try {
      return lacking.map(owned.share::canPlanOnView).orElseGet(owned.share::isKnown);
    } finally {
      lock.unlock();
    }
  }

  private PermitStock view(Owned owned) {
    lock.lock();
    try {
      return owned.share.view();
    } finally {
      lock.unlock();
    }
  }

  private PermitStock plan(Owned owned, PermitStock stock, Optional<CallPriority> lacking) {
    lock.lock();
    try {
      return owned.share.plan(stock, lacking);
    } finally {
      lock.unlock();
    }
  }

  private void adopt(Owned owned, PermitStock stored) {
    lock.lock();
    try {
      owned.share.adopt(stored);
    } finally {
      lock.unlock();
    }
  }

  private void isAway(Owned owned, StorageUnavailableException away) {
    awayUntil = time.instant().plus(AWAY_FOR);
    lock.lock();
    try {
      owned.share.isInDoubt();
    } finally {
      lock.unlock();
    }
    LOG.log(Level.DEBUG, "The ledger of permits is away: {0}", away.getMessage());
  }

  /** Gives back all that rests; what is in use is free when this instance counts as dead. */
  void letGo() {
    lock.lock();
    try {
      owners.values().forEach(owned -> owned.share.letGo(time.instant()));
    } finally {
      lock.unlock();
    }
    tend();
  }

  // ---- how it stands

  @Override
  public BudgetStatus status(O owner) {
    lock.lock();
    try {
      Owned owned = owners.getOrDefault(owner, new Owned());
      Instant now = time.instant();
      Bucket bucket = owned.bucket;
      Day day = bucket.day();
      day.turn(presence.databaseTime(now));
      long backfillLeft = Math.max(0, day.backfillLimit() - day.total().backfill());
      boolean isPaused = bucket.pausedUntil().isAfter(now);
      return new BudgetStatus(
          bucket.limit(),
          bucket.window(),
          owned.share.leased(),
          day.total().withLimit(day.limit()),
          day.left(),
          day.backfillLimit(),
          owned.pace.perMinute(),
          owned.pace.endOf(backfillLeft, presence.ourTime(day.total().began()), now),
          isPaused ? bucket.pausedUntil() : Instant.EPOCH,
          presence.trouble());
    } finally {
      lock.unlock();
    }
  }

  // ---- owners

  private Owned owned(O owner) {
    lock.lock();
    try {
      return entry(owner);
    } finally {
      lock.unlock();
    }
  }

  private Owned entry(O owner) {
    Owned owned = owners.computeIfAbsent(owner, any -> new Owned());
    forgetIdle();
    return owned;
  }

  private void forget(O owner) {
    lock.lock();
    try {
      owners.remove(owner);
    } finally {
      lock.unlock();
    }
  }

  /** The map is in order of use: only its oldest entries are looked at. */
  private void forgetIdle() {
    Instant now = time.instant();
    Iterator<Owned> oldestFirst = owners.values().iterator();
    while (owners.size() > mostOwners && oldestFirst.next().share.isIdle(now)) {
      oldestFirst.remove();
    }
  }

  int size() {
    lock.lock();
    try {
      return owners.size();
    } finally {
      lock.unlock();
    }
  }
}
