package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Copies records that the CRM lists in pages: contacts, opportunities.
 *
 * @param <G> the CRM's id of such a record
 */
final class RecordsStep<G> extends PagedStep {
  private final CrmRecords<G> crm;
  private final Intake<G> intake;
  private final int pageSize;
  private final Instance instance;

  RecordsStep(
      SetupStep step,
      CrmRecords<G> crm,
      Intake<G> intake,
      Checkpoints checkpoints,
      SetupProgress progress,
      SetupSettings settings,
      Instance instance) {
    super(step, checkpoints, progress, settings.overlap(), instance);
    this.crm = crm;
    this.intake = intake;
    this.pageSize = settings.pageSize();
    this.instance = instance;
  }

  @Override
  PageRead read(Location location, String cursor, Instant since, BooleanSupplier stillOurs) {
    Instant readAt = instance.time().instant();
    LocationId id = location.id();
    return switch (crm.page(id, cursor, pageSize, since, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<G>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<CrmRecord<G>>>(CrmPage<CrmRecord<G>> page) -> {
        Intake.PageOutcome<G> outcome = intake.absorbPage(location, page.items(), readAt);
        yield readOneByOne(id, outcome.doubtful(), stillOurs)
            .orElseGet(
                () -> new PageRead.Stored(page.items().size(), page.total(), page.nextCursor()));
      }
    };
  }

  /** What is read stays, so a page that must be fetched again has fewer of them. */
  private Optional<PageRead> readOneByOne(
      LocationId locationId, List<G> doubtful, BooleanSupplier stillOurs) {
    for (G id : doubtful) {
      if (!stillOurs.getAsBoolean()) {
        return Optional.of(new PageRead.CutShort());
      }
      Instant readAt = instance.time().instant();
      switch (crm.find(locationId, id, CallPriority.BACKFILL)) {
        case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> record) ->
            intake.absorbRead(locationId, intake.normalised(locationId, record), readAt);
        case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) -> {
          // What was deleted meanwhile is no failure of the copy.
          if (!(failure instanceof CrmFailure.NotFound)) {
            return Optional.of(new PageRead.Failed(failure));
          }
        }
      }
    }
    return Optional.empty();
  }
}
