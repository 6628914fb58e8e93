package com.lpai.application.connection;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

/**
 * What happens with tokens for a location, wherever they come from: the connection is stored, then
 * the location, then the wish for a setup. Each is safe to repeat, and a crash in between is mended
 * by the next INSTALL event or sweep: a location that is connected and was never set up gets its
 * setup.
 */
final class Connecting {
  private final ConnectionRepository connections;
  private final LocationRepository locations;
  private final Erasures erasures;
  private final SetupUseCase setup;
  private final Instance instance;

  Connecting(
      ConnectionRepository connections,
      LocationRepository locations,
      Erasures erasures,
      SetupUseCase setup,
      Instance instance) {
    this.connections = connections;
    this.locations = locations;
    this.erasures = erasures;
    this.setup = setup;
    this.instance = instance;
  }

  void connect(TokenGrant grant) {
    Instant now = instance.time().instant();
    erasures.lift(grant.locationId());
    storeConnection(grant, now);
    storeLocation(Location.installed(grant.locationId(), grant.companyId(), now));
    setup.request(grant.locationId(), true);
  }

  private void storeConnection(TokenGrant grant, Instant now) {
    while (true) {
      Optional<Connection> known = connections.find(grant.locationId());
      Connection after =
          known
              .map(connection -> connection.reinstalled(grant, now))
              .orElseGet(() -> Connection.installed(grant, now));
      if (connections.save(grant.locationId(), after).isPresent()) {
        return;
      }
    }
  }

  /** Stores a location, or notes that a known one was installed again. */
  void storeLocation(Location installed) {
    LocationId id = installed.id();
    while (true) {
      Location after =
          locations
              .find(id)
              .map(known -> known.reinstalled(installed.companyId(), installed.installedAt()))
              .orElse(installed);
      if (locations.save(id, after).isPresent()) {
        return;
      }
    }
  }
}
