package com.lpai.domain.company;

import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.connection.ConnectionStoreContract;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.TenantFixture;

/** What every {@link CompanyRepository} promises. */
public interface CompanyRepositoryContract extends ConnectionStoreContract<CompanyId> {
  CompanyRepository companies();

  @Override
  default ConnectionStore<CompanyId> store() {
    return companies();
  }

  @Override
  default CompanyId anyOwner() {
    return TenantFixture.anyCompany();
  }
}
