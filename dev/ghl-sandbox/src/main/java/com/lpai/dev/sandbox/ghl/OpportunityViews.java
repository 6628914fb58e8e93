package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/** The shapes in which GoHighLevel shows an opportunity (ghl-facts.md 3.2, 6.7). */
final class OpportunityViews {
  private static final List<String> CONTACT_FIELDS =
      List.of("id", "name", "companyName", "email", "phone", "tags");
  private static final List<String> WEBHOOK_FIELDS =
      List.of(
          "id",
          "assignedTo",
          "contactId",
          "monetaryValue",
          "name",
          "pipelineId",
          "pipelineStageId",
          "source",
          "status");

  private final World world;

  OpportunityViews(World world) {
    this.world = world;
  }

  /** {@code SearchOpportunitiesResponseSchema}, of GET, POST and PUT too. */
  JsonObject detail(Item opportunity) {
    return view(opportunity).build();
  }

  /**
   * An item of a search answer.
   *
   * @param cursorName how the item's own cursor is called
   * @param details the lists that were asked for
   */
  JsonObject searchItem(Search.Hit hit, String cursorName, Set<String> details) {
    JsonObjectBuilder view = view(hit.item());
    details.forEach(name -> view.add(name, JsonText.array()));
    return view.add(cursorName, hit.cursor()).build();
  }

  /** The fields of an opportunity webhook beyond the envelope: neither custom fields nor update. */
  JsonObject webhook(JsonObject opportunity) {
    JsonObjectBuilder view = JsonText.object();
    WEBHOOK_FIELDS.forEach(
        name -> {
          JsonValue value = opportunity.get(name);
          if (value != null) {
            view.add(name, value);
          } else if (name.equals("assignedTo")
              && world.settings().get(Settings.WEBHOOK_NAMES_NOBODY)) {
            view.add(name, JsonValue.NULL);
          }
        });
    return view.add("dateAdded", opportunity.getString("createdAt")).build();
  }

  private JsonObjectBuilder view(Item opportunity) {
    JsonObject json = opportunity.json();
    JsonObjectBuilder view =
        JsonText.object(json)
            .add("indexVersion", "1")
            .add(
                "customFields",
                new CustomFieldValues(world.of(Kind.CUSTOM_FIELDS, opportunity.locationId()))
                    .read(
                        json.getJsonArray("customFields"),
                        world.settings().get(Settings.OPPORTUNITY_FIELD_FORM)));
    JsonText.text(json, "contactId")
        .flatMap(id -> world.of(Kind.CONTACTS, opportunity.locationId()).find(id))
        .ifPresent(contact -> view.add("contact", contact(contact.json())));
    return view;
  }

  private static JsonObjectBuilder contact(JsonObject contact) {
    JsonObjectBuilder view = JsonText.object();
    for (String field : CONTACT_FIELDS) {
      JsonValue value = contact.get(field);
      if (value != null) {
        view.add(field, value);
      }
    }
    return view;
  }
}
