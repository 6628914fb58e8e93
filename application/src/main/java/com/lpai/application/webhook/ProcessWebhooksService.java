package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.ClaimOutcome;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Most;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

final class ProcessWebhooksService implements ProcessWebhooksUseCase {
  private static final int ATTEMPTS = 3;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 10;
  private static final Duration LOOK_AFTER_CONNECTIONS_EVERY = Duration.ofMinutes(1);

  /** How many bytes the bodies of all claims of this instance have together at most. */
  static final long MOST_HELD_BYTES = 32L << 20;

  /** A location that holds so many gets no more, so that there is room for the others. */
  private static final long MOST_HELD_BYTES_OF_ONE = MOST_HELD_BYTES / 4;

  /**
   * A location of which so many events are worked on gets no more, or the cores would be busy with
   * them when another's comes.
   */
  static final int MOST_HELD_EVENTS_OF_ONE = 400;

  /**
   * The same while others have events, too: what one worker applies together. So one core works on
   * them at most, about, and none of the others' events waits behind many.
   */
  static final int MOST_HELD_EVENTS_BESIDE_OTHERS = TOGETHER;

  /** So long after its last claim a location counts as one that has events. */
  private static final Duration LATELY = Duration.ofSeconds(1);

  /** Whoever works on a claim for so long has lost its way; another may take over. */
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  /** The budget of a location allows so many calls for long (ghl-facts.md: 100 in 10 s). */
  private static final Duration BETWEEN_READS = Duration.ofMillis(100);

  /** What is over for all events of a location when it is for one. */
  private static final Set<Reason> ENDS_FOR_ALL = Set.of(Reason.CRM_AWAY, Reason.NOT_CONNECTED);

  private final WebhookQueue queue;
  private final EventProcessor processor;
  private final Duration claimLease;
  private final Predicate<LocationId> isConnected;
  private final Instance instance;
  private final Map<Lane, Held> held = new ConcurrentHashMap<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  /** The locations that have events, and when they had them last. */
  private final Map<LocationId, Instant> active = new ConcurrentHashMap<>();

  /** Of which an event was to wait for a connection, which may have come at the same moment. */
  private final Set<LocationId> unconnected = ConcurrentHashMap.newKeySet();

  private final AtomicReference<Instant> nextLook = new AtomicReference<>(Instant.EPOCH);

  /** A claim of this instance, and when it was taken. */
  private record Held(Claim claim, Instant since) {}

  ProcessWebhooksService(
      WebhookQueue queue,
      EventProcessor processor,
      Duration claimLease,
      Predicate<LocationId> isConnected,
      Instance instance) {
    this.queue = queue;
    this.processor = processor;
    this.claimLease = claimLease;
    this.isConnected = isConnected;
    this.instance = instance;
  }

  @Override
  public List<Claim> claim(int limit) {
    Instant now = instance.time().instant();
    List<Claim> worked =
        held.values().stream().filter(each -> !isLost(each, now)).map(Held::claim).toList();
    Map<LocationId, Long> heldBytes = sums(worked, Claim::bytes);
    long room = MOST_HELD_BYTES - heldBytes.values().stream().mapToLong(Long::longValue).sum();
    if (room < WebhookQueue.LONGEST_BODY) {
      return List.of();
    }
    lookAfterConnections(now);
    worked.forEach(claim -> active.put(claim.locationId(), now));
    int mostOfOne = mostOfOne(now);
    Set<Lane> passedOver = new HashSet<>();
    worked.forEach(claim -> passedOver.add(claim.lane()));
    passOver(heldBytes, MOST_HELD_BYTES_OF_ONE, passedOver);
    passOver(sums(worked, claim -> claim.events().size()), mostOfOne, passedOver);
    Most most = new Most(limit, mostOfOne, room);
    List<Claim> claims = queue.claim(now, now.plus(claimLease), most, passedOver);
    for (Claim claim : claims) {
      held.put(claim.lane(), new Held(claim, now));
      active.put(claim.locationId(), now);
    }
    return claims;
  }

  /** How many events of one location are handed out at once, and held before it gets no more. */
  private int mostOfOne(Instant now) {
    active.values().removeIf(last -> last.plus(LATELY).isBefore(now));
    return active.size() > 1 ? MOST_HELD_EVENTS_BESIDE_OTHERS : MOST_HELD_EVENTS_OF_ONE;
  }

  private static void passOver(Map<LocationId, Long> held, long most, Set<Lane> passedOver) {
    held.forEach(
        (location, amount) -> {
          if (amount >= most) {
            passedOver.addAll(Lane.allOf(location));
          }
        });
  }

