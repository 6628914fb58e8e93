package com.lpai.adapter.mongo.company;

import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;

/** Discoveries in the collection {@code companies}, beside the companies' connections. */
public final class MongoDiscoveries implements Discoveries {
  private static final Bson IS_THERE = Filters.exists(CompanyDocuments.DISCOVERY);

  private final SharedCollection companies;

  public MongoDiscoveries(SharedCollection companies) {
    this.companies = companies;
  }

  @Override
  public Optional<Discovery> find(CompanyId companyId) {
    return companies
        .findOne(Filters.and(CompanyDocuments.is(companyId), IS_THERE))
        .map(DiscoveryDocuments::toDomain);
  }

  @Override
  public Optional<Discovery> save(Discovery discovery) {
    long next = discovery.version() + 1;
    return isStored(discovery, DiscoveryDocuments.toUpdate(discovery, next))
        ? Optional.of(discovery.atVersion(next))
        : Optional.empty();
  }

  private boolean isStored(Discovery discovery, Bson update) {
    CompanyId company = discovery.companyId();
    return discovery.version() == 0
        ? CompanyDocuments.isAdded(companies, company, CompanyDocuments.DISCOVERY, update)
        : companies
            .update(
                CompanyDocuments.is(company, CompanyDocuments.DISCOVERY, discovery.version()),
                update)
            .wrote();
  }

  @Override
  public List<CompanyId> due(Instant now, int limit) {
    Find longestFirst =
        Find.sortedBy(Sorts.ascending(DiscoveryDocuments.NOT_BEFORE, CompanyDocuments.ID))
            .limitedTo(limit)
            .only(Projections.include(CompanyDocuments.ID));
    return companies.find(Filters.lte(DiscoveryDocuments.NOT_BEFORE, now), longestFirst).stream()
        .map(company -> new CompanyId(company.getString(CompanyDocuments.ID)))
        .toList();
  }

  @Override
  public List<Discovery> all() {
    return companies.find(IS_THERE, Find.sortedBy(Sorts.ascending(CompanyDocuments.ID))).stream()
        .map(DiscoveryDocuments::toDomain)
        .toList();
  }

  /**
   * Forgets that a company approved a location, that it was missed, and what was said about it.
   * Whoever has read the discovery before must read it again.
   *
   * @return how many companies knew it
   */
  public long forget(LocationId locationId) {
    Bson changed = Updates.inc(DiscoveryDocuments.VERSION_PATH, 1L);
    long approvals =
        companies.updateMany(
            Filters.eq(DiscoveryDocuments.APPROVED_LOCATIONS, locationId.value()),
            Updates.combine(
                Updates.pull(DiscoveryDocuments.APPROVED_LOCATIONS, locationId.value()), changed));
    companies.updateMany(
        Filters.eq(DiscoveryDocuments.MISSED_PATH + ".id", locationId.value()),
        Updates.combine(
            Updates.pull(DiscoveryDocuments.MISSED_PATH, DiscoveryDocuments.missed(locationId)),
            changed));
    companies.updateMany(
        Filters.regex(DiscoveryDocuments.TROUBLE_PATH, Pattern.quote(locationId.value())),
        Updates.combine(Updates.set(DiscoveryDocuments.TROUBLE_PATH, ""), changed));
    return approvals;
  }
}
