package com.lpai.application.push;

import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.FieldChanges;
import java.util.function.Supplier;

/**
 * What can be told the CRM of a record now.
 *
 * @param <G> the CRM's id of such a record
 */
sealed interface Outgoing<G> {
  /** This call, which sends exactly these values; what it leaves out is told by the next one. */
  record Call<G>(FieldChanges values, Supplier<CrmResult<G>> call) implements Outgoing<G> {}

  /** Nothing before something else has happened; why, in plain words. */
  record Waits<G>(String why) implements Outgoing<G> {}

  /** Nothing, whatever happens: a person must look; why, in plain words. */
  record Refused<G>(String why) implements Outgoing<G> {}
}
