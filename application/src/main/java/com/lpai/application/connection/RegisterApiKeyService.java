package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.location.Location;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

final class RegisterApiKeyService implements RegisterApiKeyUseCase {
  private final ConnectionRepository connections;
  private final Erasures erasures;
  private final Connecting connecting;
  private final Instance instance;

  RegisterApiKeyService(
      ConnectionRepository connections,
      Erasures erasures,
      Connecting connecting,
      Instance instance) {
    this.connections = connections;
    this.erasures = erasures;
    this.connecting = connecting;
    this.instance = instance;
  }

  @Override
  public Outcome register(LocationId locationId, Secret apiKey) {
    if (connections.find(locationId).filter(RegisterApiKeyService::isByOAuth).isPresent()) {
      return Outcome.ALREADY_CONNECTED;
    }
    Instant now = instance.time().instant();
    erasures.lift(locationId, now);
    connecting.storeLocation(Location.installed(locationId, CompanyId.UNKNOWN, now));
    Optional<Connection> stored =
        Versioned.change(
            () -> connections.find(locationId),
            known ->
                known.filter(RegisterApiKeyService::isByOAuth).isPresent()
                    ? Optional.empty()
                    : Optional.of(legacy(known, apiKey, now)),
            legacy -> connections.save(locationId, legacy));
    if (stored.isEmpty()) {
      return Outcome.ALREADY_CONNECTED;
    }
    if (!(stored.get().state() instanceof ConnectionState.Legacy)) {
      return Outcome.NEEDS_INSTALL;
    }
    connecting.startWork(locationId);
    return Outcome.IN_USE;
  }

  /** The company stays what it was: a key does not tell it. */
  private static Connection legacy(Optional<Connection> known, Secret apiKey, Instant now) {
    Connection fresh = Connection.legacy(apiKey, now);
    return new Connection(
        known.map(Connection::companyId).orElse(fresh.companyId()),
        fresh.state(),
        fresh.derivedFromCompany(),
        fresh.migration(),
        fresh.installedAt(),
        fresh.refreshedAt(),
        fresh.provedAt(),
        fresh.proofDue(),
        known.map(Connection::version).orElse(fresh.version()));
  }

  private static boolean isByOAuth(Connection connection) {
    return switch (connection.state()) {
      case ConnectionState.Active active -> true;
      case ConnectionState.Refreshing refreshing -> true;
      case ConnectionState.Suspended suspended -> true;
      case ConnectionState.NeedsReauth needsReauth -> false;
      case ConnectionState.Uninstalled uninstalled -> false;
      case ConnectionState.Legacy legacy -> false;
      case ConnectionState.NeedsInstall needsInstall -> false;
    };
  }
}
