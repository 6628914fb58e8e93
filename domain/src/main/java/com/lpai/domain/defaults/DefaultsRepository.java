package com.lpai.domain.defaults;

import com.lpai.domain.tenant.LocationId;

/** Where a location's terms, templates and libraries are kept. */
public interface DefaultsRepository {
  /**
   * Stores what the location has not yet: terms when it has none, a template when it has none of
   * the kind and name, a library when it has none of the category. What it has is never changed.
   *
   * @return how many were stored
   */
  int putWhereAbsent(LocationId locationId, Defaults defaults);

  /** What the location has, by name. */
  Defaults find(LocationId locationId);
}
