package com.lpai.domain.crm;

import java.time.Duration;
import java.time.Instant;

/**
 * A budget that has a permit for everybody.
 *
 * @param <O> whose budget it is
 */
public final class OpenBudget<O> implements RateBudget<O> {
  private BudgetStatus status =
      new BudgetStatus(
          100,
          Duration.ofSeconds(10),
          0,
          new DayUse(Instant.EPOCH, 200_000, 0, 0),
          200_000,
          160_000,
          0,
          Instant.EPOCH,
          Instant.EPOCH,
          "");

  /** What it says of itself from now on. */
  public void stands(BudgetStatus newStatus) {
    status = newStatus;
  }

  @Override
  public Permit request(O owner, CallPriority priority) {
    return new Permit.Granted(1);
  }

  @Override
  public void sending(O owner, Permit.Granted permit) {}

  @Override
  public void answered(O owner, Permit.Granted permit, Observation observation) {}

  @Override
  public void unused(O owner, Permit.Granted permit) {}

  @Override
  public BudgetStatus status(O owner) {
    return status;
  }
}
