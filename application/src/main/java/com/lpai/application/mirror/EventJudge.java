package com.lpai.application.mirror;

import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Presence;
import java.time.Instant;

/**
 * Decides what an event is taken for, given the record as it is known (spec 6, order): it is
 * believed only when it can be trusted to be newer than what we know.
 *
 * @param copiedAt when a setup had read all records of this kind, which it does not note on those
 *     that had not changed
 * @param showsEveryChange as {@link IntakeRules#eventsShowEveryChange}
 */
record EventJudge(EventOrder order, Instant copiedAt, boolean showsEveryChange) {
  <G> Heard.Outcome judge(Mirrored<?, G, ?> record, Heard<G> event) {
    return switch (event) {
      case Heard.Deleted<G>(G id, Heard.Times times) -> deletion(record, id, times);
      case Heard.Changed<G>(CrmRecord<G> said, Heard.Times times) ->
          switch (record.presence()) {
            case Presence.DeletedHere deleted -> Heard.Outcome.DELETED_HERE;
            case Presence.DeletedInCrm gone -> Heard.Outcome.TO_BE_READ;
            case Presence.Live live -> change(record, said, times);
          };
    };
  }

  private <G> Heard.Outcome deletion(Mirrored<?, G, ?> record, G id, Heard.Times times) {
    if (!isLinkedTo(record, id)) {
      return Heard.Outcome.NOTHING_TO_DELETE;
    }
    if (!record.isLive()) {
      return Heard.Outcome.DELETED;
    }
    return !times.isStale() && order.mayApply(times.sentAt(), trace(record))
        ? Heard.Outcome.DELETED
        : Heard.Outcome.TO_BE_READ;
  }

  private <G> Heard.Outcome change(Mirrored<?, G, ?> record, CrmRecord<G> said, Heard.Times times) {
    if (times.isStale() || !isLinkedTo(record, said.id()) || record.trace().isIncomplete()) {
      return Heard.Outcome.TO_BE_READ;
    }
    boolean leavesOut = record.holdsMoreThan(said);
    if (record.isEcho(said)) {
      return leavesOut || hidesAChange(record, times)
          ? Heard.Outcome.TO_BE_READ
          : Heard.Outcome.ECHO;
    }
    if (!order.mayApply(times.sentAt(), trace(record))) {
      return Heard.Outcome.TO_BE_READ;
    }
    return leavesOut || record.impliesMoreThan(said)
        ? Heard.Outcome.TO_BE_READ_TOO
        : Heard.Outcome.APPLIED;
  }

  /**
   * Whether the time of an event that tells nothing new must be kept, so that an older one that
   * comes later is not believed. Near a read or push of ours no older one is anyhow: most echoes
   * cost no write.
   */
  boolean isToBeNoted(Mirrored<?, ?, ?> record, Heard.Times times) {
    return order.mayApply(times.sentAt(), trace(record));
  }

  private static <G> boolean isLinkedTo(Mirrored<?, G, ?> record, G id) {
    return record.crmId().filter(id::equals).isPresent();
  }

  private CrmTrace trace(Mirrored<?, ?, ?> record) {
    return record.trace().read(copiedAt, Instant.EPOCH);
  }

  /**
   * News that show nothing new, and belong to no push, read or event of ours a short time ago, are
   * about what no event shows. So a change of it costs one read, and a burst of them one for each
   * span of the skew; what such a span hides, the next reconciliation finds.
   */
  private boolean hidesAChange(Mirrored<?, ?, ?> record, Heard.Times times) {
    return !showsEveryChange
        && order.mayApply(times.sentAt(), trace(record))
        && times.sentAt().isAfter(record.trace().lastWebhookAt().plus(order.skew()));
  }
}
