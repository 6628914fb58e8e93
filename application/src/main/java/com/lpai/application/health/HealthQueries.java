package com.lpai.application.health;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import java.util.List;
import java.util.Optional;

/** What operators and frontends may ask about the state of things. */
public interface HealthQueries {

  /** How a location's records stand; empty when the location is unknown. */
  Optional<SyncHealth> syncHealth(LocationId locationId);

  /** Every location, by name. */
  List<LocationOverview> locations();

  /** One location; empty when it is unknown. */
  Optional<LocationOverview> location(LocationId locationId);

  /** Every company that ever installed the app, by id. */
  List<CompanyOverview> companies();

  /** Everything at a glance. */
  Overview overview();

  /** The latest events of a location, newest first. */
  List<QueuedWebhook> recentWebhooks(LocationId locationId, int limit);
}
