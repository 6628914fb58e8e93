package com.lpai.domain.contact;

import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;

/**
 * Where records of one kind are kept that are about a contact.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public interface AboutContactRepository<I, G, R extends AboutContact<I, G, R>>
    extends MirrorRepository<I, G, R> {

  /**
   * Live records for which one of these contacts is named, and none of ours was found yet; {@link
   * Page#LARGEST} at most.
   */
  List<R> findWithoutContact(LocationId locationId, Collection<GhlContactId> named);

  /** Live records about this contact of ours; {@link Page#LARGEST} at most. */
  List<R> findAbout(LocationId locationId, ContactId contact);

  /** Live records about this contact of ours whose push is blocked. */
  List<R> findBlockedAbout(LocationId locationId, ContactId contact);
}
