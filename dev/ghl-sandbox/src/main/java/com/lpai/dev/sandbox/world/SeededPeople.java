package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes the users and contacts of a seeding. */
final class SeededPeople {
  static final Instant FIRST_DAY = Instant.parse("2024-01-02T08:00:00Z");
  static final Duration SPAN = Duration.ofDays(900);
  static final List<String> FIRST_NAMES =
      List.of(
          "Maria", "James", "Aisha", "Wei", "José", "Zoë", "Łukasz", "Priya", "Noah", "Fatima",
          "Olivia", "Mateo", "Ingrid", "Kwame", "Søren", "Hannah", "Diego", "Yuki", "Émile",
          "Grace", "Ahmed", "Chloe", "Ivan", "Leila", "Patrick", "Nadia", "Samuel", "Rosa");
  static final List<String> LAST_NAMES =
      List.of(
          "Garcia",
          "Smith",
          "Okafor",
          "Zhang",
          "O'Brien",
          "Müller",
          "Nowak",
          "Patel",
          "Johnson",
          "Hassan",
          "Lindqvist",
          "Rossi",
          "Dubois",
          "Kim",
          "van der Berg",
          "Silva",
          "Nguyen",
          "Cohen",
          "Walker",
          "Ivanova",
          "Moreau",
          "Tanaka",
          "Hughes",
          "Mensah",
          "Lopez",
          "Weber");
  private static final List<String> TAGS =
      List.of("lead", "customer", "vip", "newsletter", "quote sent", "water heater", "referral");
  static final List<String> SOURCES =
      List.of("website form", "google ads", "facebook", "referral", "phone call", "csv import");
  private static final List<String> STREETS =
      List.of("1st St N", "Oak Avenue", "Main St", "Lakeview Dr", "Elm Court", "Mill Road");
  private static final List<List<String>> CITIES =
      List.of(
          List.of("Dolomite", "AL", "35061"),
          List.of("Austin", "TX", "78701"),
          List.of("Portland", "OR", "97201"),
          List.of("Columbus", "OH", "43004"),
          List.of("Tampa", "FL", "33601"));
  private static final List<String> AREA_CODES = List.of("205", "512", "503", "614", "813");

  /** The custom fields that people have values of, all of them texts. */
  static final List<String> FIELDS = List.of("boiler model", "preferred day", "roof age");

  private final Seeding seeding;
  private final String locationId;
  private final String country;

  SeededPeople(Seeding seeding) {
    this.seeding = seeding;
    this.locationId = seeding.locationId();
    this.country = seeding.place().country();
  }

