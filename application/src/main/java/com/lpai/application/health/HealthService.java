package com.lpai.application.health;

import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class HealthService implements HealthQueries {
  /** When those are decided about, the others show. */
  private static final int LOCATIONS_NAMED = 20;

  private final LocationRepository locations;
  private final ConnectionRepository connections;
  private final CompanyRepository companies;
  private final Discoveries discoveries;
  private final ScopeCheck locationScopes;
  private final ScopeCheck companyScopes;
  private final CountedStores stores;
  private final ReconciledStores reconciled;
  private final WebhookQueue queue;
  private final IngestCounters counters;
  private final InstantSource time;
  private final RateBudget<LocationId> locationCalls;
  private final RateBudget<CompanyId> companyCalls;

  HealthService(
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
    this.locations = locations;
    this.connections = connections;
    this.companies = companies;
    this.discoveries = discoveries;
    this.locationScopes = locationScopes;
    this.companyScopes = companyScopes;
    this.stores = stores;
    this.reconciled = reconciled;
    this.queue = queue;
    this.counters = counters;
    this.time = time;
    this.locationCalls = locationCalls;
    this.companyCalls = companyCalls;
  }

  @Override
  public Optional<SyncHealth> syncHealth(LocationId locationId) {
    return locations.find(locationId).map(stores::of);
  }

  @Override
  public List<LocationOverview> locations() {
    Map<LocationId, Long> failedMessages = stores.sending().failed(Integer.MAX_VALUE);
    return locations.all().stream()
        .map(location -> overview(location, failedMessages.getOrDefault(location.id(), 0L)))
        .sorted(
            Comparator.comparing((LocationOverview o) -> o.location().details().name())
                .thenComparing(o -> o.location().id().value()))
        .toList();
  }

  @Override
  public Optional<LocationOverview> location(LocationId locationId) {
    return locations
        .find(locationId)
        .map(location -> overview(location, stores.outgoing().counts(locationId).failed()));
  }

  private LocationOverview overview(Location location, long failedMessages) {
    return new LocationOverview(
        location,
        ConnectionOverview.of(() -> connections.find(location.id()), locationScopes),
        stores.contacts().counts(location.id()),
        failedMessages,
        locationCalls.status(location.id()));
  }

  @Override
  public Overview overview() {
    List<LocationOverview> everyLocation = locations();
    List<CompanyOverview> everyCompany = companies();
    Instant now = time.instant();
    Map<WebhookStatus, Long> depth = queue.depth();
    Map<LocationId, Long> dead =
        depth.containsKey(WebhookStatus.DEAD) ? queue.dead(LOCATIONS_NAMED) : Map.of();
    return new Overview(
        everyLocation,
        everyCompany,
        Alerts.of(
            everyLocation,
            everyCompany,
            new Alerts.Undecided(dead, stores.undecided(LOCATIONS_NAMED)),
            reconciled,
            counters.wrongSignatures(now),
            now),
        depth,
        counters.counts());
  }

  @Override
  public List<CompanyOverview> companies() {
    return discoveries.all().stream()
        .map(
            discovery ->
                new CompanyOverview(
                    ConnectionOverview.of(
                        () -> companies.find(discovery.companyId()), companyScopes),
                    discovery,
                    companyCalls.status(discovery.companyId())))
        .toList();
  }

  @Override
  public List<QueuedWebhook> recentWebhooks(LocationId locationId, int limit) {
    return queue.recent(locationId, limit);
  }
}
