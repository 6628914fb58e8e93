package com.lpai.domain.webhook;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The durable queue of events (spec 7). Events of one entity are handed out in the order of their
 * acceptance and to one worker at a time; events of different lanes in parallel.
 */
public interface WebhookQueue {

  /** How many lanes a location has. */
  int BUCKETS = 16;

  /** How many lanes one call claims at most of a location of which more than a few are due. */
  int LANES_PER_TURN = 4;

  /** Up to so many due events of a location are a few: one call claims all of its lanes. */
  int A_FEW = 64;

  /** How many events of a lane are handed out at once. */
  int MOST_EVENTS = 100;

  /** How many bytes the bodies of one claim have together at most; a single one may be longer. */
  long MOST_BYTES = 4L << 20;

  /** How many bytes the longest body has that is accepted. */
  long LONGEST_BODY = 1L << 20;

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
   * A part of a location's entities; what is in one lane is worked on by one worker at a time.
   *
   * @param bucket which part, from 0 to {@link #BUCKETS} - 1
   */
  record Lane(LocationId locationId, int bucket) {

    /** All lanes of a location. */
    public static List<Lane> allOf(LocationId locationId) {
      return IntStream.range(0, BUCKETS).mapToObj(bucket -> new Lane(locationId, bucket)).toList();
    }

    /** The lane of the entity that an event is about; the same in every process. */
    public static Lane of(Envelope envelope) {
      int hash = envelope.entityKey().hashCode();
      return new Lane(envelope.locationId(), Math.floorMod(hash ^ (hash >>> 16), BUCKETS));
    }
  }

  /**
   * Due events of one lane that a worker holds, of several entities, in the order of acceptance.
   *
   * @param token proves the claim
   * @param leaseUntil until then nobody else gets events of this lane
   */
  record Claim(Lane lane, String token, Instant leaseUntil, List<QueuedWebhook> events) {
    public Claim {
      events = List.copyOf(events);
    }

    public LocationId locationId() {
      return lane.locationId();
    }

    public Claim until(Instant prolonged) {
      return new Claim(lane, token, prolonged, events);
    }

    /** How many bytes the bodies of its events have together. */
    public long bytes() {
      return events.stream().mapToLong(event -> event.body().size()).sum();
    }
  }

  /**
   * What one call hands out at most.
   *
   * @param lanes of all locations together
   * @param eventsOfOne of one location
   * @param bytes of bodies, of all claims together
   */
  record Most(int lanes, int eventsOfOne, long bytes) {

    /** So many lanes, as full as they may be. */
    public static Most lanes(int lanes) {
      return new Most(lanes, BUCKETS * MOST_EVENTS, lanes * MOST_BYTES);
    }
  }

  /**
   * Claims lanes with due events until {@code leaseUntil}, {@link #MOST_EVENTS} at most of each.
   * Locations take turns, and each gets no more than {@link #LANES_PER_TURN} lanes of one call,
   * however much of it is due; only one with {@link #A_FEW} due events gets all of its lanes. An
   * entity with an earlier event that waits gives out none of its later ones: they wait as long. A
   * claim that ran out can be claimed again. The bodies of a claim have at most {@link
   * #MOST_BYTES}; but the first claim holds one event, however long its body is. Lanes for which
   * there was no room have the next turn. An event that cannot be read is set aside as dead and
   * costs the others nothing.
   *
   * @param held lanes that the caller works on; they are passed over
   */
  List<Claim> claim(Instant now, Instant leaseUntil, Most most, Set<Lane> held);

  /** Claims up to so many lanes, as full as they may be. */
  default List<Claim> claim(Instant now, Instant leaseUntil, int lanes, Set<Lane> held) {
    return claim(now, leaseUntil, Most.lanes(lanes), held);
  }

  /**
   * Holds a claim for longer.
   *
   * @return false when it was lost
   */
  boolean prolong(Claim claim, Instant leaseUntil);

  /** What a worker made of one event. */
  sealed interface Result {
    /**
     * It is over.
     *
     * @param reason of a dead one, why
     */
    record Finished(WebhookStatus status, String outcome, Reason reason) implements Result {

      /** One that is not dead, or by its own fault. */
      public Finished(WebhookStatus status, String outcome) {
        this(status, outcome, Reason.FAULT);
      }

      /** Whether it failed by its own fault once more. */
      public boolean isOwnFault() {
        return status == WebhookStatus.DEAD && reason.counts();
      }
    }

    /** It waits until a time. */
    record Later(Instant processAfter, Reason reason, String why) implements Result {}
  }

  /** Why an event waits, or died. */
  enum Reason {
    /** The CRM cannot be reached or does not answer. */
    CRM_AWAY,
    /** The CRM's limits leave no call. */
    THROTTLED,
    /** The location's tokens are not accepted at present. */
    NOT_CONNECTED,
    /** The location has not installed the app. */
    NOT_INSTALLED,
    /** An earlier event of the same entity waits. */
    EARLIER_EVENT,
    /** A call of ours about the same record is under way. */
    OWN_PUSH,
    /** What was read does not settle it; it is looked at once more. */
    READ_AGAIN,
    /** It could not be read or applied. */
    FAULT;

    /** Whether the event itself is to blame: only such attempts are counted. */
    public boolean counts() {
      return this == FAULT;
    }

    /** Whether it waits for its own sake: nothing that changes elsewhere lets it go on sooner. */
    public boolean isOwn() {
      return this == READ_AGAIN || this == FAULT;
    }

    /**
     * Whether it lasts until something outside has changed, however often it is tried. A limit of
     * calls passes by itself, for one call after the other.
     */
    public boolean isOutside() {
      return switch (this) {
        case CRM_AWAY, NOT_CONNECTED, NOT_INSTALLED -> true;
        case THROTTLED, EARLIER_EVENT, OWN_PUSH, READ_AGAIN, FAULT -> false;
      };
    }
  }

  /**
   * What became of an event of a claim.
   *
   * @param startedAt when work on it began
   */
  record Settled(QueuedWebhook event, Result result, Instant startedAt) {}

  /**
   * What a worker made of a claim.
   *
   * @param settled of its events; what is not told stays due
   */
  record ClaimOutcome(Claim claim, List<Settled> settled) {
    public ClaimOutcome {
      settled = List.copyOf(settled);
    }
  }

  /**
   * Stores what was made of the events of claims, and gives the claims back. Of a claim that was
   * lost nothing is stored; of an event that somebody else settled meanwhile nothing is changed.
   *
   * @return false when a claim was lost, wholly or in part
   */
  boolean settleAll(List<ClaimOutcome> outcomes, Instant now);

  /** The same for one claim. */
  default boolean settleAll(Claim claim, List<Settled> settled, Instant now) {
    return settleAll(List.of(new ClaimOutcome(claim, settled)), now);
  }

  /**
   * Puts a dead, skipped or quarantined event back, as if it had never been tried: it is due now,
   * in the place that its acceptance gave it among what is still due. False when there is none
   * such.
   */
  boolean replay(LocationId locationId, String id, Instant now);

  /**
   * What waits of a location is due now, in its order, as if it had not waited before; what a
   * worker holds is left alone, and so is what waits for its own sake. For when the reason to wait
   * may have ended.
   */
  void wake(LocationId locationId, Instant now);

  /**
   * As {@link #wake(LocationId, Instant)}, but only what waits for one of these reasons, and what
   * waits behind it.
   */
  void wake(LocationId locationId, Set<Reason> reasons, Instant now);

  /** How many events are in each state, over all locations; emptied ones count as done. */
  Map<WebhookStatus, Long> depth();

  /**
   * How many dead events locations have, those without a location among them.
   *
   * @param most of how many locations at most, in the order of their ids
   */
  Map<LocationId, Long> dead(int most);

  /** The latest events of a location without their bodies, newest first. */
  List<QueuedWebhook> recent(LocationId locationId, int limit);
}
