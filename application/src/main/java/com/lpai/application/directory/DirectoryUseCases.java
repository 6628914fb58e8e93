package com.lpai.application.directory;

import com.lpai.domain.directory.User;
import com.lpai.domain.directory.UserRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The door to the directory. */
public final class DirectoryUseCases {
  private DirectoryUseCases() {}

  public static DirectoryQueries queries(LocationRepository locations, UserRepository users) {
    return new DirectoryQueries() {
      @Override
      public boolean isKnown(LocationId locationId) {
        return locations.find(locationId).isPresent();
      }

      @Override
      public List<User> users(LocationId locationId) {
        return users.list(locationId);
      }
    };
  }
}