  /** Writes the users, answers their ids, and writes one more who was deleted since. */
  List<String> users(World world) {
    Chance chance = chanceOf("users");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < seeding.users(); i++) {
      JsonObject user = user(chance, i);
      world.putUser(user);
      ids.add(user.getString("id"));
    }
    world.putUser(
        JsonText.object(user(chanceOf("deleted user"), seeding.users()))
            .add("deleted", true)
            .build());
    return ids;
  }

  /** Writes the contacts, and answers their ids. */
  List<String> contacts(World world, List<String> userIds) {
    Chance chance = chanceOf("contacts");
    Book book = world.of(Kind.CONTACTS, locationId);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < seeding.count(Kind.CONTACTS); i++) {
      ids.add(book.putSettled(contact(chance, i, userIds)).id());
    }
    return ids;
  }

  /** The id of the custom field of people with this name. */
  static String fieldId(Seeding seeding, String name) {
    return seeding.chanceOf(name).id();
  }

  private Chance chanceOf(String what) {
    return seeding.chanceOf(what);
  }

  private JsonObject user(Chance chance, int index) {
    String id = chance.id();
    String first = chance.pick(FIRST_NAMES);
    String last = chance.pick(LAST_NAMES);
    return JsonText.object()
        .add("id", id)
        .add("name", first + " " + last)
        .add("firstName", first)
        .add("lastName", last)
        .add("email", "user" + index + "." + id.toLowerCase(Locale.ROOT) + "@example.com")
        .add("phone", "+1205555%04d".formatted(200 + index))
        .add("extension", "")
        .add(
            "permissions",
            JsonText.object().add("contactsEnabled", true).add("opportunitiesEnabled", true))
        .add("scopes", "contacts.write")
        .add(
            "roles",
            JsonText.object()
                .add("type", "account")
                .add("role", index == 0 ? "admin" : "user")
                .add("locationIds", JsonText.array().add(locationId))
                .add("restrictSubAccount", false))
        .add("deleted", false)
        .add("platformLanguage", "en_US")
        .build();
  }

  private JsonObject contact(Chance chance, int index, List<String> userIds) {
    Instant added = FIRST_DAY.plusMillis(chance.below(SPAN.toMillis()));
    String first = chance.pick(FIRST_NAMES);
    String last = chance.pick(LAST_NAMES);
    JsonObjectBuilder contact =
        JsonText.object()
            .add("id", chance.id())
            .add("locationId", locationId)
            .add("firstName", first)
            .add("lastName", last)
            .add("name", first + " " + last)
            .add("type", "lead")
            .add("dnd", chance.below(25) == 0)
            .add("country", country)
            .add("dateAdded", IsoTime.of(added))
            .add("dateUpdated", IsoTime.of(added.plusSeconds(chance.below(30 * 86_400L))));
    addReachability(contact, chance, index, first, last);
    addAddress(contact, chance);
    addBusiness(contact, chance, last);
    if (!userIds.isEmpty() && chance.percent(30)) {
      contact.add("assignedTo", chance.pick(userIds));
    }
    contact.add("tags", tags(chance));
    contact.add("customFields", customFields(chance));
    return contact.build();
  }

  private static void addReachability(
      JsonObjectBuilder contact, Chance chance, int index, String first, String last) {
    if (chance.percent(85)) {
      String who = (first + "." + last).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
      contact.add("email", who + "." + index + "@example.com");
    }
    if (chance.percent(75)) {
      // Exchange and line come from the index, so no two contacts share a number.
      int exchange = 200 + index / 10_000 % 700;
      String area = chance.pick(AREA_CODES);
      contact.add("phone", "+1%s%03d%04d".formatted(area, exchange, index % 10_000));
    }
  }

  private static void addAddress(JsonObjectBuilder contact, Chance chance) {
    if (chance.percent(60)) {
      List<String> city = chance.pick(CITIES);
      contact
          .add("address1", (1 + chance.below(9999)) + " " + chance.pick(STREETS))
          .add("city", city.get(0))
          .add("state", city.get(1))
          .add("postalCode", city.get(2));
    }
    if (chance.percent(20)) {
      contact.add(
          "dateOfBirth", LocalDate.of(1950, 1, 1).plusDays(chance.below(55 * 365)).toString());
    }
  }

  private static void addBusiness(JsonObjectBuilder contact, Chance chance, String last) {
    if (chance.percent(80)) {
      contact.add("source", chance.pick(SOURCES));
    }
    if (chance.percent(25)) {
      contact.add("companyName", last + " & Sons").add("website", "https://www.example.com/");
    }
    if (chance.percent(15)) {
      contact.add("timezone", "America/Chicago");
    }
    if (chance.percent(10)) {
      contact.add(
          "dndSettings",
          JsonText.object()
              .add("SMS", JsonText.object().add("status", "active").add("message", "asked us")));
    }
  }

  private static JsonArrayBuilder tags(Chance chance) {
    JsonArrayBuilder tags = JsonText.array();
    TAGS.stream().filter(tag -> chance.percent(20)).forEach(tags::add);
    return tags;
  }

  private JsonArrayBuilder customFields(Chance chance) {
    JsonArrayBuilder fields = JsonText.array();
    for (String field : FIELDS) {
      if (chance.percent(30)) {
        fields.add(
            JsonText.object()
                .add("id", fieldId(seeding, field))
                .add("value", field + " " + chance.below(100)));
      }
    }
    return fields;
  }
}
