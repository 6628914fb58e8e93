package com.lpai.application.reconcile;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import java.time.Instant;

/** Records that the CRM lists in pages: contacts, opportunities. */
final class PagedSource<G> implements RecordSource<G> {
  private final CrmRecords<G> crm;

  PagedSource(CrmRecords<G> crm) {
    this.crm = crm;
  }

  @Override
  public Listed<G> changed(Location location, String cursor, Instant since) {
    return page(location, cursor, since);
  }

  @Override
  public Listed<G> all(Location location, String cursor, Instant begunAt) {
    return page(location, cursor, Instant.EPOCH);
  }

  private Listed<G> page(Location location, String cursor, Instant since) {
    return switch (crm.page(
        location.id(), cursor, ReconcileSettings.PAGE, since, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<G>>>(CrmFailure failure) ->
          new Listed.Failed<>(failure);
      case CrmResult.Done<CrmPage<CrmRecord<G>>>(CrmPage<CrmRecord<G>> page) ->
          new Listed.Part<>(page.items(), page.nextCursor(), page.total());
    };
  }

  @Override
  public CrmResult<CrmRecord<G>> find(Location location, G id) {
    return crm.find(location.id(), id, CallPriority.BACKFILL);
  }
}
