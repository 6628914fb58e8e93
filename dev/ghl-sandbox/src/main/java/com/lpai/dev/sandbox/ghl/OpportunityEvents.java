package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tells the app what has become of an opportunity: several events a change (ghl-facts.md 6.5). */
final class OpportunityEvents {
  private static final Map<String, String> OWN_EVENTS =
      Map.of(
          "status", "OpportunityStatusUpdate",
          "pipelineStageId", "OpportunityStageUpdate",
          "monetaryValue", "OpportunityMonetaryValueUpdate",
          "assignedTo", "OpportunityAssignedToUpdate");

  private final Webhooks webhooks;
  private final OpportunityViews views;

  OpportunityEvents(Webhooks webhooks, OpportunityViews views) {
    this.webhooks = webhooks;
    this.views = views;
  }

  void created(Item opportunity) {
    send("OpportunityCreate", opportunity);
    send("OpportunityUpdate", opportunity);
  }

  void deleted(Item opportunity) {
    send("OpportunityDelete", opportunity);
    send("OpportunityUpdate", opportunity);
  }

  /** A change of nothing is no event. */
  void changed(Item before, Item after) {
    JsonObject then = before.json();
    JsonObject now = after.json();
    Set<String> changed = new HashSet<>(now.keySet());
    changed.addAll(then.keySet());
    changed.remove("updatedAt");
    changed.removeIf(name -> Objects.equals(then.get(name), now.get(name)));
    if (changed.isEmpty()) {
      return;
    }
    send("OpportunityUpdate", after);
    OWN_EVENTS.forEach(
        (field, event) -> {
          if (changed.contains(field)) {
            send(event, after);
          }
        });
  }

  private void send(String type, Item opportunity) {
    webhooks.happened(type, opportunity.locationId(), views.webhook(opportunity.json()));
  }
}
