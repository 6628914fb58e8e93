package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.DayUse;
import com.lpai.domain.crm.PermitStock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * This instance's part of one owner's permits: how many it holds, how many it lacks, and how many
 * it gives back. It takes small blocks while it lacks permits, gives back what it does not use, and
 * when all want more than there is, each comes to the same number.
 */
final class Share {
  private static final int LEAST_BLOCK = 8;
  private static final int WANTED_SHARE = 10;
  private static final int USER_BLOCK = 1;
  private static final Duration HUNGRY_FOR = Duration.ofSeconds(2);
  private static final Duration IDLE_FOR = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  private final Bucket bucket;
  private final Presence presence;
  private final InstantSource time;
  private PermitStock view;
  private boolean known;
  private boolean uncertain;
  private String heldAs = "";
  private int slots;
  private int ceiling = Integer.MAX_VALUE;
  private Instant hungryUntil = Instant.EPOCH;
  private Instant nextLook = Instant.EPOCH;
  private Instant tellAt = Instant.EPOCH;
  private DayUse toldByPlan = DayUse.NONE;
  private int handedOverByPlan;
  private final Idle sinceLately;
  private final Idle sinceAWindow;

  /** The fewest permits that were not in use over some time. */
  private static final class Idle {
    private int fewest = Integer.MAX_VALUE;
    private Instant since = Instant.EPOCH;

    private void note(int idle) {
      fewest = Math.min(fewest, idle);
    }

    /** The fewest over at least this time, and begins anew; 0 before that. */
    private int over(Duration span, Instant now) {
      if (now.isBefore(since.plus(span))) {
        return 0;
      }
      int found = since.equals(Instant.EPOCH) ? 0 : fewest;
      fewest = Integer.MAX_VALUE;
      since = now;
      return found;
    }
  }

  Share(Limits limits, Bucket bucket, Presence presence, InstantSource time) {
    this.bucket = bucket;
    this.presence = presence;
    this.time = time;
    view = PermitStock.untouched(limits.burst(), limits.window());
    sinceLately = new Idle();
    sinceAWindow = new Idle();
  }

  /** How many permits may be in use here. */
  int usable() {
    if (!presence.isCertain()) {
      // On its own an instance keeps to what is a person's reserve of one window.
      return bucket.reserve();
    }
    int mine = heldAs.equals(presence.name()) ? Math.min(slots, ceiling) : 0;
    int handedOut = Math.max(bucket.limit(), view.limit() - view.free());
    return (int) ((long) mine * bucket.limit() / handedOut);
  }

  /** Permits that other instances may have in use. */
  int heldElsewhere() {
    int others = 0;
    for (String holder : view.held().keySet()) {
      others += isMine(holder) ? 0 : view.heldBy(holder);
    }
    return others;
  }

  private boolean isMine(String name) {
    return name.equals(presence.name()) || presence.isFormer(name);
  }

  /** A call was refused because permits lack here. */
  void lacks(CallPriority priority, Instant now) {
    hungryUntil = now.plus(HUNGRY_FOR);
    bucket.remember(priority, LOOK_AGAIN, now);
  }

  /** Whether calls were refused lately because permits lack here. */
  boolean isHungry() {
    return isHungry(time.instant());
  }

  /** Permits that instances hold. */
  int leased() {
    return view.limit() - living(view).free();
  }

  private boolean isHungry(Instant now) {
    return hungryUntil.isAfter(now);
  }

  /** Whether asking the ledger may bring permits for a call of this priority. */
  boolean mayGrow(CallPriority priority, Instant now) {
    if (!presence.isCertain()) {
      return false;
    }
    if (!known || uncertain || !heldAs.equals(presence.name())) {
      return true;
    }
    return block(view, priority, slots) > 0 || (!nextLook.isAfter(now) && slots < fair(now));
  }

