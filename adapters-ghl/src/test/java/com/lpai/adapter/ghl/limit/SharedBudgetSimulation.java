package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.Heartbeats;
import com.lpai.domain.crm.InMemoryHeartbeats;
import com.lpai.domain.crm.InMemoryPermitLedger;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.crm.PermitStock;
import com.lpai.domain.crm.RateBudget.Observation;
import com.lpai.domain.crm.RateBudget.Permit;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Instances that share the budget of one location, a GoHighLevel that counts their calls when they
 * arrive, and a network that takes its time: events on one turned clock, all chance from one seed.
 * The instances' clocks differ from each other's and from the database's by seconds.
 */
final class SharedBudgetSimulation {
  static final LocationId LOCATION = new LocationId("one");
  static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofMillis(500);

  /** How GoHighLevel's windows are laid. */
  enum Shape {
    FIXED,
    SLIDING
  }

  private record Event(Instant at, long number, Runnable work) {}

  final MutableInstantSource clock = MutableInstantSource.aClock();
  final InMemoryPermitLedger<LocationId> ledger = new InMemoryPermitLedger<>(clock);
  final List<Duration> userWaits = new ArrayList<>();
  final List<Instant> arrivals = new ArrayList<>();
  private final Heartbeats heartbeats = new InMemoryHeartbeats(clock);
  private final SplittableRandom random;
  private final Shape shape;
  private final Limits limits;
  private final List<Instance> instances = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
  private final Duration phase;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private long numbers;
  private long window = Long.MIN_VALUE;
  private int usedInWindow;
  private long usedInDay;
  private int burst;
  private Duration longestWay = Duration.ofMillis(190);
  private Duration longestThought = Duration.ofMillis(600);
  private boolean databaseIsAway;
  private int refusals;

  SharedBudgetSimulation(long seed, Shape shape, int burst) {
    this.random = new SplittableRandom(seed);
    this.shape = shape;
    this.burst = burst;
    this.limits = new Limits(burst, WINDOW, 200_000, 80);
    this.phase = randomUpTo(WINDOW);
  }

  /** What GoHighLevel really allows from now on. */
  void setBurst(int calls) {
    burst = calls;
  }

  void setNetwork(Duration way, Duration thought) {
    longestWay = way;
    longestThought = thought;
  }

  void setDatabaseAway(boolean away) {
    databaseIsAway = away;
  }

  int refusals() {
    return refusals;
  }

  /** One server with its own clock. */
  final class Instance {
    private final Duration skew = Duration.ofMillis(random.nextLong(-3_000, 3_000));
    private final CallBudgets<LocationId> budgets;
    private final Presence presence;
    private boolean alive = true;
    private int workers;

    private Instance(int number) {
      presence =
          new Presence(
              instance -> {
                requireDatabase();
                return heartbeats.beat(instance);
              },
              "instance-" + number,
              () -> clock.instant().plus(skew));
      budgets =
          new CallBudgets<>(limits, new Reachable(), presence, () -> clock.instant().plus(skew));
      at(randomUpTo(TICK), this::tick);
    }

    private void tick() {
      if (alive) {
        try {
          presence.beat();
          budgets.tend();
        } catch (StorageUnavailableException away) {
          // The next tick tries again, as the server's does.
        }
        at(TICK.plus(randomUpTo(Duration.ofMillis(20))), this::tick);
      }
    }

    /** Nothing of it happens any more; what is on its way arrives. */
    void crash() {
      alive = false;
    }

    BudgetStatus status() {
      return budgets.status(LOCATION);
    }

    /** Backfill that never ends, with so many calls at a time. */
    void backfill(int calls) {
      workers = calls;
      for (int i = 0; i < calls; i++) {
        at(randomUpTo(Duration.ofMillis(50)), () -> work(CallPriority.BACKFILL));
      }
    }

    void stopBackfill() {
      workers = 0;
    }

    private void work(CallPriority priority) {
      if (!alive || workers == 0) {
        return;
      }
      switch (budgets.request(LOCATION, priority)) {
        case Permit.Granted permit -> send(permit, () -> work(priority));
        case Permit.Wait(Duration wait) ->
            at(wait.plus(randomUpTo(Duration.ofMillis(20))), () -> work(priority));
      }
    }

    /** A person's write, that comes back as the pusher does. */
    void userWrites() {
      Instant begun = clock.instant();
      tryUserWrite(begun);
    }

