package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.sync.UnreadableRecordException;
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
    return objection(connections, locationKeeper, locationId, sentAt)
        .orElseGet(() -> gone(connections, locationId));
  }

  /** The company first: from then on nobody gets tokens for its locations any more. */
  @Override
  public Outcome uninstall(CompanyId companyId, Instant sentAt) {
    Optional<Outcome> objection = objection(companies, companyKeeper, companyId, sentAt);
    if (objection.isPresent()) {
      return objection.get();
    }
    Outcome outcome = gone(companies, companyId);
    connections.ofCompany(companyId).forEach(this::leftByItsCompany);
    return outcome;
  }

  /** What the CRM itself says against an event that may be older than the present installation. */
  private <O> Optional<Outcome> objection(
      ConnectionStore<O> store, ConnectionKeeper<O> keeper, O owner, Instant sentAt) {
    Optional<Connection> found = store.find(owner).filter(known -> known.state().isInstalled());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Instant since = found.get().refreshedAt();
    if (!sentAt.isBefore(since.plus(SKEW))) {
      return Optional.empty();
    }
    Optional<Boolean> installed = keeper.isStillInstalled(owner);
    if (installed.isEmpty()) {
      return Optional.of(Outcome.UNKNOWN);
    }
    if (!installed.get()) {
      return Optional.empty();
    }
    boolean isOlder = sentAt.isBefore(since.minus(SKEW));
    return Optional.of(isOlder ? Outcome.STILL_INSTALLED : Outcome.NOT_CERTAIN);
  }

  /** A location that installed by itself need not go with its company: its token is shown soon. */
  private void leftByItsCompany(LocationId location) {
    Instant now = instance.time().instant();
    try {
      Versioned.change(
          () -> connections.find(location),
          found ->
              found.flatMap(
                  known ->
                      known.derivedFromCompany()
                          ? uninstalled(known)
                          : Optional.of(known)
                              .filter(own -> own.state() instanceof ConnectionState.Active)
                              .map(own -> own.proofPostponed(now))),
          after -> connections.save(location, after));
    } catch (UnreadableRecordException unreadable) {
      // It is shown as unreadable, and must not keep the others installed.
    }
  }

  private <O> Outcome gone(ConnectionStore<O> store, O owner) {
    return Versioned.change(
                () -> store.find(owner),
                found -> found.flatMap(this::uninstalled),
                after -> store.save(owner, after))
            .isPresent()
        ? Outcome.UNINSTALLED
        : Outcome.NOT_INSTALLED;
  }

  private Optional<Connection> uninstalled(Connection known) {
    return known.state() instanceof ConnectionState.Uninstalled
        ? Optional.empty()
        : Optional.of(known.uninstalled(instance.time().instant()));
  }
}
