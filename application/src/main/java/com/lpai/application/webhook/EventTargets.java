package com.lpai.application.webhook;

import com.lpai.application.mirror.Intake;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.GhlOpportunityId;

/** Where what events tell is taken in. */
public record EventTargets(
    LocationRepository locations,
    DirectoryRepository<User> users,
    Intake<GhlContactId> contacts,
    Intake<GhlOpportunityId> projects,
    Intake<GhlAppointmentId> appointments,
    ConversationRepository conversations,
    MessageRepository messages) {}
