package com.lpai.domain.webhook;

import com.lpai.domain.sync.Page;
import java.time.Instant;
import java.util.Set;

/**
 * What of a location's log is wanted, the latest first.
 *
 * @param cursor empty for the first page
 * @param type empty for all
 * @param statuses how it ended, one of these; empty for all
 * @param from the earliest end that counts
 * @param to the first end that does not count any more
 */
public record WebhookLogQuery(
    int limit, String cursor, String type, Set<WebhookStatus> statuses, Instant from, Instant to) {

  public WebhookLogQuery {
    Page.requireLimit(limit);
    statuses = Set.copyOf(statuses);
  }

  /** Everything that there is. */
  public static WebhookLogQuery all(int limit, String cursor) {
    return new WebhookLogQuery(limit, cursor, "", Set.of(), Instant.MIN, Instant.MAX);
  }
}
