package com.lpai.adapter.ghl.webhook;

import java.util.Set;

/** The types of events that GoHighLevel documents (ghl-facts.md 6.6). */
final class EventTypes {
  /** Its list names eight of these together. */
  private static final String KNOWLEDGE_BASE = "KnowledgeBase";

  private static final Set<String> DOCUMENTED =
      Set.of(
          "INSTALL",
          "UNINSTALL",
          "AppUpdate",
          "AppPaymentStatus",
          "PLAN_CHANGE",
          "EXTERNAL_AUTH_CONNECTED",
          "ContactCreate",
          "ContactUpdate",
          "ContactDelete",
          "ContactDndUpdate",
          "ContactTagUpdate",
          "NoteCreate",
          "NoteUpdate",
          "NoteDelete",
          "TaskCreate",
          "TaskComplete",
          "TaskDelete",
          "OpportunityCreate",
          "OpportunityUpdate",
          "OpportunityDelete",
          "OpportunityStatusUpdate",
          "OpportunityStageUpdate",
          "OpportunityMonetaryValueUpdate",
          "OpportunityAssignedToUpdate",
          "AppointmentCreate",
          "AppointmentUpdate",
          "AppointmentDelete",
          "InboundMessage",
          "OutboundMessage",
          "ProviderOutboundMessage",
          "ConversationUnreadUpdate",
          "ConversationUpdate",
          "LCEmailStats",
          "LocationCreate",
          "LocationUpdate",
          "UserCreate",
          "UserUpdate",
          "UserDelete",
          "InvoiceCreate",
          "InvoiceUpdate",
          "InvoiceDelete",
          "InvoiceSent",
          "InvoicePaid",
          "InvoicePartiallyPaid",
          "InvoiceVoid",
          "OrderCreate",
          "OrderStatusUpdate",
          "ProductCreate",
          "ProductUpdate",
          "ProductDelete",
          "PriceCreate",
          "PriceUpdate",
          "PriceDelete",
          "ObjectSchemaCreate",
          "ObjectSchemaUpdate",
          "RecordCreate",
          "RecordUpdate",
          "RecordDelete",
          "AssociationCreate",
          "AssociationUpdate",
          "AssociationDelete",
          "RelationCreate",
          "RelationDelete",
          "CampaignStatusUpdate",
          "SaaSPlanCreate",
          "SupportTicketCreate",
          "SupportTicketUpdate",
          "SupportTicketDelete",
          "VoiceAiCallEnd");

  private EventTypes() {}

  static boolean isKnown(String type) {
    return DOCUMENTED.contains(type) || type.startsWith(KNOWLEDGE_BASE);
  }
}
