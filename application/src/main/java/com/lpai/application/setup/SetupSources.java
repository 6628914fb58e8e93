package com.lpai.application.setup;

import com.lpai.application.directory.DirectoryReadings;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.project.CrmOpportunities;

/** Where a setup reads. */
public record SetupSources(
    CrmLocations locations,
    DirectoryReadings directory,
    CrmContacts contacts,
    CrmOpportunities opportunities,
    CrmAppointments appointments,
    CrmConversations conversations) {}
