package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget for each location, kept in this process. Several instances correct each other only
 * through GoHighLevel's headers; a shared one can take its place behind {@link RateBudget}.
 */
public final class LocationBudgets implements RateBudget {
  private static final int MOST_LOCATIONS = 20_000;

  private final Limits limits;
  private final InstantSource time;
  private final int mostLocations;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LocationId, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  public LocationBudgets(Limits limits, InstantSource time) {
    this(limits, time, MOST_LOCATIONS);
  }

  LocationBudgets(Limits limits, InstantSource time, int mostLocations) {
    this.limits = limits;
    this.time = time;
    this.mostLocations = mostLocations;
  }

  @Override
  public Permit request(LocationId locationId, CallPriority priority) {
    lock.lock();
    try {
      Instant now = time.instant();
      return bucket(locationId, now).request(priority, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void observe(LocationId locationId, Observation observation) {
    lock.lock();
    try {
      Instant now = time.instant();
      bucket(locationId, now).observe(observation, now);
    } finally {
      lock.unlock();
    }
  }

  private Bucket bucket(LocationId locationId, Instant now) {
    Bucket bucket = buckets.computeIfAbsent(locationId, any -> new Bucket(limits));
    forgetIdle(now);
    return bucket;
  }

  /** The map is in order of use: only its oldest entries are looked at. */
  private void forgetIdle(Instant now) {
    Iterator<Bucket> oldestFirst = buckets.values().iterator();
    while (buckets.size() > mostLocations && oldestFirst.next().isIdle(now)) {
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
