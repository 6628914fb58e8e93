package com.lpai.domain.crm;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;

class InMemoryPermitLedgerTest implements PermitLedgerContract<LocationId>, HeartbeatsContract {
  private final MutableInstantSource clock = MutableInstantSource.aClock();
  private final PermitLedger<LocationId> ledger = new InMemoryPermitLedger<>(clock);
  private final Heartbeats heartbeats = new InMemoryHeartbeats(clock);

  @Override
  public PermitLedger<LocationId> ledger() {
    return ledger;
  }

  @Override
  public Heartbeats heartbeats() {
    return heartbeats;
  }

  @Override
  public LocationId anyOwner() {
    return TenantFixture.anyLocation();
  }
}
