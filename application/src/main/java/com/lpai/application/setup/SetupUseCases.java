package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.FetchedPages;
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
   * @param fetching threads for pages that are fetched ahead; it may refuse work silently
   */
  public static RunSetupUseCase running(
      LocationRepository locations,
      ConnectionRepository connections,
      Checkpoints checkpoints,
      FetchedPages pages,
      Leases leases,
      SetupSources crm,
      SetupTargets ours,
      SetupUseCase requests,
      SetupSettings settings,
      Executor fetching,
      Instance instance) {
    SetupProgress progress = new SetupProgress(locations, instance);
    return new RunSetupService(
        locations,
        connections,
        leases,
        progress,
        requests,
        () -> runners(checkpoints, pages, progress, crm, ours, settings, fetching, instance),
        instance);
  }

  private static Map<SetupStep, StepRunner> runners(
      Checkpoints checkpoints,
      FetchedPages pages,
      SetupProgress progress,
      SetupSources crm,
      SetupTargets ours,
      SetupSettings settings,
      Executor fetching,
      Instance instance) {
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
            SetupStep.CONTACTS,
            crm.contacts(),
            ours.contacts(),
            checkpoints,
            progress,
            new FetchAhead<>(
                SetupStep.CONTACTS,
                crm.contacts(),
                ours.contacts(),
                pages,
                settings.pageSize(),
                fetching,
                instance),
            settings,
            instance));
    runners.put(
        SetupStep.OPPORTUNITIES,
        new RecordsStep<>(
            SetupStep.OPPORTUNITIES,
            crm.opportunities(),
            ours.projects(),
            checkpoints,
            progress,
            new FetchAhead<>(
                SetupStep.OPPORTUNITIES,
                crm.opportunities(),
                ours.projects(),
                pages,
                settings.pageSize(),
                fetching,
                instance),
            settings,
            instance));
    runners.put(
        SetupStep.APPOINTMENTS,
        new AppointmentsStep(
            crm.appointments(),
            Objects.requireNonNull(crm.directory().byStep().get(SetupStep.CALENDARS)),
            ours.calendars(),
            ours.appointments(),
            ours.storedAppointments(),
            checkpoints,
            progress,
            settings,
            instance));
    runners.put(
        SetupStep.CONVERSATIONS,
        new ConversationsStep(
            crm.conversations(),
            ours.conversations(),
            ours.messages(),
            checkpoints,
            progress,
            settings,
            instance));
    runners.put(
        SetupStep.DEFAULTS, new DefaultsStep(ours.defaults(), ours.defaultsStore(), progress));
    return runners;
  }
}
