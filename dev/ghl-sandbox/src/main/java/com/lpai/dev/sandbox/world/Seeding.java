package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fills a location with people. The same location id and seed always give the same ones.
 *
 * @param timezone IANA name
 * @param country ISO 3166 alpha-2
 */
public record Seeding(
    String locationId,
    String companyId,
    String name,
    String timezone,
    String country,
    boolean allowDuplicateContact,
    int users,
    int contacts,
    long seed) {
  private static final Instant FIRST_DAY = Instant.parse("2024-01-02T08:00:00Z");
  private static final Duration SPAN = Duration.ofDays(900);
  private static final List<String> FIRST_NAMES =
      List.of(
          "Maria", "James", "Aisha", "Wei", "José", "Zoë", "Łukasz", "Priya", "Noah", "Fatima",
          "Olivia", "Mateo", "Ingrid", "Kwame", "Søren", "Hannah", "Diego", "Yuki", "Émile",
          "Grace", "Ahmed", "Chloe", "Ivan", "Leila", "Patrick", "Nadia", "Samuel", "Rosa");
  private static final List<String> LAST_NAMES =
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
  private static final List<String> SOURCES =
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
  private static final List<String> FIELDS = List.of("boiler model", "preferred day", "roof age");

  /** A location in the United States with three users and no contacts. */
  public static Seeding of(String locationId) {
    return new Seeding(
        locationId,
        "sandboxCompany",
        "Location " + locationId,
        "America/Chicago",
        "US",
        false,
        3,
        0,
        1);
  }

  public Seeding withContacts(int count, long withSeed) {
    return new Seeding(
        locationId,
        companyId,
        name,
        timezone,
        country,
        allowDuplicateContact,
        users,
        count,
        withSeed);
  }

  public Seeding withUsers(int count) {
    return new Seeding(
        locationId,
        companyId,
        name,
        timezone,
        country,
        allowDuplicateContact,
        count,
        contacts,
        seed);
  }

  public Seeding ofCompany(String newCompanyId) {
    return new Seeding(
        locationId,
        newCompanyId,
        name,
        timezone,
        country,
        allowDuplicateContact,
        users,
        contacts,
        seed);
  }

  public Seeding withName(String newName) {
    return new Seeding(
        locationId,
        companyId,
        newName,
        timezone,
        country,
        allowDuplicateContact,
        users,
        contacts,
        seed);
  }

  public Seeding allowingDuplicateContacts() {
    return new Seeding(locationId, companyId, name, timezone, country, true, users, contacts, seed);
  }

  /** Writes location, users and contacts. */
  void into(World world) {
    world.putLocation(location());
    SplittableRandom random = random("users");
    List<String> userIds =
        IntStream.range(0, users)
            .mapToObj(index -> user(random, index))
            .map(
                user -> {
                  world.putUser(user);
                  return user.getString("id");
                })
            .toList();
    SplittableRandom people = random("contacts");
    ContactBook book = world.contacts().of(locationId);
    for (int i = 0; i < contacts; i++) {
      book.put(Contact.of(contact(people, i, userIds)));
    }
  }

  private SplittableRandom random(String what) {
    long hash = seed;
    for (char letter : (what + "/" + locationId).toCharArray()) {
      hash = hash * 1_000_003 + letter;
    }
    return new SplittableRandom(hash);
  }

  private JsonObject location() {
    String host = locationId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    JsonObject settings =
        JsonText.object()
            .add("allowDuplicateContact", allowDuplicateContact)
            .add("allowDuplicateOpportunity", false)
            .add("allowFacebookNameMerge", false)
            .add("disableContactTimezone", false)
            .build();
    return JsonText.object()
        .add("id", locationId)
        .add("companyId", companyId)
        .add("name", name)
        .add("address", "3535 1st St N")
        .add("city", "Dolomite")
        .add("state", "AL")
        .add("country", country)
        .add("postalCode", "35061")
        .add("website", "https://" + host + ".example.com")
        .add("timezone", timezone)
        .add("email", "office@" + host + ".example.com")
        .add("phone", "+12055550100")
        .add(
            "business",
            JsonText.object().add("name", name).add("country", country).add("timezone", timezone))
        .add("social", JsonText.object())
        .add("settings", settings)
        .add("reseller", JsonText.object())
        .build();
  }

  private JsonObject user(SplittableRandom random, int index) {
    String id = Ids.from(random);
    String first = pick(random, FIRST_NAMES);
    String last = pick(random, LAST_NAMES);
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

  private JsonObject contact(SplittableRandom random, int index, List<String> userIds) {
    Instant added = FIRST_DAY.plusMillis(random.nextLong(SPAN.toMillis()));
    String first = pick(random, FIRST_NAMES);
    String last = pick(random, LAST_NAMES);
    JsonObjectBuilder contact =
        JsonText.object()
            .add("id", Ids.from(random))
            .add("locationId", locationId)
            .add("firstName", first)
            .add("lastName", last)
            .add("name", first + " " + last)
            .add("type", "lead")
            .add("dnd", random.nextInt(25) == 0)
            .add("country", country)
            .add("dateAdded", IsoTime.of(added))
            .add("dateUpdated", IsoTime.of(added.plusSeconds(random.nextLong(30 * 86_400L))));
    addReachability(contact, random, index, first, last);
    addAddress(contact, random);
    addBusiness(contact, random, last);
    if (!userIds.isEmpty() && random.nextInt(100) < 30) {
      contact.add("assignedTo", pick(random, userIds));
    }
    contact.add("tags", tags(random));
    contact.add("customFields", customFields(random));
    return contact.build();
  }

  private static void addReachability(
      JsonObjectBuilder contact, SplittableRandom random, int index, String first, String last) {
    if (random.nextInt(100) < 85) {
      String who = (first + "." + last).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
      contact.add("email", who + "." + index + "@example.com");
    }
    if (random.nextInt(100) < 75) {
      // Exchange and line come from the index, so no two contacts share a number.
      int exchange = 200 + index / 10_000 % 700;
      String area = pick(random, AREA_CODES);
      contact.add("phone", "+1%s%03d%04d".formatted(area, exchange, index % 10_000));
    }
  }

  private static void addAddress(JsonObjectBuilder contact, SplittableRandom random) {
    if (random.nextInt(100) < 60) {
      List<String> city = pick(random, CITIES);
      contact
          .add("address1", (1 + random.nextInt(9999)) + " " + pick(random, STREETS))
          .add("city", city.get(0))
          .add("state", city.get(1))
          .add("postalCode", city.get(2));
    }
    if (random.nextInt(100) < 20) {
      contact.add(
          "dateOfBirth", LocalDate.of(1950, 1, 1).plusDays(random.nextInt(55 * 365)).toString());
    }
  }

  private static void addBusiness(JsonObjectBuilder contact, SplittableRandom random, String last) {
    if (random.nextInt(100) < 80) {
      contact.add("source", pick(random, SOURCES));
    }
    if (random.nextInt(100) < 25) {
      contact.add("companyName", last + " & Sons").add("website", "https://www.example.com/");
    }
    if (random.nextInt(100) < 15) {
      contact.add("timezone", "America/Chicago");
    }
    if (random.nextInt(100) < 10) {
      contact.add(
          "dndSettings",
          JsonText.object()
              .add("SMS", JsonText.object().add("status", "active").add("message", "asked us")));
    }
  }

  private static JsonArrayBuilder tags(SplittableRandom random) {
    JsonArrayBuilder tags = JsonText.array();
    TAGS.stream().filter(tag -> random.nextInt(100) < 20).forEach(tags::add);
    return tags;
  }

  private JsonArrayBuilder customFields(SplittableRandom random) {
    JsonArrayBuilder fields = JsonText.array();
    for (String field : FIELDS) {
      if (random.nextInt(100) < 30) {
        fields.add(
            JsonText.object()
                .add("id", Ids.from(random(field)))
                .add("value", field + " " + random.nextInt(100)));
      }
    }
    return fields;
  }

  private static <T> T pick(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
