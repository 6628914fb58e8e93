package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class UninstallAppService implements UninstallAppUseCase {
  /** The CRM's clock and ours may differ by minutes; asking once too often costs one call. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final ConnectionRepository connections;
  private final CompanyRepository companies;
  private final ConnectionKeeper<LocationId> locationKeeper;
  private final ConnectionKeeper<CompanyId> companyKeeper;
  private final Instance instance;

  UninstallAppService(
      ConnectionRepository connections,
      CompanyRepository companies,
      ConnectionKeeper<LocationId> locationKeeper,
      ConnectionKeeper<CompanyId> companyKeeper,
      Instance instance) {
    this.connections = connections;
    this.companies = companies;
    this.locationKeeper = locationKeeper;
    this.companyKeeper = companyKeeper;
    this.instance = instance;
  }

  @Override
  public Outcome uninstall(LocationId locationId, Instant sentAt) {
    return uninstalled(connections, locationKeeper, locationId, sentAt);
  }

  /** Locations first: a crash in between leaves a company that is uninstalled again. */
  @Override
  public Outcome uninstall(CompanyId companyId, Instant sentAt) {
    Optional<Connection> company = companies.find(companyId);
    if (company.isPresent() && isPerhapsOld(company.get(), sentAt)) {
      Optional<Boolean> installed = companyKeeper.isStillInstalled(companyId);
      if (installed.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      if (installed.get()) {
        return Outcome.STILL_INSTALLED;
      }
    }
    for (LocationId location : connections.ofCompany(companyId)) {
      boolean isDerived =
          connections.find(location).filter(Connection::derivedFromCompany).isPresent();
      Outcome outcome =
          isDerived
              ? gone(connections, location)
              : uninstalled(connections, locationKeeper, location, Instant.EPOCH);
      if (outcome == Outcome.UNKNOWN) {
        return outcome;
      }
    }
    return company.isEmpty() ? Outcome.NOT_INSTALLED : gone(companies, companyId);
  }

  private <O> Outcome uninstalled(
      ConnectionStore<O> store, ConnectionKeeper<O> keeper, O owner, Instant sentAt) {
    Optional<Connection> found = store.find(owner);
    if (found.isEmpty() || found.get().state() instanceof ConnectionState.Uninstalled) {
      return Outcome.NOT_INSTALLED;
    }
    if (isPerhapsOld(found.get(), sentAt)) {
      Optional<Boolean> installed = keeper.isStillInstalled(owner);
      if (installed.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      if (installed.get()) {
        return Outcome.STILL_INSTALLED;
      }
    }
    return gone(store, owner);
  }

  private static boolean isPerhapsOld(Connection connection, Instant sentAt) {
    return connection.state().isInstalled() && sentAt.isBefore(connection.refreshedAt().plus(SKEW));
  }

  private <O> Outcome gone(ConnectionStore<O> store, O owner) {
    return Versioned.change(
                () -> store.find(owner),
                found ->
                    found
                        .filter(known -> !(known.state() instanceof ConnectionState.Uninstalled))
                        .map(known -> known.uninstalled(instance.time().instant())),
                after -> store.save(owner, after))
            .isPresent()
        ? Outcome.UNINSTALLED
        : Outcome.NOT_INSTALLED;
  }
}