  /** Whether the last known stock has permits for this call; else it must be read again. */
  boolean canPlanOnView(CallPriority priority) {
    return known && !uncertain && block(view, priority, slots) > 0;
  }

  /** Who waits for what others hand over comes back before it could do with what is here. */
  Duration waitAtMost(Duration wait, Instant now) {
    boolean isOwedMore = known && presence.isCertain() && slots < fair(now);
    return isOwedMore && wait.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : wait;
  }

  void foundNothing(Instant now) {
    nextLook = now.plus(LOOK_AGAIN);
  }

  /** Permits to take for a call of this priority; persons may take the pool's too. */
  private int block(PermitStock stock, CallPriority priority, int mine) {
    int free = living(stock).free();
    if (priority == CallPriority.USER) {
      return Math.max(0, Math.min(free, USER_BLOCK));
    }
    int most = Math.min(free - Bucket.pool(stock.limit()), Math.max(LEAST_BLOCK, mine / 2));
    boolean othersWant = wantedByOthers(stock) > 0;
    int fair = othersWant ? fairOf(stock, true) - mine : most;
    return Math.max(0, Math.min(most, fair));
  }

  /** The stock without what dead instances held. */
  private PermitStock living(PermitStock stock) {
    PermitStock living = stock;
    for (String holder : stock.held().keySet()) {
      if (!isMine(holder) && presence.isGone(holder, Bucket.longestUse(stock.window()))) {
        living = living.without(holder);
      }
    }
    return living;
  }

  private int wantedByOthers(PermitStock stock) {
    PermitStock living = living(stock);
    return living.wanted().keySet().stream()
        .filter(name -> !isMine(name))
        .mapToInt(living::wantedBy)
        .sum();
  }

  private int fair(Instant now) {
    return fairOf(view, isHungry(now));
  }

  /** What each instance comes to that wants more than there is. */
  private int fairOf(PermitStock stock, boolean withUs) {
    PermitStock living = living(stock);
    int left = living.limit() - Bucket.pool(living.limit());
    for (String holder : living.held().keySet()) {
      boolean wants = living.wantedBy(holder) > 0;
      left -= isMine(holder) || wants ? 0 : living.heldBy(holder);
    }
    SortedSet<String> wanting = new TreeSet<>(living.wanted().keySet());
    wanting.removeIf(this::isMine);
    if (withUs) {
      wanting.add(presence.name());
    }
    int all = Math.max(1, wanting.size());
    boolean getsOneMore = wanting.headSet(presence.name()).size() < Math.max(0, left) % all;
    return Math.max(0, left) / all + (getsOneMore ? 1 : 0);
  }

  /**
   * Decides what to give back, and whether there is something to write.
   *
   * @return true when the ledger is to be written
   */
  boolean review(Instant now) {
    if (!known || !presence.isCertain()) {
      return false;
    }
    if (!heldAs.equals(presence.name())) {
      return view.held().keySet().stream().anyMatch(presence::isFormer);
    }
    int idle = Math.max(0, slots - bucket.inUse(now));
    sinceLately.note(idle);
    sinceAWindow.note(idle);
    int idleLately = sinceLately.over(IDLE_FOR, now);
    int idleForAWindow = sinceAWindow.over(bucket.window(), now);
    boolean usesAll = idle == 0 || (isHungry(now) && idle <= bucket.waiting(now));
    PermitStock living = living(view);
    int pool = Bucket.pool(bucket.limit());
    int free = living.free();
    int lacking =
        Math.max(0, wantedByOthers(view) - Math.max(0, free - pool)) + Math.max(0, pool - free);
    int surplus = usesAll ? Math.max(0, slots - fairOf(view, true)) : slots;
    int give = Math.min(lacking, surplus);
    ceiling = usesAll && give > 0 ? slots - give : Integer.MAX_VALUE;
    int returned = Math.max(usesAll ? Math.min(give, idle) : Math.min(give, idleLately), 0);
    slots -= Math.max(returned, isHungry(now) ? 0 : Math.min(idle, idleForAWindow));
    return slots != view.heldBy(heldAs)
        || wanted(now) != view.wantedBy(heldAs)
        || bucket.hasNews()
        || (bucket.day().untold().used() != 0 && !now.isBefore(tellAt))
        || (isHungry(now) && block(view, CallPriority.BACKFILL, slots) > 0);
  }

