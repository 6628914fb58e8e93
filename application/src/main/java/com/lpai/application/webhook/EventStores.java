package com.lpai.application.webhook;

import com.lpai.application.mirror.Intake;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.GhlOpportunityId;

/** Where processors take in what events and their reads tell. */
record EventStores(
    LocationRepository locations,
    Intake<GhlContactId> contacts,
    Intake<GhlOpportunityId> projects,
    Intake<GhlAppointmentId> appointments,
    ConversationRepository conversations,
    MessageRepository messages) {

  static EventStores of(EventTargets targets) {
    return new EventStores(
        targets.locations(),
        targets.contacts(),
        targets.projects(),
        targets.appointments(),
        targets.conversations(),
        targets.messages());
  }
}
