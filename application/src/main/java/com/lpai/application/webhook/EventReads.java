package com.lpai.application.webhook;

import com.lpai.application.directory.DirectoryReading;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.tenant.LocationId;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What processors may ask of the CRM: no more than these reads. */
record EventReads(
    CrmLocations locations,
    DirectoryReading users,
    RecordEvents.Source<GhlContactId> contacts,
    RecordEvents.Source<GhlOpportunityId> opportunities,
    RecordEvents.Source<GhlAppointmentId> appointments,
    ConversationEvents.Source conversations) {

  static EventReads of(EventSources crm, EventTargets stores) {
    return new EventReads(
        crm.locations(),
        DirectoryReadings.users(crm.users(), stores.users(), CallPriority.FOLLOW_UP),
        (location, id) -> crm.contacts().find(location, id, CallPriority.FOLLOW_UP),
        (location, id) -> crm.opportunities().find(location, id, CallPriority.FOLLOW_UP),
        (location, id) ->
            crm.appointments()
                .find(location, id, zone(stores.locations(), location), CallPriority.FOLLOW_UP),
        (location, id) -> crm.conversations().find(location, id, CallPriority.FOLLOW_UP));
  }

  private static ZoneId zone(LocationRepository locations, LocationId location) {
    return locations.find(location).map(known -> known.details().timezone()).orElse(ZoneOffset.UTC);
  }
}
