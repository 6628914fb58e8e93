package com.lpai.application.health;

import com.lpai.application.directory.DirectoryReadings;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.conversation.OutgoingMessageRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.tenant.LocationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a location's records of every kind are, to be counted.
 *
 * @param outgoing messages that are sent from here
 * @param pushes of every kind of record that both sides change
 * @param sending the pushes of outgoing messages
 */
public record CountedStores(
    ContactRepository contacts,
    ProjectRepository projects,
    AppointmentRepository appointments,
    DirectoryReadings.Stores directory,
    ConversationRepository conversations,
    MessageRepository messages,
    OutgoingMessageRepository outgoing,
    List<PendingPushes<?>> pushes,
    PendingPushes<OutgoingMessageId> sending) {
  public CountedStores {
    pushes = List.copyOf(pushes);
  }

  /** How many records of a location wait for a decision, where some do. */
  Map<LocationId, Long> undecided(int most) {
    Map<LocationId, Long> counts = new LinkedHashMap<>();
    for (PendingPushes<?> kind : pushes) {
      kind.undecided(most).forEach((id, count) -> counts.merge(id, count, Long::sum));
    }
    return counts;
  }

  SyncHealth of(Location location) {
    return new SyncHealth(synced(location.id()), copied(location.id()));
  }

  private Map<String, SyncCounts> synced(LocationId id) {
    Map<String, SyncCounts> counts = new LinkedHashMap<>();
    counts.put("contacts", contacts.counts(id));
    counts.put("projects", projects.counts(id));
    counts.put("appointments", appointments.counts(id));
    counts.put("outgoingMessages", outgoing.counts(id));
    return counts;
  }

  private Map<String, Long> copied(LocationId id) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("conversations", conversations.count(id));
    counts.put("messages", messages.count(id));
    counts.put("calendars", directory.calendars().count(id));
    counts.put("users", directory.users().count(id));
    counts.put("pipelines", directory.pipelines().count(id));
    counts.put("customFields", directory.customFields().count(id));
    counts.put("customValues", directory.customValues().count(id));
    return counts;
  }
}
