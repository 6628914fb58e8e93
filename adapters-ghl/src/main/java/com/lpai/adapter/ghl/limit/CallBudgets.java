package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.RateBudget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget for each location, or for each company, kept in this process. Several instances correct
 * each other only through GoHighLevel's headers; a shared one can take its place behind {@link
 * RateBudget}.
 *
 * @param <O> the location's or company's id
 */
public final class CallBudgets<O> implements RateBudget<O> {
  private static final int MOST_OWNERS = 20_000;

  private final Limits limits;
  private final InstantSource time;
  private final int mostOwners;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<O, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  public CallBudgets(Limits limits, InstantSource time) {
    this(limits, time, MOST_OWNERS);
  }

  CallBudgets(Limits limits, InstantSource time, int mostOwners) {
    this.limits = limits;
    this.time = time;
    this.mostOwners = mostOwners;
  }

  @Override
  public Permit request(O owner, CallPriority priority) {
    lock.lock();
    try {
      Instant now = time.instant();
      return bucket(owner, now).request(priority, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void observe(O owner, Observation observation) {
    lock.lock();
    try {
      Instant now = time.instant();
      bucket(owner, now).observe(observation, now);
    } finally {
      lock.unlock();
    }
  }

  private Bucket bucket(O owner, Instant now) {
    Bucket bucket = buckets.computeIfAbsent(owner, any -> new Bucket(limits));
    forgetIdle(now);
    return bucket;
  }

  /** The map is in order of use: only its oldest entries are looked at. */
  private void forgetIdle(Instant now) {
    Iterator<Bucket> oldestFirst = buckets.values().iterator();
    while (buckets.size() > mostOwners && oldestFirst.next().isIdle(now)) {
      oldestFirst.remove();
    }
  }

  int size() {
    lock.lock();
    try {
      return buckets.size();
    } finally {
      lock.unlock();
    }
  }
}
