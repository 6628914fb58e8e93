package com.lpai.domain.company;

import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.testing.NextWrite;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Discoveries in memory. */
public final class InMemoryDiscoveries implements Discoveries {
  private final Map<CompanyId, Discovery> byCompany = new HashMap<>();
  public final NextWrite nextWrite = new NextWrite();

  @Override
  public synchronized Optional<Discovery> find(CompanyId companyId) {
    return Optional.ofNullable(byCompany.get(companyId));
  }

  @Override
  public synchronized Optional<Discovery> save(Discovery discovery) {
    nextWrite.happens();
    CompanyId company = discovery.companyId();
    if (find(company).map(Discovery::version).orElse(0L) != discovery.version()) {
      return Optional.empty();
    }
    Discovery stored = discovery.atVersion(discovery.version() + 1);
    byCompany.put(company, stored);
    return Optional.of(stored);
  }

  @Override
  public synchronized List<CompanyId> due(Instant now, int limit) {
    return byCompany.values().stream()
        .filter(discovery -> !discovery.notBefore().isAfter(now))
        .sorted(Comparator.comparing(Discovery::notBefore))
        .limit(limit)
        .map(Discovery::companyId)
        .toList();
  }

  @Override
  public synchronized List<Discovery> all() {
    return byCompany.values().stream()
        .sorted(Comparator.comparing(discovery -> discovery.companyId().value()))
        .toList();
  }
}
