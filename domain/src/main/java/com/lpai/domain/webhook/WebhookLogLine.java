package com.lpai.domain.webhook;

import java.time.Instant;

/**
 * What became of one event, and when.
 *
 * @param id in the order of the ends
 * @param eventId the event's id in the queue
 * @param attempts how often it failed by its own fault
 * @param receivedAt when it arrived
 * @param queuedAt when it was stored
 * @param startedAt when the work that ended it began
 * @param doneAt when that was stored
 */
public record WebhookLogLine(
    String id,
    String eventId,
    String webhookId,
    String type,
    String entityKey,
    WebhookStatus status,
    String outcome,
    int attempts,
    Instant receivedAt,
    Instant queuedAt,
    Instant startedAt,
    Instant doneAt) {}
