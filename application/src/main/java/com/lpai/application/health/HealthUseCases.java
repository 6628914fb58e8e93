package com.lpai.application.health;

import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.webhook.WebhookQueue;

/** The door to health. */
public final class HealthUseCases {
  private HealthUseCases() {}

  public static HealthQueries queries(
      LocationRepository locations,
      ConnectionRepository connections,
      ContactRepository contacts,
      WebhookQueue queue,
      IngestCounters counters) {
    return new HealthService(locations, connections, contacts, queue, counters);
  }
}
