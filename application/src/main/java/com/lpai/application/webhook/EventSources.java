package com.lpai.application.webhook;

import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.project.CrmOpportunities;

/** Where is read what events do not tell. */
public record EventSources(
    CrmLocations locations,
    CrmUsers users,
    CrmContacts contacts,
    CrmOpportunities opportunities,
    CrmAppointments appointments,
    CrmConversations conversations) {}