    private void tryUserWrite(Instant begun) {
      if (!alive) {
        return;
      }
      switch (budgets.request(LOCATION, CallPriority.USER)) {
        case Permit.Granted permit -> {
          userWaits.add(Duration.between(begun, clock.instant()));
          send(permit, () -> {});
        }
        case Permit.Wait(Duration wait) ->
            at(wait.plus(randomUpTo(Duration.ofMillis(20))), () -> tryUserWrite(begun));
      }
    }

    /** A read that an event brings about, which comes back until it may go out. */
    void followsUp() {
      if (!alive) {
        return;
      }
      switch (budgets.request(LOCATION, CallPriority.FOLLOW_UP)) {
        case Permit.Granted permit -> send(permit, () -> {});
        case Permit.Wait(Duration wait) ->
            at(wait.plus(randomUpTo(Duration.ofMillis(20))), this::followsUp);
      }
    }

    /** A person's write now and then, for ever. */
    void usersWriteEvery(Duration average) {
      at(randomUpTo(average.multipliedBy(2)), () -> writeAndGoOn(average));
    }

    private void writeAndGoOn(Duration average) {
      if (alive) {
        userWrites();
        usersWriteEvery(average);
      }
    }

    private void send(Permit.Granted permit, Runnable then) {
      // Now and then the token must be renewed before the call goes out.
      Duration preparation =
          random.nextInt(50) == 0 ? Duration.ofMillis(1_500) : randomUpTo(Duration.ofMillis(5));
      at(
          preparation,
          () -> {
            if (alive) {
              budgets.sending(LOCATION, permit);
              at(randomUpTo(longestWay), () -> arrive(permit, then));
            }
          });
    }

    private void arrive(Permit.Granted permit, Runnable then) {
      Observation counted = count();
      Duration back = randomUpTo(longestThought).plus(randomUpTo(longestWay));
      at(
          back,
          () -> {
            if (alive) {
              budgets.answered(LOCATION, permit, counted);
              then.run();
            }
          });
    }
  }

  private final class Reachable implements PermitLedger<LocationId> {
    @Override
    public Optional<PermitStock> find(LocationId owner) {
      requireDatabase();
      return ledger.find(owner);
    }

    @Override
    public Optional<PermitStock> save(LocationId owner, PermitStock stock) {
      requireDatabase();
      return ledger.save(owner, stock);
    }

    @Override
    public List<Found<LocationId>> changedSince(Instant since) {
      requireDatabase();
      return ledger.changedSince(since);
    }
  }

  private void requireDatabase() {
    if (databaseIsAway) {
      throw new StorageUnavailableException("it is away", new IllegalStateException());
    }
  }

  Instance start() {
    Instance instance = new Instance(instances.size() + 1);
    instances.add(instance);
    return instance;
  }

  /** A call has come to GoHighLevel. */
  private Observation count() {
    Instant now = clock.instant();
    turn(now);
    boolean refused = usedInWindow >= burst;
    if (refused) {
      refusals++;
    } else {
      usedInWindow++;
      usedInDay++;
      recent.addLast(now);
      arrivals.add(now);
    }
    return new Observation(
        burst, burst - usedInWindow, WINDOW, 200_000, 200_000 - usedInDay, refused);
  }

  private void turn(Instant now) {
    if (shape == Shape.SLIDING) {
      while (!recent.isEmpty() && !recent.getFirst().plus(WINDOW).isAfter(now)) {
        recent.removeFirst();
      }
      usedInWindow = recent.size();
      return;
    }
    long current = now.plus(phase).toEpochMilli() / WINDOW.toMillis();
    if (current != window) {
      window = current;
      usedInWindow = 0;
    }
  }

  /** Lets time pass. */
  void run(Duration length) {
    Instant end = clock.instant().plus(length);
    while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
      Event next = events.poll();
      clock.set(next.at());
      next.work().run();
    }
    clock.set(end);
  }

  /** How much of what GoHighLevel allowed since then was used. */
  double usedSince(Instant start) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    long calls = arrivals.stream().filter(at -> !at.isBefore(start)).count();
    return calls / (burst * seconds / WINDOW.toSeconds());
  }

  private void at(Duration later, Runnable work) {
    events.add(new Event(clock.instant().plus(later), numbers++, work));
  }

  private Duration randomUpTo(Duration most) {
    return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
  }
}
