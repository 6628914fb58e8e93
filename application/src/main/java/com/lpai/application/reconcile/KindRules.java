package com.lpai.application.reconcile;

import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What reconciling one kind of record has of its own.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
interface KindRules<I, G, R extends Mirrored<I, G, R>> {
  /** Makes our id from its text. */
  Function<String, I> ids();

  /** Makes the CRM's id from its text. */
  Function<String, G> crmIds();

  /** True when a proof that began then lists it, if the CRM has it. */
  default boolean isCompared(R record, Instant begunAt) {
    return true;
  }

  /** Another record of ours that stands for the same thing as this one without a link. */
  default Optional<R> twin(LocationId locationId, R unlinked) {
    return Optional.empty();
  }

  /** The CRM's id of the contact that it says the record is about; empty for none. */
  default String contactNamed(CrmRecord<G> said) {
    return "";
  }

  /** True while our copy of the CRM's contact of this id lives. */
  default boolean isContactHere(LocationId locationId, String crmId) {
    return true;
  }

  /** True when it belongs to something that is gone without which no list shows it. */
  default boolean isHidden(LocationId locationId, R record) {
    return false;
  }
}
