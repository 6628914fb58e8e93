package com.lpai.application.connection;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/** What an UNINSTALL event leads to (spec 3). */
public interface UninstallAppUseCase {

  /** What became of it. */
  enum Outcome {
    /** Tokens and their data key are deleted; what was copied stays. */
    UNINSTALLED,
    /** There was nothing to uninstall. */
    NOT_INSTALLED,
    /**
     * The event is older than our token, and the CRM still accepts our token: a later installation.
     */
    STILL_INSTALLED,
    /**
     * The event is about as old as our token, and the CRM still accepts that: a later installation,
     * or an uninstallation that is not in force yet. Ask again.
     */
    NOT_CERTAIN,
    /** The event may be old, and the CRM could not be asked: ask again. */
    UNKNOWN
  }

  /**
   * Uninstalls a location.
   *
   * @param sentAt when the CRM sent the event; one that may be older than the present token is
   *     believed only when the CRM refuses that token
   */
  Outcome uninstall(LocationId locationId, Instant sentAt);

  /**
   * Uninstalls a company and the locations whose tokens came from it. Locations of it that
   * installed by themselves are tried soon.
   */
  Outcome uninstall(CompanyId companyId, Instant sentAt);
}
