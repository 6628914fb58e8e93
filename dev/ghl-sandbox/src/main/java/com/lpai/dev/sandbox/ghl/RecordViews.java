package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;

/** Records as the API's {@code GET} of one shows them. */
public final class RecordViews {
  private final OpportunityViews opportunities;
  private final EventViews events;
  private final ConversationViews conversations;

  RecordViews(World world) {
    this.opportunities = new OpportunityViews(world);
    this.events = new EventViews(world);
    this.conversations = new ConversationViews(world);
  }

  public JsonObject of(Kind kind, Item item) {
    return switch (kind) {
      case CONTACTS -> ContactViews.detail(item.json());
      case OPPORTUNITIES -> opportunities.detail(item);
      case CONVERSATIONS -> conversations.one(item);
      case MESSAGES -> conversations.message(item);
      case APPOINTMENTS, BLOCKED_SLOTS -> events.event(item);
      case PIPELINES, LOST_REASONS, CUSTOM_FIELDS, CUSTOM_VALUES, CALENDARS -> item.json();
    };
  }
}
