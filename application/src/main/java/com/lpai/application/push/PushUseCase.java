package com.lpai.application.push;

import com.lpai.domain.sync.PendingPushes.Due;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/**
 * Tells the CRM what was changed here in records of one kind (spec 6).
 *
 * @param <I> our id of such a record
 */
public interface PushUseCase<I> {

  /** Records whose push is due now, over all locations. */
  List<Due<I>> due(int limit);

  /**
   * Makes the calls that this record needs now, one after the other, until nothing is left to tell
   * or the rest must wait. Safe to call from anywhere at any time: the stored intent decides who
   * calls.
   */
  void push(LocationId locationId, I id);
}
