package com.lpai.domain.directory;

import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** Where a location's users are kept, unique by location and CRM id. */
public interface UserRepository {
  /**
   * Stores these users; those that are stored already and differ are changed.
   *
   * @return how many documents were written; 0 when nothing differed
   */
  int saveAll(LocationId locationId, List<User> users);

  /** All users of the location by name, then id. */
  List<User> list(LocationId locationId);
}
