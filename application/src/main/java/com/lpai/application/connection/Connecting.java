package com.lpai.application.connection;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What happens with tokens for a location, wherever they come from: the location is stored, then
 * the connection, then the wish for a setup. Each is safe to repeat. After a crash a location
 * without a connection is seen and installed again; one that is connected, and that no setup was
 * requested for since, gets it by the next INSTALL event or sweep.
 */
final class Connecting {
  private final ConnectionRepository connections;
  private final LocationRepository locations;
  private final SetupUseCase setup;
  private final WebhookQueue queue;
  private final Instance instance;

  Connecting(
      ConnectionRepository connections,
      LocationRepository locations,
      SetupUseCase setup,
      WebhookQueue queue,
      Instance instance) {
    this.connections = connections;
    this.locations = locations;
    this.setup = setup;
    this.queue = queue;
    this.instance = instance;
  }

  void connect(TokenGrant grant) {
    Instant now = instance.time().instant();
    storeLocation(Location.installed(grant.locationId(), grant.companyId(), now));
    storeConnection(grant, now);
    startWork(grant.locationId());
  }

  /** The location can be reached now: it is set up, and what waited for this goes on. */
  void startWork(LocationId locationId) {
    setup.request(locationId, true);
    queue.wake(locationId, instance.time().instant());
  }

  private void storeConnection(TokenGrant grant, Instant now) {
    store(
        connections,
        grant.locationId(),
        Connection.installed(grant, now),
        known -> known.reinstalled(grant, now));
  }

  /**
   * Stores the connection of an installation, also over one that cannot be read.
   *
   * @param again what becomes of a connection that is there
   */
  static <O> void store(
      ConnectionStore<O> store, O owner, Connection first, UnaryOperator<Connection> again) {
    try {
      Versioned.change(
          () -> store.find(owner),
          known -> Optional.of(known.map(again).orElse(first)),
          after -> store.save(owner, after));
    } catch (UnreadableRecordException damaged) {
      store.overwrite(owner, first);
    }
  }

  /** Stores a location, or notes that a known one was installed again. */
  void storeLocation(Location installed) {
    LocationId id = installed.id();
    Versioned.change(
        () -> locations.find(id),
        found ->
            Optional.of(
                found
                    .map(known -> known.reinstalled(installed.companyId(), installed.installedAt()))
                    .orElse(installed)),
        after -> locations.save(id, after));
  }
}
