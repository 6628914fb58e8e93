package com.lpai.domain.sync;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;

/**
 * What the CRM lists of one kind of record. Every method makes at most one call, repeated once
 * after a token was renewed; waits for nothing; and answers every failure as a {@link
 * com.lpai.domain.crm.CrmFailure}.
 *
 * @param <G> the CRM's id of such a record
 */
public interface CrmRecords<G> {

  /**
   * The page at this cursor; an empty cursor is the first page. What is added or changed while the
   * pages are read comes at the end: they are sorted by the time of adding, or, when only changes
   * are asked for, by the time of the change.
   *
   * @param changedSince only what changed at or after this time; {@link Instant#EPOCH} for all
   */
  CrmResult<CrmPage<CrmRecord<G>>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority);

  /** One record, complete. */
  CrmResult<CrmRecord<G>> find(LocationId locationId, G id, CallPriority priority);
}
