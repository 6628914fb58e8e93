package com.lpai.application.directory;

import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.util.List;

/** The door to the directory. */
public final class DirectoryUseCases {
  private DirectoryUseCases() {}

  /**
   * Reading the directories of all locations again from time to time.
   *
   * @param every how old a copy may become
   * @param againAfter how long after a failure the same is tried again
   */
  public static Chores refreshing(
      DirectoryReadings readings,
      LocationRepository locations,
      Checkpoints checkpoints,
      Leases leases,
      Duration every,
      Duration againAfter,
      Instance instance) {
    return new RefreshDirectoryService(
        readings, locations, checkpoints, leases, every, againAfter, instance);
  }

  public static DirectoryQueries queries(
      LocationRepository locations, DirectoryRepository<User> users) {
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