  /** A wake-up that came while an event was about to wait was lost to it. */
  private void lookAfterConnections(Instant now) {
    if (now.isBefore(nextLook.get())) {
      return;
    }
    nextLook.set(now.plus(LOOK_AFTER_CONNECTIONS_EVERY));
    for (LocationId location : List.copyOf(unconnected)) {
      // A connection that comes from now on finds the event waiting.
      unconnected.remove(location);
      try {
        if (isConnected.test(location)) {
          queue.wake(location, now);
        }
      } catch (RuntimeException away) {
        unconnected.add(location);
        throw away;
      }
    }
  }

  private static Map<LocationId, Long> sums(List<Claim> claims, ToLongFunction<Claim> amount) {
    return claims.stream()
        .collect(Collectors.groupingBy(Claim::locationId, Collectors.summingLong(amount)));
  }

  private boolean isLost(Held each, Instant now) {
    return !now.isBefore(each.since().plus(LONGEST_HOLD));
  }

  @Override
  public void prolong() {
    Instant now = instance.time().instant();
    for (Held each : List.copyOf(held.values())) {
      boolean isRunningOut = now.isAfter(each.claim().leaseUntil().minus(claimLease.dividedBy(2)));
      if (isRunningOut && !isLost(each, now) && queue.prolong(each.claim(), now.plus(claimLease))) {
        held.replace(
            each.claim().lane(),
            each,
            new Held(each.claim().until(now.plus(claimLease)), each.since()));
      }
    }
  }

  @Override
  public void giveBack() {
    for (Held each : List.copyOf(held.values())) {
      if (!begun.contains(each.claim().token())) {
        queue.settleAll(each.claim(), List.of(), instance.time().instant());
        held.remove(each.claim().lane(), each);
      }
    }
  }

  @Override
  public void process(List<Claim> claims) {
    LocationId locationId = locationOf(claims);
    claims.forEach(claim -> begun.add(claim.token()));
    List<Settled> settled = List.of();
    try {
      settled =
          applied(locationId, claims.stream().flatMap(claim -> claim.events().stream()).toList());
    } finally {
      // After a failure nothing is told: the events stay due, and their lanes are free again.
      try {
        queue.settleAll(outcomes(claims, settled), instance.time().instant());
        if (settled.stream().anyMatch(ProcessWebhooksService::waitsForConnection)) {
          unconnected.add(locationId);
        }
        wakeOthers(locationId, settled);
      } finally {
        claims.forEach(this::leave);
      }
    }
  }

  private static LocationId locationOf(List<Claim> claims) {
    List<LocationId> locations = claims.stream().map(Claim::locationId).distinct().toList();
    if (locations.size() != 1) {
      throw new IllegalArgumentException("claims of one location, not of " + locations);
    }
    return locations.getFirst();
  }

  /** Gives each claim what was settled of it, which is in its order; nothing when nothing was. */
  private List<ClaimOutcome> outcomes(List<Claim> claims, List<Settled> settled) {
    List<ClaimOutcome> outcomes = new ArrayList<>();
    int from = 0;
    for (Claim claim : claims) {
      int end = settled.isEmpty() ? 0 : from + claim.events().size();
      outcomes.add(new ClaimOutcome(latest(claim), settled.subList(from, end)));
      from = end;
    }
    return outcomes;
  }

  /** As it was prolonged last. */
  private Claim latest(Claim claim) {
    return Optional.ofNullable(held.get(claim.lane()))
        .map(Held::claim)
        .filter(known -> known.token().equals(claim.token()))
        .orElse(claim);
  }

  private void leave(Claim claim) {
    begun.remove(claim.token());
    held.computeIfPresent(
        claim.lane(), (lane, known) -> known.claim().token().equals(claim.token()) ? null : known);
  }

  private static boolean waitsForConnection(Settled settled) {
    return settled.result() instanceof Result.Later later
        && (later.reason() == Reason.NOT_INSTALLED || later.reason() == Reason.NOT_CONNECTED);
  }

  /**
   * What kept one event of a location waiting and is over keeps no other waiting; limits of calls
   * are none of it, they leave room for some at a time.
   */
  private void wakeOthers(LocationId locationId, List<Settled> settled) {
    boolean isOver =
        settled.stream()
            .anyMatch(
                each ->
                    each.event().waits() > 0
                        && each.result() instanceof Result.Finished finished
                        && finished.status() == WebhookStatus.DONE);
    if (isOver) {
      queue.wake(locationId, ENDS_FOR_ALL, instance.time().instant());
    }
  }

