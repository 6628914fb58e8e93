package com.lpai.domain.location;

import com.lpai.domain.setup.Setup;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/**
 * One location and the state of its first copy.
 *
 * @param version counts stored changes; 0 before the first
 */
public record Location(
    LocationId id,
    CompanyId companyId,
    LocationDetails details,
    Setup setup,
    Instant installedAt,
    long version) {

  /** A location that has just installed the app. */
  public static Location installed(LocationId id, CompanyId companyId, Instant now) {
    return new Location(id, companyId, LocationDetails.assumed(id.value()), Setup.NEVER, now, 0);
  }

  public Location withDetails(LocationDetails changed) {
    return new Location(id, companyId, changed, setup, installedAt, version);
  }

  public Location withSetup(Setup changed) {
    return new Location(id, companyId, details, changed, installedAt, version);
  }

  /**
   * The same location after another installation.
   *
   * @param company {@link CompanyId#UNKNOWN} leaves it in the company that is known
   */
  public Location reinstalled(CompanyId company, Instant now) {
    CompanyId its = company.equals(CompanyId.UNKNOWN) ? companyId : company;
    return new Location(id, its, details, setup, now, version);
  }

  /** True when nobody has asked for a setup since the app was last installed here. */
  public boolean isSetupOwed() {
    return setup.requestedAt().isBefore(installedAt);
  }

  public Location atVersion(long stored) {
    return new Location(id, companyId, details, setup, installedAt, stored);
  }
}
