package com.lpai.application.reconcile;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.sync.CrmRecord;
import java.time.Instant;
import java.util.List;

/**
 * Where records of one kind are listed. Every method makes one call at most.
 *
 * @param <G> the CRM's id of such a record
 */
interface RecordSource<G> {

  /** What a call for a part of a list came to. */
  sealed interface Listed<G> {
    /**
     * A part of the list.
     *
     * @param next where it goes on; empty at its end
     * @param total how many there are in all; -1 when the CRM does not tell
     */
    record Part<G>(List<CrmRecord<G>> items, String next, long total) implements Listed<G> {}

    /** Too much was asked for; the cursor asks for less. */
    record TooMuch<G>(String cursor) implements Listed<G> {}

    /** The CRM will not give this part; what comes after it does not suffer. */
    record LeftOut<G>(String what, String next) implements Listed<G> {}

    /** It was not given. */
    record Failed<G>(CrmFailure failure) implements Listed<G> {}
  }

  /**
   * What changed, as far as the CRM can tell.
   *
   * @param since only what changed at or after this time
   */
  Listed<G> changed(Location location, String cursor, Instant since);

  /**
   * Everything that is compared.
   *
   * @param begunAt when the comparison began
   */
  Listed<G> all(Location location, String cursor, Instant begunAt);

  /** One record, complete. */
  CrmResult<CrmRecord<G>> find(Location location, G id);
}
