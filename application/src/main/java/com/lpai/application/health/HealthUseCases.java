package com.lpai.application.health;

import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue;
import java.time.InstantSource;

/** The door to health. */
public final class HealthUseCases {
  private HealthUseCases() {}

  public static HealthQueries queries(
      LocationRepository locations,
      ConnectionRepository connections,
      CompanyRepository companies,
      Discoveries discoveries,
      ScopeCheck locationScopes,
      ScopeCheck companyScopes,
      CountedStores stores,
      ReconciledStores reconciled,
      WebhookQueue queue,
      IngestCounters counters,
      InstantSource time,
      RateBudget<LocationId> locationCalls,
      RateBudget<CompanyId> companyCalls) {
    return new HealthService(
        locations,
        connections,
        companies,
        discoveries,
        locationScopes,
        companyScopes,
        stores,
        reconciled,
        queue,
        counters,
        time,
        locationCalls,
        companyCalls);
  }
}
