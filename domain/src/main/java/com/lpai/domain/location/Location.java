package com.lpai.domain.location;

import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One location and the state of its first copy.
 *
 * @param customFields the CRM's ids of the custom fields that hold fields of ours, by their keys
 * @param conflictRules whose value stays where both sides changed one
 * @param version counts stored changes; 0 before the first
 */
public record Location(
    LocationId id,
    CompanyId companyId,
    LocationDetails details,
    Setup setup,
    Instant installedAt,
    Map<String, GhlCustomFieldId> customFields,
    ConflictRules conflictRules,
    long version) {
  public Location {
    customFields = Map.copyOf(customFields);
  }

  /** A location that has just installed the app. */
  public static Location installed(LocationId id, CompanyId companyId, Instant now) {
    return new Location(
        id,
        companyId,
        LocationDetails.assumed(id.value()),
        Setup.NEVER,
        now,
        Map.of(),
        ConflictRules.OURS,
        0);
  }

  public Location withDetails(LocationDetails changed) {
    return new Location(
        id, companyId, changed, setup, installedAt, customFields, conflictRules, version);
  }

  /** The location with one more of its custom fields known; the others stay. */
  public Location withCustomField(String key, GhlCustomFieldId fieldId) {
    Map<String, GhlCustomFieldId> known = new HashMap<>(customFields);
    known.put(key, fieldId);
    return new Location(id, companyId, details, setup, installedAt, known, conflictRules, version);
  }

  /** The CRM's id of the custom field with this key of ours. */
  public Optional<GhlCustomFieldId> customField(String key) {
    return Optional.ofNullable(customFields.get(key));
  }

  public Location withConflictRules(ConflictRules changed) {
    return new Location(id, companyId, details, setup, installedAt, customFields, changed, version);
  }

  public Location withSetup(Setup changed) {
    return new Location(
        id, companyId, details, changed, installedAt, customFields, conflictRules, version);
  }

  /**
   * The same location after another installation.
   *
   * @param company {@link CompanyId#UNKNOWN} leaves it in the company that is known
   */
  public Location reinstalled(CompanyId company, Instant now) {
    CompanyId its = company.equals(CompanyId.UNKNOWN) ? companyId : company;
    return new Location(id, its, details, setup, now, customFields, conflictRules, version);
  }

  /**
   * True when nobody has asked for a setup since the app was last installed here, or the last one
   * was of an older version and lacks steps.
   */
  public boolean isSetupOwed() {
    return setup.requestedAt().isBefore(installedAt) || !setup.hasEveryStep();
  }

  public Location atVersion(long stored) {
    return new Location(
        id, companyId, details, setup, installedAt, customFields, conflictRules, stored);
  }
}
