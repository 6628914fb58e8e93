package com.lpai.domain.company;

import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Finding the locations into which a company has installed the app. It is repeated when the company
 * installs again, when an INSTALL event comes, when a location could not be connected, and once a
 * day; it may be repeated any time.
 *
 * @param bulk an app for locations, installed into many at once
 * @param futureLocations whether locations made later get the app too
 * @param approvedLocations as the token answer listed them, for the record
 * @param finishedAt when the last one was complete; {@link Instant#EPOCH} when none was
 * @param reading how far the present one is, or the last one was
 * @param missed the locations that could not be connected; at most {@link #MOST_MISSED} of them
 * @param trouble why all of it waits; empty when it does not
 * @param pauses how often in a row it had to wait without getting on
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
    Reading reading,
    List<MissedLocation> missed,
    String trouble,
    int pauses,
    Instant notBefore,
    long version) {
  /** More are counted and not remembered: they are tried whenever the list is read. */
  public static final int MOST_MISSED = 100;

  private static final Duration REPEAT = Duration.ofDays(1);

  /** The CRM's list may lag behind an installation: just after one it is read a few times more. */
  private static final Duration NEW_FOR = Duration.ofMinutes(15);

  private static final Duration REPEAT_SOON = Duration.ofMinutes(5);

  public Discovery {
    approvedLocations = List.copyOf(approvedLocations);
    missed = missed.stream().limit(MOST_MISSED).toList();
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
        Reading.NONE,
        List.of(),
        "",
        0,
        now,
        0);
  }

  /** The same company consented again. */
  public Discovery granted(CompanyGrant grant, Instant now) {
    Discovery asked = requested(now);
    return new Discovery(
        companyId,
        grant.bulk(),
        grant.futureLocations(),
        grant.approvedLocations(),
        asked.requestedAt,
        asked.finishedAt,
        asked.reading,
        asked.missed,
        asked.trouble,
        asked.pauses,
        asked.notBefore,
        version);
  }

  /** Somebody has a reason to look again, at what was missed too. */
  public Discovery requested(Instant now) {
    return with(now, finishedAt, reading, missed.stream().map(m -> m.at(now)).toList(), "", 0, now);
  }

  /** One page more was read. */
  public Discovery progress(Reading now, List<MissedLocation> nowMissed) {
    return with(requestedAt, finishedAt, now, nowMissed, "", 0, notBefore);
  }

  /** Every page was read. */
  public Discovery finished(Reading complete, List<MissedLocation> nowMissed, Instant now) {
    boolean isServed = !requestedAt.isAfter(complete.begunAt());
    boolean isSoon = complete.resumed() || now.isBefore(requestedAt.plus(NEW_FOR));
    Instant regular = now.plus(isSoon ? REPEAT_SOON : REPEAT);
    Instant next =
        nowMissed.stream()
            .map(MissedLocation::notBefore)
            .filter(regular::isAfter)
            .min(Instant::compareTo)
            .orElse(regular);
    return with(requestedAt, now, complete, nowMissed, "", 0, isServed ? next : now);
  }

  /** What was missed before a page was complete. */
  public Discovery missing(List<MissedLocation> nowMissed) {
    return with(requestedAt, finishedAt, reading, nowMissed, trouble, pauses, notBefore);
  }

  /** It had to wait before it was complete, and goes on where it was. */
  public Discovery waiting(String why, Instant until) {
    return with(requestedAt, finishedAt, reading, missed, why, pauses + 1, until);
  }

  /** The company has not got the app any more: nobody looks until it consents again. */
  public Discovery ended(String why) {
    return with(requestedAt, finishedAt, Reading.NONE, List.of(), why, 0, Connection.NEVER);
  }

  /** True when a reading was interrupted. */
  public boolean isInTheMiddle() {
    return reading.skip() > 0 && finishedAt.isBefore(reading.begunAt());
  }

  /** True when one was asked for and is not complete. */
  public boolean isUnderWay() {
    return finishedAt.isBefore(requestedAt);
  }

  public int listed() {
    return reading.listed();
  }

  public int connected() {
    return reading.connected();
  }

  private Discovery with(
      Instant requested,
      Instant finished,
      Reading nowRead,
      List<MissedLocation> nowMissed,
      String why,
      int nowPauses,
      Instant next) {
    return new Discovery(
        companyId,
        bulk,
        futureLocations,
        approvedLocations,
        requested,
        finished,
        nowRead,
        nowMissed,
        why,
        nowPauses,
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
        reading,
        missed,
        trouble,
        pauses,
        notBefore,
        stored);
  }
}
