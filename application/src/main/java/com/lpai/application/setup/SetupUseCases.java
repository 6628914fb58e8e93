package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.UserRepository;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.sync.Leases;

/** The door to setup. */
public final class SetupUseCases {
  private SetupUseCases() {}

  public static SetupUseCase requests(
      LocationRepository locations,
      ConnectionRepository connections,
      WorkSignals signals,
      Instance instance) {
    return new SetupService(locations, connections, signals, instance);
  }

  /**
   * Running setups.
   *
   * @param pageSize records per page of the CRM
   */
  public static RunSetupUseCase running(
      LocationRepository locations,
      ConnectionRepository connections,
      Checkpoints checkpoints,
      Leases leases,
      CrmLocations crmLocations,
      CrmUsers crmUsers,
      UserRepository users,
      CrmContacts crmContacts,
      Intake<GhlContactId> intake,
      SetupUseCase requests,
      int pageSize,
      Instance instance) {
    SetupProgress progress = new SetupProgress(locations, instance);
    StepRunner details = new LocationDetailsStep(crmLocations, progress);
    StepRunner directory = new UsersStep(crmUsers, users, pageSize, progress);
    StepRunner contacts =
        new ContactsStep(crmContacts, intake, checkpoints, pageSize, progress, instance);
    return new RunSetupService(
        locations,
        connections,
        leases,
        progress,
        requests,
        step ->
            switch (step) {
              case LOCATION_DETAILS -> details;
              case USERS -> directory;
              case CONTACTS -> contacts;
            },
        instance);
  }
}
