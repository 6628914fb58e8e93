package com.lpai.application.directory;

import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.Pipeline;
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
      LocationRepository locations, DirectoryReadings.Stores stores) {
    return new DirectoryQueries() {
      @Override
      public boolean isKnown(LocationId locationId) {
        return locations.find(locationId).isPresent();
      }

      @Override
      public List<User> users(LocationId locationId) {
        return stores.users().list(locationId);
      }

      @Override
      public List<Calendar> calendars(LocationId locationId) {
        return stores.calendars().list(locationId);
      }

      @Override
      public List<Pipeline> pipelines(LocationId locationId) {
        return stores.pipelines().list(locationId);
      }

      @Override
      public List<CustomField> customFields(LocationId locationId) {
        return stores.customFields().list(locationId);
      }

      @Override
      public List<CustomValue> customValues(LocationId locationId) {
        return stores.customValues().list(locationId);
      }
    };
  }
}
