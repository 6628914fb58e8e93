package com.lpai.application.health;

import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class HealthService implements HealthQueries {
  private final LocationRepository locations;
  private final ConnectionRepository connections;
  private final ContactRepository contacts;
  private final WebhookQueue queue;
  private final IngestCounters counters;

  HealthService(
      LocationRepository locations,
      ConnectionRepository connections,
      ContactRepository contacts,
      WebhookQueue queue,
      IngestCounters counters) {
    this.locations = locations;
    this.connections = connections;
    this.contacts = contacts;
    this.queue = queue;
    this.counters = counters;
  }

  @Override
  public Optional<SyncHealth> syncHealth(LocationId locationId) {
    return locations
        .find(locationId)
        .map(location -> new SyncHealth(Map.of("contacts", contacts.counts(location.id()))));
  }

  @Override
  public List<LocationOverview> locations() {
    return locations.all().stream()
        .map(this::overview)
        .sorted(
            Comparator.comparing((LocationOverview o) -> o.location().details().name())
                .thenComparing(o -> o.location().id().value()))
        .toList();
  }

  @Override
  public Optional<LocationOverview> location(LocationId locationId) {
    return locations.find(locationId).map(this::overview);
  }

  private LocationOverview overview(Location location) {
    Optional<ConnectionState> state = connections.find(location.id()).map(Connection::state);
    return new LocationOverview(
        location,
        state.map(ConnectionState::word).orElse("none"),
        state.map(HealthService::problem).orElse("The app is not installed."),
        contacts.counts(location.id()));
  }

  private static String problem(ConnectionState state) {
    return switch (state) {
      case ConnectionState.Active active -> "";
      case ConnectionState.Suspended suspended -> suspended.reason();
      case ConnectionState.NeedsReauth needsReauth -> needsReauth.reason();
      case ConnectionState.Uninstalled uninstalled -> "The app was uninstalled.";
    };
  }

  @Override
  public Map<WebhookStatus, Long> queueDepth() {
    return queue.depth();
  }

  @Override
  public IngestCounters.Counts ingest() {
    return counters.counts();
  }

  @Override
  public List<QueuedWebhook> recentWebhooks(LocationId locationId, int limit) {
    return queue.recent(locationId, limit);
  }
}
