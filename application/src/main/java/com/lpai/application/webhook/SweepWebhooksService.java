package com.lpai.application.webhook;

import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Hold;
import com.lpai.application.work.Instance;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.webhook.WebhookHistory;
import com.lpai.domain.webhook.WebhookRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Removes what was kept for long enough, apart from the work on events (trap 34), by one instance
 * at a time and a little at once.
 */
final class SweepWebhooksService implements Chores {
  private static final String NAME = "webhook-retention";
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 500;
  private static final int ROUNDS = 100;

  private final WebhookHistory history;
  private final WebhookRetention retention;
  private final Leases leases;
  private final Instance instance;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.EPOCH);

  SweepWebhooksService(
      WebhookHistory history, WebhookRetention retention, Leases leases, Instance instance) {
    this.history = history;
    this.retention = retention;
    this.leases = leases;
    this.instance = instance;
  }

  @Override
  public List<Chore> due() {
    Instant now = instance.time().instant();
    if (now.isBefore(next.get())) {
      return List.of();
    }
    next.set(now.plus(EVERY));
    return List.of(new Chore(NAME, this::sweep));
  }

  private void sweep() {
    Optional<Hold> taken = Hold.on(NAME, leases, LEASE, instance);
    if (taken.isEmpty()) {
      return;
    }
    try (Hold hold = taken.get()) {
      int round = 1;
      while (history.sweep(retention, instance.time().instant(), AT_ONCE)
          && round < ROUNDS
          && hold.isProlonged()) {
        round++;
      }
    }
  }
}
