package com.lpai.application.reconcile;

import com.lpai.application.mirror.Intake;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.Origin;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Reads one record and takes it in.
 *
 * @param <G> the CRM's id of such a record
 */
final class Reading<G> {
  /** A push may be accepted during each. */
  private static final int TRIES = 3;

  private final RecordSource<G> source;
  private final Intake<G> intake;
  private final InstantSource time;

  Reading(RecordSource<G> source, Intake<G> intake, InstantSource time) {
    this.source = source;
    this.intake = intake;
    this.time = time;
  }

  /** What became of it. */
  sealed interface Outcome {
    /** It is as the CRM has it, or will be told. */
    record Absorbed() implements Outcome {}

    /** The CRM does not have it. Nothing else means that. */
    record Gone() implements Outcome {}

    /** It could not be asked. */
    record Failed(CrmFailure failure) implements Outcome {}
  }

  Outcome absorb(Location location, G id) {
    for (int i = 0; i < TRIES; i++) {
      Instant readAt = time.instant();
      switch (source.find(location, id)) {
        case CrmResult.Failed<CrmRecord<G>>(CrmFailure.NotFound gone) -> {
          return new Outcome.Gone();
        }
        case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) -> {
          return new Outcome.Failed(failure);
        }
        case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> said) -> {
          if (intake.absorbRead(
              location.id(),
              intake.normalised(location.id(), said),
              readAt,
              Origin.RECONCILIATION)) {
            return new Outcome.Absorbed();
          }
        }
      }
    }
    return new Outcome.Absorbed();
  }
}
