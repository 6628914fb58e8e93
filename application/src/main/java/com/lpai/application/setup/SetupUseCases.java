package com.lpai.application.setup;

import com.lpai.application.contact.LateLinks;
import com.lpai.application.work.Instance;
import com.lpai.application.work.Sleeper;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.Leases;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

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
   * @param stores where pages are stored while the next ones are fetched
   */
  public static RunSetupUseCase running(
      LocationRepository locations,
      ConnectionRepository connections,
      Checkpoints checkpoints,
      Leases leases,
      SetupSources crm,
      SetupTargets ours,
      SetupUseCase requests,
      SetupSettings settings,
      Sleeper sleeper,
      Executor stores,
      Instance instance) {
    SetupProgress progress = new SetupProgress(locations, instance);
    Turns turns = new Turns(sleeper);
    Copying copying = new Copying(checkpoints, progress, settings, turns, stores, instance);
    Map<SetupStep, StepRunner> runners = new EnumMap<>(SetupStep.class);
    crm.directory()
        .byStep()
        .forEach(
            (step, reading) ->
                runners.put(
                    step, new DirectoryStep(step, reading, checkpoints, progress, instance)));
    runners.put(SetupStep.LOCATION_DETAILS, new LocationDetailsStep(crm.locations(), progress));
    runners.put(
        SetupStep.CONTACTS,
        new RecordsStep<>(
            SetupStep.CONTACTS, crm.contacts(), ours.contacts(), LateLinks.NONE, copying));
    runners.put(
        SetupStep.OPPORTUNITIES,
        new RecordsStep<>(
            SetupStep.OPPORTUNITIES,
            crm.opportunities(),
            ours.projects(),
            ours.projectLinks(),
            copying));
    runners.put(
        SetupStep.APPOINTMENTS,
        new AppointmentsStep(crm.appointments(), ours.calendars(), ours.appointments(), copying));
    runners.put(
        SetupStep.CONVERSATIONS,
        new ConversationsStep(crm.conversations(), ours.conversations(), ours.messages(), copying));
    runners.put(
        SetupStep.DEFAULTS, new DefaultsStep(ours.defaults(), ours.defaultsStore(), progress));
    return new RunSetupService(
        locations,
        connections,
        leases,
        progress,
        requests,
        step -> Objects.requireNonNull(runners.get(step)),
        turns,
        instance);
  }
}
