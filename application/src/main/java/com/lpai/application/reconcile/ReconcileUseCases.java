package com.lpai.application.reconcile;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCalendars;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.MirrorKind;
import java.util.List;

/** The door to reconciliation. */
public final class ReconcileUseCases {
  private final Chores chores;
  private final ProofUseCase proofs;

  private ReconcileUseCases(Chores chores, ProofUseCase proofs) {
    this.chores = chores;
    this.proofs = proofs;
  }

  /** Where everything is kept. */
  public record Stores(
      LocationRepository locations,
      ContactRepository contacts,
      ProjectRepository projects,
      AppointmentRepository appointments,
      DirectoryRepository<Calendar> calendars,
      Checkpoints checkpoints,
      Reconciliations reconciliations,
      Differences differences,
      Leases leases) {}

  /** Where the CRM's side is read. */
  public record Sources(
      CrmContacts contacts,
      CrmOpportunities opportunities,
      CrmAppointments appointments,
      CrmCalendars calendars) {}

  /** Where what is read is taken in. */
  public record Intakes(
      Intake<GhlContactId> contacts,
      Intake<GhlOpportunityId> projects,
      Intake<GhlAppointmentId> appointments) {}

  public static ReconcileUseCases of(
      Stores stores,
      Sources crm,
      Intakes intakes,
      ReconcileSettings settings,
      WorkSignals signals,
      Instance instance) {
    List<KindWork<?, ?, ?>> kinds =
        List.of(
            contacts(stores, crm, intakes, signals, instance),
            projects(stores, crm, intakes, signals, instance),
            appointments(stores, crm, intakes, settings, signals, instance));
    ReconcileService work =
        new ReconcileService(
            stores.locations(),
            stores.reconciliations(),
            stores.differences(),
            stores.leases(),
            kinds,
            new DeltaWork(kinds, stores.checkpoints(), settings, instance),
            () -> new ProofWork(kinds, stores.differences(), instance),
            settings,
            instance);
    return new ReconcileUseCases(
        work,
        new ProofService(
            stores.locations(),
            stores.reconciliations(),
            stores.differences(),
            work,
            signals,
            instance));
  }

  /** What is due of it, over all locations. */
  public Chores chores() {
    return chores;
  }

  public ProofUseCase proofs() {
    return proofs;
  }

  private static KindWork<?, ?, ?> contacts(
      Stores stores, Sources crm, Intakes intakes, WorkSignals signals, Instance instance) {
    return new KindWork<>(
        MirrorKind.CONTACTS,
        stores.contacts(),
        intakes.contacts(),
        new PagedSource<>(crm.contacts()),
        new ContactKind(stores.contacts()),
        signals::pushDue,
        instance);
  }

  private static KindWork<?, ?, ?> projects(
      Stores stores, Sources crm, Intakes intakes, WorkSignals signals, Instance instance) {
    return new KindWork<>(
        MirrorKind.PROJECTS,
        stores.projects(),
        intakes.projects(),
        new PagedSource<>(crm.opportunities()),
        new AboutContactKind<>(
            stores.projects(),
            stores.contacts(),
            ProjectId::new,
            GhlOpportunityId::new,
            ProjectField.GHL_CONTACT_ID.fieldName(),
            (project, begunAt) -> true,
            (location, project) -> false),
        signals::pushDue,
        instance);
  }

  private static KindWork<?, ?, ?> appointments(
      Stores stores,
      Sources crm,
      Intakes intakes,
      ReconcileSettings settings,
      WorkSignals signals,
      Instance instance) {
    return new KindWork<>(
        MirrorKind.APPOINTMENTS,
        stores.appointments(),
        intakes.appointments(),
        new AppointmentSource(
            crm.appointments(), crm.calendars(), GhlCalendarId::new, settings, instance.time()),
        new AboutContactKind<>(
            stores.appointments(),
            stores.contacts(),
            AppointmentId::new,
            GhlAppointmentId::new,
            AppointmentField.GHL_CONTACT_ID.fieldName(),
            (appointment, begunAt) ->
                AppointmentSource.compared(settings, begunAt).holds(appointment.start()),
            (location, appointment) ->
                stores.calendars().list(location).stream()
                    .map(Calendar::crmId)
                    .noneMatch(calendarOf(appointment)::equals)),
        signals::pushDue,
        instance);
  }

  private static String calendarOf(Appointment appointment) {
    return appointment.fields().text(AppointmentField.CALENDAR_ID.fieldName());
  }
}
