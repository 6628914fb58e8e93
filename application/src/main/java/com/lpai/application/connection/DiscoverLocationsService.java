package com.lpai.application.connection;

import com.lpai.application.connection.ConnectLocationUseCase.Outcome;
import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds the locations of a company and connects them, on one instance at a time. It keeps no
 * cursor: pages are unsorted, so whatever interrupts it, it reads them again and finds most
 * locations connected.
 */
final class DiscoverLocationsService implements DiscoverLocationsUseCase {
  /** Longer than one call with a renewed token and what follows it. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN_LATER = Duration.ofMinutes(15);
  private static final int MOST_PAGES = 10_000;

  private final Discoveries discoveries;
  private final CrmCompanies companies;
  private final ConnectLocationService connecting;
  private final Leases leases;
  private final Instance instance;

  DiscoverLocationsService(
      Discoveries discoveries,
      CrmCompanies companies,
      ConnectLocationService connecting,
      Leases leases,
      Instance instance) {
    this.discoveries = discoveries;
    this.companies = companies;
    this.connecting = connecting;
    this.leases = leases;
    this.instance = instance;
  }

  @Override
  public boolean request(CompanyId companyId) {
    return change(companyId, discovery -> discovery.requested(instance.time().instant()));
  }

  private boolean change(CompanyId companyId, UnaryOperator<Discovery> change) {
    return Versioned.change(
            () -> discoveries.find(companyId), found -> found.map(change), discoveries::save)
        .isPresent();
  }

  void run(CompanyId companyId) {
    leases
        .acquire(
            ConnectLocationService.leaseName(companyId),
            instance.name(),
            instance.time().instant(),
            LEASE)
        .ifPresent(
            lease -> {
              Search search = new Search(companyId, lease);
              try {
                search.run();
              } finally {
                search.end();
              }
            });
  }

  /** Why a search stops before its end. */
  private record Break(String why, Duration delay) {}

  /** One reading of all pages. */
  private final class Search {
    private final CompanyId company;
    private final Instant begun = instance.time().instant();
    private final Set<LocationId> listed = new LinkedHashSet<>();
    private final List<Break> left = new ArrayList<>();
    private int connected;
    private Lease lease;

    private Search(CompanyId company, Lease lease) {
      this.company = company;
      this.lease = lease;
    }

    private void end() {
      leases.release(lease);
    }

    private void run() {
      int skip = 0;
      for (int page = 0; page < MOST_PAGES; page++) {
        switch (companies.installedLocations(company, skip, CallPriority.BACKFILL)) {
          case CrmResult.Failed<InstalledLocations>(CrmFailure failure) -> {
            stop(breakOf(failure));
            return;
          }
          case CrmResult.Done<InstalledLocations>(InstalledLocations found) -> {
            if (found.size() == 0) {
              finish();
              return;
            }
            skip += found.size();
            Optional<Break> stopped = connect(found);
            if (stopped.isPresent()) {
              stop(stopped.get());
              return;
            }
          }
        }
      }
      stop(new Break("GoHighLevel's list of locations has no end.", TRY_AGAIN_LATER));
    }

    private Optional<Break> connect(InstalledLocations found) {
      for (LocationId location : found.installed()) {
        if (!listed.add(location)) {
          continue;
        }
        if (!isProlonged()) {
          return Optional.of(new Break("Another instance goes on.", TRY_AGAIN));
        }
        switch (connecting.ensureAlone(company, location)) {
          case Outcome.Connected there -> connected++;
          case Outcome.NotPossible notPossible -> {}
          case Outcome.NotYet(Duration wait, String why) -> left.add(new Break(why, wait));
          case Outcome.Paused(Duration wait, String why) -> {
            return Optional.of(new Break(why, wait));
          }
        }
      }
      change(company, discovery -> discovery.progress(listed.size(), connected));
      return Optional.empty();
    }

    private boolean isProlonged() {
      Optional<Lease> renewed = leases.renew(lease, instance.time().instant(), LEASE);
      lease = renewed.orElse(lease);
      return renewed.isPresent();
    }

    private void finish() {
      Instant now = instance.time().instant();
      change(company, discovery -> discovery.finished(begun, now, listed.size(), connected));
      left.stream()
          .min(Comparator.comparing(Break::delay))
          .ifPresent(
              first ->
                  change(
                      company,
                      discovery ->
                          discovery.waiting(
                              left.size() + " locations wait: " + first.why(),
                              now.plus(first.delay()))));
    }

    private void stop(Break stopped) {
      Instant until = instance.time().instant().plus(stopped.delay());
      change(
          company,
          discovery -> discovery.progress(listed.size(), connected).waiting(stopped.why(), until));
    }

    private static Break breakOf(CrmFailure failure) {
      return switch (failure) {
        case CrmFailure.Throttled(Duration wait, String message) -> new Break(message, wait);
        case CrmFailure.Unavailable(String message) -> new Break(message, TRY_AGAIN);
        case CrmFailure.OutcomeUnknown(String message) -> new Break(message, TRY_AGAIN);
        default -> new Break(failure.message(), TRY_AGAIN_LATER);
      };
    }
  }
}
