package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.location.Location;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

final class RegisterApiKeyService implements RegisterApiKeyUseCase {
  private final ConnectionRepository connections;
  private final Connecting connecting;
  private final Instance instance;

  RegisterApiKeyService(
      ConnectionRepository connections, Connecting connecting, Instance instance) {
    this.connections = connections;
    this.connecting = connecting;
    this.instance = instance;
  }

  @Override
  public Outcome register(LocationId locationId, Secret apiKey) {
    Instant now = instance.time().instant();
    while (true) {
      Optional<Connection> known = connections.find(locationId);
      if (known.filter(RegisterApiKeyService::isByOAuth).isPresent()) {
        return Outcome.ALREADY_CONNECTED;
      }
      long version = known.map(Connection::version).orElse(0L);
      Connection legacy = Connection.legacy(apiKey, now).atVersion(version);
      if (connections.save(locationId, legacy).isPresent()) {
        connecting.storeLocation(Location.installed(locationId, CompanyId.UNKNOWN, now));
        return legacy.state() instanceof ConnectionState.Legacy
            ? Outcome.IN_USE
            : Outcome.NEEDS_INSTALL;
      }
    }
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
