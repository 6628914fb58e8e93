package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class ProcessWebhooksService implements ProcessWebhooksUseCase {
  private static final int ATTEMPTS = 3;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  /** Whoever works on a claim for so long has lost its way; another may take over. */
  private static final int LONGEST_LEASES = 10;

  private final WebhookQueue queue;
  private final EventProcessor processor;
  private final Duration claimLease;
  private final Instance instance;
  private final Map<Lane, Held> held = new ConcurrentHashMap<>();

  /** A claim of this instance, and when it was taken. */
  private record Held(Claim claim, Instant since) {}

  ProcessWebhooksService(
      WebhookQueue queue, EventProcessor processor, Duration claimLease, Instance instance) {
    this.queue = queue;
    this.processor = processor;
    this.claimLease = claimLease;
    this.instance = instance;
  }

  @Override
  public List<Claim> claim(int limit) {
    Instant now = instance.time().instant();
    List<Claim> claims = queue.claim(now, now.plus(claimLease), limit, Set.copyOf(held.keySet()));
    claims.forEach(claim -> held.put(claim.lane(), new Held(claim, now)));
    return claims;
  }

  @Override
  public void prolong() {
    Instant now = instance.time().instant();
    for (Held each : List.copyOf(held.values())) {
      boolean isRunningOut = now.isAfter(each.claim().leaseUntil().minus(claimLease.dividedBy(2)));
      boolean isLost = !now.isBefore(each.since().plus(claimLease.multipliedBy(LONGEST_LEASES)));
      if (isRunningOut && !isLost && queue.prolong(each.claim(), now.plus(claimLease))) {
        held.replace(
            each.claim().lane(),
            each,
            new Held(each.claim().until(now.plus(claimLease)), each.since()));
      }
    }
  }

  @Override
  public void process(Claim claim) {
    List<Settled> settled = List.of();
    try {
      settled = applied(claim.locationId(), claim.events());
    } finally {
      // After a failure nothing is told: the events stay due, and their lane is free again.
      Claim latest =
          Optional.ofNullable(held.get(claim.lane()))
              .map(Held::claim)
              .filter(known -> known.token().equals(claim.token()))
              .orElse(claim);
      try {
        queue.settleAll(latest, settled, instance.time().instant());
      } finally {
        held.computeIfPresent(
            claim.lane(),
            (lane, known) -> known.claim().token().equals(claim.token()) ? null : known);
      }
    }
  }

  private List<Settled> applied(LocationId locationId, List<QueuedWebhook> events) {
    Instant startedAt = instance.time().instant();
    List<Result> results = results(locationId, events);
    Map<String, Instant> waits = new HashMap<>();
    List<Settled> settled = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      QueuedWebhook event = events.get(i);
      Result result = bounded(event, results.get(i));
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
    } catch (RuntimeException fault) {
      return apart(locationId, events);
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
    } catch (RuntimeException fault) {
      return new Result.Later(
          instance.time().instant(),
          Reason.FAULT,
          fault.getClass().getSimpleName() + " while it was applied");
    }
  }

  /** Of an event's own faults there are few, further and further apart. */
  private Result bounded(QueuedWebhook event, Result result) {
    if (!(result instanceof Result.Later(Instant until, Reason reason, String why))
        || !reason.counts()) {
      return result;
    }
    if (event.attempts() + 1 >= ATTEMPTS) {
      return new Result.Finished(WebhookStatus.DEAD, why);
    }
    Duration wait = LOOK_AGAIN.multipliedBy(1L << (2 * event.attempts()));
    long spread = (long) (wait.toMillis() * (0.5 + instance.jitter().getAsDouble()));
    Instant earliest = instance.time().instant().plusMillis(spread);
    return new Result.Later(until.isAfter(earliest) ? until : earliest, reason, why);
  }
}
