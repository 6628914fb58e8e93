package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;

/** Records as the API's {@code GET} of one shows them. */
public final class RecordViews {
  private final OpportunityViews opportunities;

  RecordViews(World world) {
    this.opportunities = new OpportunityViews(world);
  }

  public JsonObject of(Kind kind, Item item) {
    return switch (kind) {
      case CONTACTS -> ContactViews.detail(item.json());
      case OPPORTUNITIES -> opportunities.detail(item);
      case PIPELINES, LOST_REASONS, CUSTOM_FIELDS -> item.json();
    };
  }
}
