package com.lpai.application.directory;

import com.lpai.domain.directory.User;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** What may be asked about a location itself. */
public interface DirectoryQueries {
  /** True when the location has installed the app, now or once. */
  boolean isKnown(LocationId locationId);

  /** The location's users by name. */
  List<User> users(LocationId locationId);
}
