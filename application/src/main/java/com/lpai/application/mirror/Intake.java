package com.lpai.application.mirror;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in records of one kind as the CRM told them, whatever brought them: matching, one merge
 * rule, no duplicate on our side (spec 5, 6). Shared by setup, refreshes and webhooks.
 *
 * @param <G> the CRM's id of such a record
 */
public interface Intake<G> {

  /**
   * What a page left open.
   *
   * @param changed records of which the page told something new; none when it did not
   * @param doubtful records that must be read one by one: the page did not tell all of them, or it
   *     may be older than what is known of them
   */
  record PageOutcome<G>(List<G> changed, List<G> doubtful) {
    public PageOutcome {
      changed = List.copyOf(changed);
      doubtful = List.copyOf(doubtful);
    }
  }

  /** The same word of the CRM in normal form, with which all but pages are taken in. */
  CrmRecord<G> normalised(LocationId locationId, CrmRecord<G> said);

  /**
   * A page in normal form, each record once, although the CRM may tell one twice while its pages
   * move.
   *
   * @param location as it is stored now
   */
  List<CrmRecord<G>> normalised(Location location, List<CrmRecord<G>> page);

  /**
   * Takes in one page of a read: one lookup of what is known, one batch of writes.
   *
   * @param location as it is stored now
   * @param page in normal form, each record once
   * @param readAt when the read was begun
   * @param by what the read is part of
   */
  PageOutcome<G> absorbPage(Location location, List<CrmRecord<G>> page, Instant readAt, Origin by);

  /** Whose value stays where both sides changed a field; the location is looked at when asked. */
  ConflictPolicy policy(LocationId locationId);

  /**
   * Takes in one record that was just read.
   *
   * @param said normalised
   * @param by what the read is part of
   * @return false when a push of ours was accepted meanwhile: it must be read again
   */
  default boolean absorbRead(LocationId locationId, CrmRecord<G> said, Instant readAt, Origin by) {
    return absorbRead(locationId, said, readAt, Instant.EPOCH, by).isFresh();
  }

  /**
   * What became of a read.
   *
   * @param isFresh false when a push of ours was accepted meanwhile: it must be read again
   * @param unanswered why what the record refers to could not be asked for now
   */
  record ReadOutcome(boolean isFresh, Optional<CrmFailure> unanswered) {}

  /**
   * As {@link #absorbRead(LocationId, CrmRecord, Instant, Origin)}, because events told of the
   * record.
   *
   * @param heardAt the latest of their envelopes' times
   */
  ReadOutcome absorbRead(
      LocationId locationId, CrmRecord<G> said, Instant readAt, Instant heardAt, Origin by);

  /**
   * What became of events.
   *
   * @param outcomes of each, in the same order
   * @param unanswered records that are stored, and refer to something that could not be asked for
   *     now
   */
  record EventsOutcome<G>(List<Heard.Outcome> outcomes, Map<G, CrmFailure> unanswered) {
    public EventsOutcome {
      outcomes = List.copyOf(outcomes);
      unanswered = Map.copyOf(unanswered);
    }
  }

  /**
   * Takes in events as far as they may be believed as they are: one lookup of what is known, one
   * batch of writes. Events of one record are taken in after one another; those behind one that
   * only a read can decide are left to that read.
   *
   * @param events in order of acceptance
   */
  EventsOutcome<G> absorbEvents(LocationId locationId, List<Heard<G>> events, EventOrder order);

  /** What is known of a record that the CRM does not find. */
  sealed interface Missed {
    /** Nothing. */
    record Unknown() implements Missed {}

    /** It was deleted, here or there. */
    record Deleted() implements Missed {}

    /**
     * It lives here.
     *
     * @param since our clock, when the CRM first did not find it
     */
    record Live(Instant since) implements Missed {}
  }

  /** Notes of a live record that the CRM does not find it. */
  Missed missed(LocationId locationId, G id);

  /** Marks a record as deleted in the CRM; false when there is none, or it was already. */
  boolean deleted(LocationId locationId, G id, Instant eventAt);

  /** How many records the CRM has as well, as far as is known here. */
  long countLinked(LocationId locationId);

  /** Notes of records that a read has just shown that it did, whether or not they differed. */
  void noteRead(LocationId locationId, List<G> ids, Instant readAt);

  /**
   * Live records that no read has shown at or after this time, in the order of their ids.
   *
   * @param after the last one of those before; empty for the first
   */
  List<G> notReadSince(LocationId locationId, String after, Instant since, int limit);

  /** Taking in records of the kind that these rules are about. */
  static <I, G, R extends Mirrored<I, G, R>> Intake<G> of(
      MirrorRepository<I, G, R> records,
      LocationRepository locations,
      IntakeRules<I, G, R> rules,
      Instance instance) {
    return new IntakeService<>(records, locations, rules, instance);
  }
}
