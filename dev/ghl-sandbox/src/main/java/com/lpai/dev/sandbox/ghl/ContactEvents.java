package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Item;
import jakarta.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** Tells the app what has become of a contact (ghl-facts.md 6.5 and 6.7). */
final class ContactEvents {
  private static final Set<String> TAG_FIELDS = Set.of("tags");
  private static final Set<String> DND_FIELDS = Set.of("dnd", "dndSettings", "inboundDndSettings");

  private final Webhooks webhooks;

  ContactEvents(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  void created(Item contact) {
    webhooks.happened("ContactCreate", contact.locationId(), ContactViews.webhook(contact.json()));
  }

  void deleted(Item contact) {
    webhooks.happened("ContactDelete", contact.locationId(), ContactViews.webhook(contact.json()));
  }

  /** One change may be several events; a change of nothing is none. */
  void changed(Item before, Item after) {
    JsonObject then = before.json();
    JsonObject now = after.json();
    Set<String> changed = new LinkedHashSet<>(now.keySet());
    changed.addAll(then.keySet());
    changed.remove("dateUpdated");
    changed.removeIf(name -> Objects.equals(then.get(name), now.get(name)));
    String locationId = after.locationId();
    boolean others =
        changed.stream().anyMatch(it -> !TAG_FIELDS.contains(it) && !DND_FIELDS.contains(it));
    if (others) {
      webhooks.happened("ContactUpdate", locationId, ContactViews.webhook(now));
    }
    if (changed.stream().anyMatch(TAG_FIELDS::contains)) {
      webhooks.happened("ContactTagUpdate", locationId, ContactViews.webhook(now));
    }
    if (changed.stream().anyMatch(DND_FIELDS::contains)) {
      webhooks.happened("ContactDndUpdate", locationId, ContactViews.dndWebhook(now));
    }
  }
}
