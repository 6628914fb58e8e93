package com.lpai.application.overlay;

import com.lpai.application.overlay.RecordChange.Kind;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.ProjectRepository;
import java.util.List;
import java.util.stream.Stream;

/**
 * Repositories for one look at what would become of the records of one location: whoever writes to
 * them changes nothing that is stored, and reads what it wrote. For one thread.
 */
public final class Overlay {
  /** What is stored; it is read, and never written. */
  public record Stores(
      LocationRepository locations,
      ContactRepository contacts,
      ProjectRepository projects,
      AppointmentRepository appointments,
      ConversationRepository conversations,
      MessageRepository messages) {}

  private final UnchangedLocations locations;
  private final ContactOverlay contacts;
  private final ProjectOverlay projects;
  private final AppointmentOverlay appointments;
  private final ConversationOverlay conversations;
  private final MessageOverlay messages;

  private Overlay(Stores stores) {
    locations = new UnchangedLocations(stores.locations());
    contacts = new ContactOverlay(stores.contacts());
    projects = new ProjectOverlay(stores.projects());
    appointments = new AppointmentOverlay(stores.appointments());
    conversations = new ConversationOverlay(stores.conversations());
    messages = new MessageOverlay(stores.messages());
  }

  public static Overlay over(Stores stores) {
    return new Overlay(stores);
  }

  public LocationRepository locations() {
    return locations;
  }

  public ContactRepository contacts() {
    return contacts;
  }

  public ProjectRepository projects() {
    return projects;
  }

  public AppointmentRepository appointments() {
    return appointments;
  }

  public ConversationRepository conversations() {
    return conversations;
  }

  public MessageRepository messages() {
    return messages;
  }

  /** How what was written would differ from what is stored. */
  public List<RecordChange> changes() {
    return Stream.of(
            contacts.changes(Kind.CONTACT),
            projects.changes(Kind.PROJECT),
            appointments.changes(Kind.APPOINTMENT),
            conversations.changes(Kind.CONVERSATION),
            messages.changes(Kind.MESSAGE))
        .flatMap(List::stream)
        .toList();
  }
}
