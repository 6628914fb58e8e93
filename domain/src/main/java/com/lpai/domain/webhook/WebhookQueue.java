package com.lpai.domain.webhook;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The durable queue of events (spec 7). Events of one entity are handed out in the order of their
 * acceptance and to one worker at a time; events of different entities in parallel.
 */
public interface WebhookQueue {

  /** What became of an event that was to be stored. */
  enum Acceptance {
    /** It is stored durably. */
    STORED,
    /** It was stored before. */
    DUPLICATE,
    /** Its id was stored before with another body; it is stored too and flagged. */
    STORED_FLAGGED
  }

  /**
   * Stores an event durably (majority, journaled) before it returns.
   *
   * @param initial {@code PENDING} or {@code QUARANTINED}
   * @throws QueueFullException at once when too many events wait to be stored already
   * @throws com.lpai.domain.sync.StorageUnavailableException when it is not certain that it is
   *     stored
   */
  Acceptance accept(Envelope envelope, RawBody body, WebhookStatus initial, Instant receivedAt);

  /**
   * Events of one entity that a worker holds, in order.
   *
   * @param token proves the claim; a result with a token that was lost is refused
   */
  record Claim(LocationId locationId, String entityKey, String token, List<QueuedWebhook> events) {
    public Claim {
      events = List.copyOf(events);
    }
  }

  /**
   * Claims due events of up to {@code limit} entities until {@code leaseUntil}. An entity with an
   * earlier event that waits or is held gives out none of its later ones; a claim that ran out can
   * be claimed again.
   */
  List<Claim> claim(Instant now, Instant leaseUntil, int limit);

  /** What a worker made of one event. */
  sealed interface Result {
    /** It is over. */
    record Finished(WebhookStatus status, String outcome) implements Result {}

    /**
     * It waits until a time.
     *
     * @param counts whether it was the event's own fault
     */
    record Later(Instant processAfter, String why, boolean counts) implements Result {}
  }

  /**
   * Stores what was made of an event, when the claim still holds it.
   *
   * @return false when the claim was lost; another worker has it then
   */
  boolean settle(Claim claim, QueuedWebhook event, Result result, Instant now);

  /**
   * Puts a dead, skipped or quarantined event back, as if it had never been tried; false when there
   * is none such.
   */
  boolean replay(LocationId locationId, String id, Instant now);

  /**
   * What waits of a location is due now, in its order; what a worker holds is left alone. For when
   * the reason to wait may have ended.
   */
  void wake(LocationId locationId, Instant now);

  /** How many events are in each state, over all locations. */
  Map<WebhookStatus, Long> depth();

  /** The latest events of a location, newest first. */
  List<QueuedWebhook> recent(LocationId locationId, int limit);
}
