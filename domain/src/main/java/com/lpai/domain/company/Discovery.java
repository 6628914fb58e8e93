package com.lpai.domain.company;

import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Finding the locations into which a company has installed the app. It is repeated when the company
 * installs again, when an INSTALL event comes, and once a day, and it may be repeated any time.
 *
 * @param bulk an app for locations, installed into many at once
 * @param futureLocations whether locations made later get the app too
 * @param approvedLocations as the token answer listed them, for the record
 * @param finishedAt when the last one was complete; {@link Instant#EPOCH} when none was
 * @param listed how many locations the CRM named as having the app, in the last or present one
 * @param connected how many of these have a connection
 * @param trouble why it waits; empty when it does not
 * @param notBefore when it is due
 * @param version counts stored changes; 0 before the first
 */
public record Discovery(
    CompanyId companyId,
    boolean bulk,
    boolean futureLocations,
    List<LocationId> approvedLocations,
    Instant requestedAt,
    Instant finishedAt,
    int listed,
    int connected,
    String trouble,
    Instant notBefore,
    long version) {
  private static final Duration REPEAT = Duration.ofDays(1);

  /** The CRM's list may lag behind an installation: just after one it is read a few times more. */
  private static final Duration NEW_FOR = Duration.ofMinutes(15);

  private static final Duration REPEAT_WHILE_NEW = Duration.ofMinutes(5);

  public Discovery {
    approvedLocations = List.copyOf(approvedLocations);
  }

  /** The first one, after the company's consent. */
  public static Discovery first(CompanyGrant grant, Instant now) {
    return new Discovery(
        grant.companyId(),
        grant.bulk(),
        grant.futureLocations(),
        grant.approvedLocations(),
        now,
        Instant.EPOCH,
        0,
        0,
        "",
        now,
        0);
  }

  /** The same company consented again. */
  public Discovery granted(CompanyGrant grant, Instant now) {
    Discovery fresh = first(grant, now);
    return new Discovery(
        companyId,
        fresh.bulk,
        fresh.futureLocations,
        fresh.approvedLocations,
        now,
        finishedAt,
        listed,
        connected,
        "",
        now,
        version);
  }

  /** Somebody has a reason to look again. */
  public Discovery requested(Instant now) {
    return with(now, finishedAt, listed, connected, "", now);
  }

  public Discovery progress(int nowListed, int nowConnected) {
    return with(requestedAt, finishedAt, nowListed, nowConnected, "", notBefore);
  }

  /**
   * Every page was read.
   *
   * @param begun when reading began: a request since then is not served by it
   */
  public Discovery finished(Instant begun, Instant now, int nowListed, int nowConnected) {
    boolean isNew = now.isBefore(requestedAt.plus(NEW_FOR));
    Instant next = now.plus(isNew ? REPEAT_WHILE_NEW : REPEAT);
    return with(
        requestedAt, now, nowListed, nowConnected, "", requestedAt.isAfter(begun) ? now : next);
  }

  public Discovery waiting(String why, Instant until) {
    return with(requestedAt, finishedAt, listed, connected, why, until);
  }

  /** True when one was asked for and is not complete. */
  public boolean isUnderWay() {
    return finishedAt.isBefore(requestedAt);
  }

  private Discovery with(
      Instant requested, Instant finished, int l, int c, String why, Instant next) {
    return new Discovery(
        companyId,
        bulk,
        futureLocations,
        approvedLocations,
        requested,
        finished,
        l,
        c,
        why,
        next,
        version);
  }

  public Discovery atVersion(long stored) {
    return new Discovery(
        companyId,
        bulk,
        futureLocations,
        approvedLocations,
        requestedAt,
        finishedAt,
        listed,
        connected,
        trouble,
        notBefore,
        stored);
  }
}
