package com.lpai.adapter.ghl;

import com.lpai.adapter.ghl.limit.CallGate;
import com.lpai.adapter.ghl.limit.CallLimits;
import com.lpai.adapter.ghl.limit.CircuitBreakers;
import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.InMemoryHeartbeats;
import com.lpai.domain.crm.InMemoryPermitLedger;
import com.lpai.domain.crm.RateBudget;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What calls pass in tests. */
public final class TestLimits {
  private TestLimits() {}

  /** Those of a single instance. */
  public static CallLimits of(GhlSettings settings, InstantSource time) {
    return GhlAdapter.limits(
        settings,
        new CallLimits.Shared(
            new InMemoryPermitLedger<>(time),
            new InMemoryPermitLedger<>(time),
            new InMemoryHeartbeats(time)),
        "instance",
        time);
  }

  /** Those of a single instance, now. */
  public static CallLimits of(GhlSettings settings) {
    return of(settings, InstantSource.system());
  }

  /** A gate of this budget. */
  public static <O> CallGate<O> gate(RateBudget<O> budget) {
    return new CallGate<>(budget, new CircuitBreakers("the host", InstantSource.system()));
  }

  /** A budget that always says the same, and what was told of its permits. */
  public static final class FixedBudget<O> implements RateBudget<O> {
    private final Permit answer;
    private final Deque<Permit> before = new ArrayDeque<>();
    private final List<Observation> seen = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    public FixedBudget(Permit answer) {
      this.answer = answer;
    }

    public static <O> FixedBudget<O> open() {
      return new FixedBudget<>(new Permit.Granted(1));
    }

    /** Open, but for the first request. */
    public static <O> FixedBudget<O> openAfter(Permit first) {
      FixedBudget<O> budget = open();
      budget.before.add(first);
      return budget;
    }

    public List<Observation> seen() {
      return seen;
    }

    /** The life of each permit, in words. */
    public List<String> told() {
      return told;
    }

    @Override
    public Permit request(O owner, CallPriority priority) {
      return before.isEmpty() ? answer : before.remove();
    }

    @Override
    public void sending(O owner, Permit.Granted permit) {
      told.add("sending");
    }

    @Override
    public void answered(O owner, Permit.Granted permit, Observation observation) {
      told.add("answered");
      seen.add(observation);
    }

    @Override
    public void unused(O owner, Permit.Granted permit) {
      told.add("unused");
    }

    @Override
    public BudgetStatus status(O owner) {
      throw new AssertionError("no call asks how a budget stands");
    }
  }
}
