package com.lpai.adapter.ghl.webhook;

import com.lpai.adapter.ghl.appointment.AppointmentReader;
import com.lpai.adapter.ghl.contact.ContactReader;
import com.lpai.adapter.ghl.conversation.ConversationReader;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.opportunity.OpportunityReader;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookEvent;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads webhooks (ghl-facts.md 6.4, 6.7). What a body holds is data; nothing in it is obeyed. */
public final class GhlWebhookDecoder implements WebhookDecoder {
  @Override
  public FirstLook envelope(RawBody body) {
    return body.read(GhlWebhookDecoder::firstLook);
  }

  private static FirstLook firstLook(byte[] bytes) {
    JsonObject event;
    try {
      event = EnvelopeFields.of(bytes);
    } catch (EnvelopeFields.UnreadableException unreadable) {
      return new FirstLook.NotAnEvent(String.valueOf(unreadable.getMessage()));
    }
    String type = EventRoutes.id(event, "type");
    if (type.isEmpty()) {
      return new FirstLook.NotAnEvent("the body has no type");
    }
    String hash = sha256(bytes);
    String named = EventRoutes.id(event, "webhookId");
    // A random id would never be seen twice; the bytes of a repeat are the same (trap 21).
    String webhookId = named.isEmpty() ? hash : named;
    LocationId location = EventRoutes.location(type, event);
    return new FirstLook.Event(
        new Envelope(
            webhookId,
            hash,
            type,
            JsonReads.text(event, "appId"),
            location,
            EventRoutes.id(event, "companyId"),
            EventRoutes.entityKey(type, event, location, webhookId),
            JsonReads.instant(event, "timestamp")),
        EventTypes.isKnown(type));
  }

  @Override
  public WebhookEvent event(Envelope envelope, RawBody body) {
    JsonObject event = JsonReads.object(body.bytes()).orElse(JsonValue.EMPTY_JSON_OBJECT);
    return switch (envelope.type()) {
      case "INSTALL" -> new WebhookEvent.AppInstalled();
      case "UNINSTALL" -> new WebhookEvent.AppUninstalled();
      case "ContactCreate", "ContactUpdate", "ContactDndUpdate", "ContactTagUpdate" ->
          ContactReader.event(event)
              .<WebhookEvent>map(WebhookEvent.ContactChanged::new)
              .orElseGet(() -> withoutId(envelope));
      case "ContactDelete" ->
          Records.id(event, "id", GhlContactId::new)
              .<WebhookEvent>map(WebhookEvent.ContactDeleted::new)
              .orElseGet(() -> withoutId(envelope));
      case "OpportunityCreate",
          "OpportunityUpdate",
          "OpportunityStatusUpdate",
          "OpportunityStageUpdate",
          "OpportunityMonetaryValueUpdate",
          "OpportunityAssignedToUpdate" ->
          OpportunityReader.event(event)
              .<WebhookEvent>map(WebhookEvent.OpportunityChanged::new)
              .orElseGet(() -> withoutId(envelope));
      case "OpportunityDelete" ->
          Records.id(event, "id", GhlOpportunityId::new)
              .<WebhookEvent>map(WebhookEvent.OpportunityDeleted::new)
              .orElseGet(() -> withoutId(envelope));
      case "AppointmentCreate", "AppointmentUpdate" ->
          AppointmentReader.event(event)
              .<WebhookEvent>map(WebhookEvent.AppointmentChanged::new)
              .orElseGet(() -> withoutId(envelope));
      case "AppointmentDelete" ->
          Records.id(JsonReads.child(event, "appointment"), "id", GhlAppointmentId::new)
              .<WebhookEvent>map(WebhookEvent.AppointmentDeleted::new)
              .orElseGet(() -> withoutId(envelope));
      case "InboundMessage" -> message(envelope, event, "inbound");
      case "OutboundMessage" -> message(envelope, event, "outbound");
      case "ConversationUnreadUpdate", "ConversationUpdate" -> conversation(envelope, event);
      case "UserCreate", "UserUpdate", "UserDelete" ->
          new WebhookEvent.UsersChanged(EventRoutes.locations(event));
      case "LocationCreate" -> new WebhookEvent.LocationAdded();
      case "LocationUpdate" -> new WebhookEvent.LocationChanged();
      default -> new WebhookEvent.Unhandled(envelope.type());
    };
  }

  private static WebhookEvent message(Envelope envelope, JsonObject event, String direction) {
    return ConversationReader.messageOfEvent(event, envelope.webhookId(), direction)
        .<WebhookEvent>map(WebhookEvent.MessageAdded::new)
        .orElseGet(
            () -> new WebhookEvent.Unreadable(envelope.type() + " without its conversation's id"));
  }

  private static WebhookEvent conversation(Envelope envelope, JsonObject event) {
    boolean isDeleted =
        JsonReads.flag(event.getOrDefault("deleted", JsonValue.FALSE)).orElse(false);
    return ConversationReader.conversationOfEvent(event)
        .<WebhookEvent>map(
            conversation ->
                isDeleted
                    ? new WebhookEvent.ConversationDeleted(conversation.id())
                    : new WebhookEvent.ConversationChanged(conversation))
        .orElseGet(() -> withoutId(envelope));
  }

  private static WebhookEvent withoutId(Envelope envelope) {
    return new WebhookEvent.Unreadable(envelope.type() + " without the record's id");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
