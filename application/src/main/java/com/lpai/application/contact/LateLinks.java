package com.lpai.application.contact;

import com.lpai.domain.tenant.LocationId;
import java.util.function.BooleanSupplier;

/**
 * Finds the contacts of records that were taken in before their contacts were: a copy of all kinds
 * side by side does not keep to an order.
 */
@FunctionalInterface
public interface LateLinks {
  /** For records that are about no contact. */
  LateLinks NONE = (locationId, goOn) -> {};

  /**
   * Goes through the location's records; doing it again changes nothing.
   *
   * @param goOn asked before each page; false ends it
   */
  void find(LocationId locationId, BooleanSupplier goOn);
}
