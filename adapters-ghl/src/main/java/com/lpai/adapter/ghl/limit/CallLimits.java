package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.Heartbeats;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.InstantSource;

/**
 * What stands between our calls and GoHighLevel: the budgets of all locations and companies, shared
 * by all instances, and the circuit breakers of the host.
 */
public final class CallLimits implements AutoCloseable {
  private final Presence presence;
  private final CallBudgets<LocationId> locations;
  private final CallBudgets<CompanyId> companies;
  private final CircuitBreakers breakers;

  /** What all instances share. */
  public record Shared(
      PermitLedger<LocationId> locations,
      PermitLedger<CompanyId> companies,
      Heartbeats heartbeats) {}

  /**
   * The limits as one instance keeps to them.
   *
   * @param host that the calls go to, for messages
   * @param instance tells it from all others
   */
  public CallLimits(
      Limits limits, Shared shared, String host, String instance, InstantSource time) {
    presence = new Presence(shared.heartbeats(), instance, time);
    locations = new CallBudgets<>(limits, shared.locations(), presence, time);
    companies = new CallBudgets<>(limits, shared.companies(), presence, time);
    breakers = new CircuitBreakers(host, time);
  }

  public CallGate<LocationId> locations() {
    return new CallGate<>(locations, breakers);
  }

  public CallGate<CompanyId> companies() {
    return new CallGate<>(companies, breakers);
  }

  /**
   * Says that this instance is alive, and looks after its permits. To be called about twice a
   * second.
   *
   * @throws StorageUnavailableException when the ledger cannot be reached
   */
  public void tend() {
    presence.beat();
    locations.tend();
    companies.tend();
  }

  /** Gives back what is not in use, as far as the database can be reached. */
  @Override
  public void close() {
    try {
      locations.letGo();
      companies.letGo();
    } catch (StorageUnavailableException away) {
      // What this instance holds is free when it counts as dead.
    }
  }
}