  private List<Settled> applied(LocationId locationId, List<QueuedWebhook> events) {
    Instant startedAt = instance.time().instant();
    List<Result> results = results(locationId, events);
    Map<String, Instant> waits = new HashMap<>();
    List<Settled> settled = new ArrayList<>();
    Duration untilItsTurn = Duration.ZERO;
    for (int i = 0; i < events.size(); i++) {
      QueuedWebhook event = events.get(i);
      Result result = bounded(event, results.get(i));
      if (result instanceof Result.Later(Instant until, Reason reason, String why)
          && reason == Reason.THROTTLED) {
        result = new Result.Later(until.plus(untilItsTurn), reason, why);
        untilItsTurn = untilItsTurn.plus(BETWEEN_READS);
      }
      if (result instanceof Result.Later(Instant until, Reason reason, String why)) {
        Instant first = waits.computeIfAbsent(event.envelope().entityKey(), entity -> until);
        result = reason == Reason.EARLIER_EVENT ? new Result.Later(first, reason, why) : result;
      }
      settled.add(new Settled(event, result, startedAt));
    }
    return settled;
  }

  private List<Result> results(LocationId locationId, List<QueuedWebhook> events) {
    try {
      return whole(events, processor.apply(locationId, events));
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException | Error fault) {
      requireOwnFault(fault);
      return apart(locationId, events);
    }
  }

  /** When the machine itself is at its end, that is not the fault of an event. */
  private static void requireOwnFault(Throwable fault) {
    if (fault instanceof VirtualMachineError ofTheMachine
        && !(fault instanceof StackOverflowError)) {
      throw ofTheMachine;
    }
  }

  private static List<Result> whole(List<QueuedWebhook> events, List<Result> results) {
    if (results.size() != events.size()) {
      throw new IllegalStateException(
          results.size() + " results were told of " + events.size() + " events");
    }
    return results;
  }

  /** One event that fails must not cost the others of its batch their turn. */
  private List<Result> apart(LocationId locationId, List<QueuedWebhook> events) {
    Map<String, Instant> waiting = new HashMap<>();
    List<Result> results = new ArrayList<>();
    for (QueuedWebhook event : events) {
      String entity = event.envelope().entityKey();
      Result result =
          Optional.ofNullable(waiting.get(entity))
              .map(ProcessWebhooksService::behind)
              .orElseGet(() -> alone(locationId, event));
      if (result instanceof Result.Later(Instant until, Reason reason, String why)) {
        waiting.put(entity, until);
      }
      results.add(result);
    }
    return results;
  }

  private static Result behind(Instant until) {
    return new Result.Later(until, Reason.EARLIER_EVENT, "waits for an earlier event");
  }

  private Result alone(LocationId locationId, QueuedWebhook event) {
    try {
      return whole(List.of(event), processor.apply(locationId, List.of(event))).getFirst();
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException | Error fault) {
      requireOwnFault(fault);
      return new Result.Later(
          instance.time().instant(),
          Reason.FAULT,
          fault.getClass().getSimpleName() + " while it was applied");
    }
  }

  private Result bounded(QueuedWebhook event, Result result) {
    return switch (result) {
      case Result.Finished finished -> finished;
      case Result.Later later when later.reason().counts() -> ownFault(event, later);
      case Result.Later later
          when later.reason() == Reason.CRM_AWAY || later.reason() == Reason.NOT_CONNECTED ->
          patient(event, later);
      case Result.Later later -> later;
    };
  }

  /** What lasts is asked after further and further apart, and not by all events at once. */
  private Result patient(QueuedWebhook event, Result.Later later) {
    Instant now = instance.time().instant();
    Duration least = Duration.between(now, later.processAfter());
    if (!least.isPositive() || event.waits() == 0) {
      return later;
    }
    Duration grown = least.multipliedBy(1L << Math.min(event.waits(), MOST_DOUBLINGS));
    long most = Math.min(grown.toMillis(), LONGEST_WAIT.toMillis());
    long spread = (long) (most * (0.5 + 0.5 * instance.jitter().getAsDouble()));
    Instant until = now.plusMillis(Math.max(least.toMillis(), spread));
    return new Result.Later(until, later.reason(), later.why());
  }

  /** Of an event's own faults there are few, further and further apart. */
  private Result ownFault(QueuedWebhook event, Result.Later later) {
    if (event.attempts() + 1 >= ATTEMPTS) {
      return new Result.Finished(WebhookStatus.DEAD, later.why(), later.reason());
    }
    Duration wait = LOOK_AGAIN.multipliedBy(1L << (2 * event.attempts()));
    long spread = (long) (wait.toMillis() * (0.5 + instance.jitter().getAsDouble()));
    Instant earliest = instance.time().instant().plusMillis(spread);
    Instant until = later.processAfter();
    return new Result.Later(
        until.isAfter(earliest) ? until : earliest, later.reason(), later.why());
  }
}