  /** A block for backfill, which goes on and on; for the rest what its calls need. */
  private int wanted(Instant now) {
    if (!isHungry(now) || heldElsewhere() == 0) {
      return 0;
    }
    int block = Math.max(1, bucket.limit() / WANTED_SHARE);
    boolean goesOn = bucket.waiting(CallPriority.BACKFILL, now) > 0;
    return goesOn ? block : Math.min(block, bucket.waiting(now));
  }

  /** Gives back all that rests. */
  void letGo(Instant now) {
    hungryUntil = Instant.EPOCH;
    slots = Math.min(slots, bucket.inUse(now));
  }

  boolean isKnown() {
    return known && !uncertain;
  }

  PermitStock view() {
    return view;
  }

  /**
   * What the stock is to become.
   *
   * @param stock as it is stored
   * @param lacking the priority of a call that needs a permit
   */
  PermitStock plan(PermitStock stock, Optional<CallPriority> lacking) {
    Instant now = time.instant();
    String name = presence.name();
    int mine = stock.heldBy(name);
    mine = heldAs.equals(name) ? Math.min(mine, slots) : mine;
    PermitStock next = living(stock);
    for (String holder : stock.held().keySet()) {
      if (presence.isFormer(holder)) {
        // Nobody took it for a dead instance's, so it is ours still.
        mine += next.heldBy(holder);
        next = next.without(holder);
      }
    }
    if (bucket.limitIsNews()) {
      next = next.withLimit(bucket.limit(), bucket.window());
    }
    next = next.withHeld(name, mine).withWanted(name, wanted(now));
    int more = mine;
    PermitStock taken = next;
    int block = lacking.map(priority -> block(taken, priority, more)).orElse(0);
    toldByPlan = bucket.day().untold();
    handedOverByPlan = stock.wantedBy(name) > 0 ? block : 0;
    if (bucket.pausedUntil().isAfter(now)) {
      next = next.paused(presence.databaseTime(bucket.pausedUntil()));
    }
    return next.withHeld(name, mine + block).withDay(bucket.day().toldOn(stock.day()));
  }

  /** The plan was stored, or there was nothing to change. */
  void adopt(PermitStock stored) {
    Instant now = time.instant();
    bucket.day().adopt(stored.day(), toldByPlan);
    toldByPlan = DayUse.NONE;
    bucket.handedOver(handedOverByPlan);
    handedOverByPlan = 0;
    bucket.told(stored.limit(), stored.window(), presence.ourTime(stored.pausedUntil()));
    heldAs = presence.name();
    slots = stored.heldBy(heldAs);
    known = true;
    uncertain = false;
    tellAt = now.plus(TELL_EVERY);
    see(stored);
  }

  /** Somebody stored this. */
  void see(PermitStock stored) {
    if (stored.version() < view.version()) {
      return;
    }
    view = stored;
    bucket.adopt(stored.limit(), stored.window(), presence.ourTime(stored.pausedUntil()));
    bucket.day().adopt(stored.day(), DayUse.NONE);
    if (!known) {
      known = true;
      uncertain = !heldAs.isEmpty();
    }
  }

  /** Nobody knows whether the last write was stored. */
  void isInDoubt() {
    uncertain = true;
  }

  boolean isUncertain() {
    return uncertain;
  }

  /** True when forgetting it changes nothing that matters. */
  boolean isIdle(Instant now) {
    return slots == 0 && bucket.inUse(now) == 0 && bucket.day().untold().used() == 0;
  }
}
