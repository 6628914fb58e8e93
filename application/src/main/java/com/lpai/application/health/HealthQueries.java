package com.lpai.application.health;

import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators and frontends may ask about the state of things. */
public interface HealthQueries {

  /** How a location's records stand; empty when the location is unknown. */
  Optional<SyncHealth> syncHealth(LocationId locationId);

  /** Every location, by name. */
  List<LocationOverview> locations();

  /** One location; empty when it is unknown. */
  Optional<LocationOverview> location(LocationId locationId);

  /** Every location, company and alert, from one look. */
  Overview overview();

  /** What a person must know now, the most urgent first. */
  List<Alert> alerts();

  /** Every company that ever installed the app, by id. */
  List<CompanyOverview> companies();

  /** How many events are in each state. */
  Map<WebhookStatus, Long> queueDepth();

  /** What came to this instance since it started. */
  IngestCounters.Counts ingest();

  /** The latest events of a location, newest first. */
  List<QueuedWebhook> recentWebhooks(LocationId locationId, int limit);
}
