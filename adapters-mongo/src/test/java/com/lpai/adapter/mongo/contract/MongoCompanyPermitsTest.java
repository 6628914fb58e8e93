package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.crm.Heartbeats;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.crm.PermitLedgerContract;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.TenantFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoCompanyPermitsTest implements PermitLedgerContract<CompanyId> {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public PermitLedger<CompanyId> ledger() {
    return DATABASE.adapter().permitsOfCompanies();
  }

  @Override
  public Heartbeats heartbeats() {
    return DATABASE.adapter().heartbeats();
  }

  @Override
  public CompanyId anyOwner() {
    return TenantFixture.anyCompany();
  }
}
