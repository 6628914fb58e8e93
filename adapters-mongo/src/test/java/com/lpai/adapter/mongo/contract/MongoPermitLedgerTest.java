package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.crm.Heartbeats;
import com.lpai.domain.crm.HeartbeatsContract;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.crm.PermitLedgerContract;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoPermitLedgerTest implements PermitLedgerContract<LocationId>, HeartbeatsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public PermitLedger<LocationId> ledger() {
    return DATABASE.adapter().permitsOfLocations();
  }

  @Override
  public Heartbeats heartbeats() {
    return DATABASE.adapter().heartbeats();
  }

  @Override
  public LocationId anyOwner() {
    return TenantFixture.anyLocation();
  }
}
