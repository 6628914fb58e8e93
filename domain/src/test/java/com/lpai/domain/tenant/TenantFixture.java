package com.lpai.domain.tenant;

import java.util.UUID;

/** Tenants that no other test has: kits can share one database. */
public final class TenantFixture {
  private TenantFixture() {}

  public static LocationId anyLocation() {
    return new LocationId("loc-" + UUID.randomUUID());
  }

  public static CompanyId anyCompany() {
    return new CompanyId("com-" + UUID.randomUUID());
  }
}
