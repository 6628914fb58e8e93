package com.lpai.application.push;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.PendingPushes;
import java.time.Duration;
import java.util.List;

/** The door to pushing: one pusher for each kind of record. */
public record PushUseCases(
    PushUseCase<ContactId> contacts,
    PushUseCase<ProjectId> projects,
    PushUseCase<AppointmentId> appointments) {

  /** What is told. */
  public record Stores(
      ContactRepository contacts,
      PendingPushes<ContactId> pendingContacts,
      ProjectRepository projects,
      PendingPushes<ProjectId> pendingProjects,
      AppointmentRepository appointments,
      PendingPushes<AppointmentId> pendingAppointments,
      LocationRepository locations) {}

  /** Whom it is told. */
  public record Targets(
      CrmContacts contacts, CrmOpportunities opportunities, CrmAppointments appointments) {}

  /** How what the CRM turns out to have already is read, as whatever else it tells. */
  public record Intakes(
      Intake<GhlContactId> contacts,
      Intake<GhlOpportunityId> projects,
      Intake<GhlAppointmentId> appointments) {}

  /**
   * Pushing records of every kind.
   *
   * @param callLease longer than any call to the CRM can take; after it a call's outcome counts as
   *     unknown
   */
  public static PushUseCases of(
      Stores stores,
      Targets crm,
      Intakes intakes,
      RetryPolicy policy,
      Duration callLease,
      WorkSignals signals,
      Instance instance) {
    ContactPushRules ofContacts =
        new ContactPushRules(
            crm.contacts(),
            List.of(
                new Waiting<>(stores.projects(), instance.time()),
                new Waiting<>(stores.appointments(), instance.time())),
            signals);
    PushUseCase<ContactId> contacts =
        new PushRecordsService<>(
            stores.contacts(),
            stores.pendingContacts(),
            ofContacts,
            intakes.contacts(),
            policy,
            callLease,
            instance);
    ContactFirst contactFirst = new ContactFirst(stores.contacts(), contacts);
    return new PushUseCases(
        contacts,
        new PushRecordsService<>(
            stores.projects(),
            stores.pendingProjects(),
            new ProjectPushRules(crm.opportunities(), stores.locations(), contactFirst),
            intakes.projects(),
            policy,
            callLease,
            instance),
        new PushRecordsService<>(
            stores.appointments(),
            stores.pendingAppointments(),
            new AppointmentPushRules(crm.appointments(), stores.locations(), contactFirst),
            intakes.appointments(),
            policy,
            callLease,
            instance));
  }

  /** Those of all kinds, contacts first. */
  public List<PushUseCase<?>> all() {
    return List.of(contacts, projects, appointments);
  }
}
