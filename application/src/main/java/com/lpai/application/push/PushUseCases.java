package com.lpai.application.push;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageRepository;
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
    PushUseCase<AppointmentId> appointments,
    PushUseCase<OutgoingMessageId> messages) {

  /** What is told. */
  public record Stores(
      ContactRepository contacts,
      PendingPushes<ContactId> pendingContacts,
      ProjectRepository projects,
      PendingPushes<ProjectId> pendingProjects,
      AppointmentRepository appointments,
      PendingPushes<AppointmentId> pendingAppointments,
      OutgoingMessageRepository messages,
      PendingPushes<OutgoingMessageId> pendingMessages,
      ConnectionRepository connections,
      LocationRepository locations) {}

  /** Whom it is told. */
  public record Targets(
      CrmContacts contacts,
      CrmOpportunities opportunities,
      CrmAppointments appointments,
      CrmOutgoingMessages messages) {}

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
                new Waiting<>(stores.appointments(), instance.time()),
                new Waiting<>(stores.messages(), instance.time())),
            signals);
    GrantedScopes scopes = new GrantedScopes(stores.connections());
    PushUseCase<ContactId> contacts =
        new PushRecordsService<>(
            stores.contacts(),
            stores.pendingContacts(),
            ofContacts,
            scopes,
            Adoption.merging(ofContacts, intakes.contacts(), instance.time()),
            policy,
            callLease,
            instance);
    ContactFirst contactFirst = new ContactFirst(stores.contacts(), contacts, instance.time());
    ProjectPushRules ofProjects =
        new ProjectPushRules(crm.opportunities(), stores.locations(), contactFirst);
    AppointmentPushRules ofAppointments =
        new AppointmentPushRules(crm.appointments(), stores.locations(), contactFirst);
    return new PushUseCases(
        contacts,
        new PushRecordsService<>(
            stores.projects(),
            stores.pendingProjects(),
            ofProjects,
            scopes,
            Adoption.merging(ofProjects, intakes.projects(), instance.time()),
            policy,
            callLease,
            instance),
        new PushRecordsService<>(
            stores.appointments(),
            stores.pendingAppointments(),
            ofAppointments,
            scopes,
            Adoption.merging(ofAppointments, intakes.appointments(), instance.time()),
            policy,
            callLease,
            instance),
        new PushRecordsService<>(
            stores.messages(),
            stores.pendingMessages(),
            new MessagePushRules(crm.messages(), contactFirst, callLease, instance.time()),
            scopes,
            Adoption.unread(instance.time()),
            policy,
            callLease,
            instance));
  }

  /** Those of all kinds, contacts first. */
  public List<PushUseCase<?>> all() {
    return List.of(contacts, projects, appointments, messages);
  }
}
