package com.lpai.domain.directory;

import com.lpai.domain.tenant.LocationId;
import java.util.List;

/**
 * Where a location's entries of one kind are kept, unique by location and CRM id.
 *
 * @param <E> the kind of entry
 */
public interface DirectoryRepository<E extends DirectoryEntry> {
  /**
   * Makes these the location's entries: those that are new or differ are written, those that are
   * not among them are removed.
   *
   * @param all every entry the CRM has; of two with one id the last counts
   * @return how many documents were written or removed; 0 when nothing differed
   */
  int replaceAll(LocationId locationId, List<E> all);

  /** All entries of the location by name, then id. */
  List<E> list(LocationId locationId);

  /** How many entries the location has. */
  long count(LocationId locationId);
}
