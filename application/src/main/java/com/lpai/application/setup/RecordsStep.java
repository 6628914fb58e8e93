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
import java.util.function.BooleanSupplier;

/**
 * Copies records that the CRM lists in pages: contacts, opportunities.
 *
 * @param <G> the CRM's id of such a record
 */
final class RecordsStep<G> extends PagedStep {
  private final CrmRecords<G> crm;
  private final Intake<G> intake;
  private final SingleReads<G> single;
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
    single = new SingleReads<>(intake, instance);
    this.pageSize = settings.pageSize();
    this.instance = instance;
  }

  @Override
  PageRead read(Location location, Place place, BooleanSupplier stillOurs) {
    Instant readAt = instance.time().instant();
    LocationId id = location.id();
    return switch (crm.page(id, place.cursor(), pageSize, place.since(), CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<G>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<CrmRecord<G>>>(CrmPage<CrmRecord<G>> page) -> {
        Intake.PageOutcome<G> outcome = intake.absorbPage(id, page.items(), readAt);
        yield single
            .read(
                id,
                outcome.doubtful(),
                each -> crm.find(id, each, CallPriority.BACKFILL),
                stillOurs)
            .orElseGet(
                () -> new PageRead.Stored(page.items().size(), page.total(), page.nextCursor()));
      }
    };
  }
}
