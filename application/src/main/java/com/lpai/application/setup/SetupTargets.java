package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.DefaultsRepository;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.project.GhlOpportunityId;

/**
 * Where what a setup reads is taken in.
 *
 * @param storedAppointments to see which of them the CRM does not list any more
 * @param calendars as the step before stored them: appointments are read by calendar
 * @param defaults what a location starts with
 */
public record SetupTargets(
    Intake<GhlContactId> contacts,
    Intake<GhlOpportunityId> projects,
    Intake<GhlAppointmentId> appointments,
    AppointmentRepository storedAppointments,
    DirectoryRepository<Calendar> calendars,
    ConversationRepository conversations,
    MessageRepository messages,
    DefaultsRepository defaultsStore,
    Defaults defaults) {}
