package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Contact;
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

  void created(Contact contact) {
    webhooks.happened("ContactCreate", contact.locationId(), ContactViews.webhook(contact));
  }

  void deleted(Contact contact) {
    webhooks.happened("ContactDelete", contact.locationId(), ContactViews.webhook(contact));
  }

  /** One change may be several events; a change of nothing is none. */
  void changed(Contact before, Contact after) {
    Set<String> changed = new LinkedHashSet<>(after.json().keySet());
    changed.addAll(before.json().keySet());
    changed.remove("dateUpdated");
    changed.removeIf(name -> Objects.equals(before.json().get(name), after.json().get(name)));
    String locationId = after.locationId();
    boolean others =
        changed.stream().anyMatch(it -> !TAG_FIELDS.contains(it) && !DND_FIELDS.contains(it));
    if (others) {
      webhooks.happened("ContactUpdate", locationId, ContactViews.webhook(after));
    }
    if (changed.stream().anyMatch(TAG_FIELDS::contains)) {
      webhooks.happened("ContactTagUpdate", locationId, ContactViews.webhook(after));
    }
    if (changed.stream().anyMatch(DND_FIELDS::contains)) {
      webhooks.happened("ContactDndUpdate", locationId, ContactViews.dndWebhook(after));
    }
  }
}
