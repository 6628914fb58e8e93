package com.lpai.domain.sync;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;

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
  CrmResult<SentPage<CrmRecord<G>>> fetch(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority);

  /**
   * Reads a page that was fetched before from its text; empty when that is not possible.
   *
   * @param cursor the one that it was fetched with
   * @param size the one that it was fetched with
   */
  Optional<CrmPage<CrmRecord<G>>> read(
      LocationId locationId, String cursor, int size, PageText text);

  /** As {@link #fetch}, for whoever has no use for the text. */
  default CrmResult<CrmPage<CrmRecord<G>>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority) {
    return fetch(locationId, cursor, size, changedSince, priority).map(SentPage::page);
  }

  /** One record, complete. */
  CrmResult<CrmRecord<G>> find(LocationId locationId, G id, CallPriority priority);
}
