package com.lpai.application.health;

import com.lpai.application.webhook.IngestCounters;
import com.lpai.domain.webhook.WebhookStatus;
import java.util.List;
import java.util.Map;

/**
 * Everything that operators see at a glance, from one look.
 *
 * @param locations by name
 * @param companies by id
 * @param alerts the most urgent first
 * @param queue how many events are in each state
 * @param ingest what came to this instance since it started
 */
public record Overview(
    List<LocationOverview> locations,
    List<CompanyOverview> companies,
    List<Alert> alerts,
    Map<WebhookStatus, Long> queue,
    IngestCounters.Counts ingest) {
  public Overview {
    locations = List.copyOf(locations);
    companies = List.copyOf(companies);
    alerts = List.copyOf(alerts);
    queue = Map.copyOf(queue);
  }
}
