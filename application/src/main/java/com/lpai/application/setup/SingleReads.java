package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads records of which a page told too little, or nothing that can be believed, one by one. What
 * is read stays, so a page that must be fetched again has fewer of them.
 *
 * @param <G> the CRM's id of such a record
 */
final class SingleReads<G> {
  /** A push may be accepted during each; its event then leads to another read. */
  private static final int TRIES = 3;

  private final Intake<G> intake;
  private final Instance instance;

  SingleReads(Intake<G> intake, Instance instance) {
    this.intake = intake;
    this.instance = instance;
  }

  /**
   * Reads each of these.
   *
   * @param whenGone told of what the CRM does not have
   * @return empty when all were read; else why the page must be fetched again
   */
  Optional<PagedStep.PageRead> read(
      LocationId locationId,
      List<G> ids,
      Function<G, CrmResult<CrmRecord<G>>> find,
      Consumer<G> whenGone,
      BooleanSupplier stillOurs) {
    for (G id : ids) {
      boolean isRead = false;
      for (int i = 0; i < TRIES && !isRead; i++) {
        if (!stillOurs.getAsBoolean()) {
          return Optional.of(new PagedStep.PageRead.CutShort());
        }
        Instant readAt = instance.time().instant();
        switch (find.apply(id)) {
          case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> record) ->
              isRead =
                  intake.absorbRead(
                      locationId, intake.normalised(locationId, record), readAt, Origin.SETUP);
          case CrmResult.Failed<CrmRecord<G>>(CrmFailure.NotFound gone) -> {
            whenGone.accept(id);
            isRead = true;
          }
          case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) -> {
            return Optional.of(new PagedStep.PageRead.Failed(failure));
          }
        }
      }
    }
    return Optional.empty();
  }
}
