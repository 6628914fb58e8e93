package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.world.Item;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code POST /contacts/search} knows (ghl-facts.md 3.1). */
final class ContactSearch {
  static final SearchFields FIELDS =
      new SearchFields(
          "pageLimit",
          Set.of(),
          "dateAdded",
          Map.of(
              "firstNameLowerCase", contact -> contact.lower("firstName"),
              "lastNameLowerCase", contact -> contact.lower("lastName"),
              "businessName", contact -> contact.lower("companyName"),
              "email", contact -> contact.lower("email"),
              "source", contact -> contact.lower("source"),
              "dnd", contact -> contact.json().getBoolean("dnd", false) ? 1L : 0L,
              "dateAdded", contact -> contact.item().addedAt().toEpochMilli(),
              "dateUpdated", contact -> contact.item().updatedAt().toEpochMilli()),
          SearchFields.stored(
              Map.ofEntries(
                  Map.entry("id", "id"),
                  Map.entry("email", "email"),
                  Map.entry("phone", "phone"),
                  Map.entry("tags", "tags"),
                  Map.entry("assignedTo", "assignedTo"),
                  Map.entry("dateAdded", "dateAdded"),
                  Map.entry("dateUpdated", "dateUpdated"),
                  Map.entry("source", "source"),
                  Map.entry("dnd", "dnd"),
                  Map.entry("type", "type"),
                  Map.entry("city", "city"),
                  Map.entry("state", "state"),
                  Map.entry("country", "country"),
                  Map.entry("postalCode", "postalCode"),
                  Map.entry("address", "address1"),
                  Map.entry("website", "website"),
                  Map.entry("timezone", "timezone"),
                  Map.entry("companyName", "companyName"),
                  Map.entry("businessName", "companyName"),
                  Map.entry("dateOfBirth", "dateOfBirth"),
                  Map.entry("firstNameLowerCase", "firstName"),
                  Map.entry("lastNameLowerCase", "lastName"))),
          Map.of("dateAdded", Item::addedAt, "dateUpdated", Item::updatedAt),
          "customFields.",
          "customFields",
          contact -> Stream.of("name", "email", "phone", "companyName").map(contact::lower));

  private ContactSearch() {}
}
