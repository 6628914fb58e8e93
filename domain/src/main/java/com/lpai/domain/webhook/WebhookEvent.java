package com.lpai.domain.webhook;

import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import java.util.Set;

/** What an event of the CRM means to us. */
public sealed interface WebhookEvent {
  /** The app was installed in the location. */
  record AppInstalled() implements WebhookEvent {}

  /** The app was uninstalled from the location. */
  record AppUninstalled() implements WebhookEvent {}

  /** A contact was created or changed; the values are the CRM's at that time. */
  record ContactChanged(CrmRecord<GhlContactId> contact) implements WebhookEvent {}

  /** A contact was deleted. */
  record ContactDeleted(GhlContactId id) implements WebhookEvent {}

  /** An opportunity was created or changed; the values are the CRM's at that time. */
  record OpportunityChanged(CrmRecord<GhlOpportunityId> opportunity) implements WebhookEvent {}

  /** An opportunity was deleted. */
  record OpportunityDeleted(GhlOpportunityId id) implements WebhookEvent {}

  /** An appointment was created or changed; the values are the CRM's at that time. */
  record AppointmentChanged(CrmRecord<GhlAppointmentId> appointment) implements WebhookEvent {}

  /** An appointment was deleted. */
  record AppointmentDeleted(GhlAppointmentId id) implements WebhookEvent {}

  /** Something happened in a conversation. */
  sealed interface OfConversation extends WebhookEvent {
    GhlConversationId conversationId();
  }

  /** A message was sent or received. */
  record MessageAdded(Message message) implements OfConversation {
    @Override
    public GhlConversationId conversationId() {
      return message.conversationId();
    }
  }

  /** A conversation was read, starred or the like; what the event does not tell is left out. */
  record ConversationChanged(Conversation conversation) implements OfConversation {
    @Override
    public GhlConversationId conversationId() {
      return conversation.id();
    }
  }

  /** A conversation was deleted. */
  record ConversationDeleted(GhlConversationId conversationId) implements OfConversation {}

  /**
   * Somebody came to a location, changed or left.
   *
   * @param locations those that the event names as the user's
   */
  record UsersChanged(Set<LocationId> locations) implements WebhookEvent {
    public UsersChanged {
      locations = Set.copyOf(locations);
    }

    /** Of a user of whom no list of locations was told. */
    public UsersChanged() {
      this(Set.of());
    }
  }

  /** The location was made. */
  record LocationAdded() implements WebhookEvent {}

  /** What the CRM says of the location itself changed. */
  record LocationChanged() implements WebhookEvent {}

  /** A type that nothing here handles yet. */
  record Unhandled(String type) implements WebhookEvent {}

  /** A type we handle, without what it needs. */
  record Unreadable(String reason) implements WebhookEvent {}
}
