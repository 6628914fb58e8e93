package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a location. The same location id and seed always give the same; how many there are of one
 * kind changes nothing about another that does not refer to it.
 *
 * @param counts how many of each kind; a kind left out has its usual number
 */
public record Seeding(Place place, int users, Map<Kind, Integer> counts, long seed) {
  /** What a location has when nothing is asked for. */
  private static final Map<Kind, Integer> USUAL =
      Map.of(
          Kind.PIPELINES,
          2,
          Kind.LOST_REASONS,
          3,
          Kind.CUSTOM_FIELDS,
          8,
          Kind.CUSTOM_VALUES,
          3,
          Kind.CALENDARS,
          2);

  /**
   * The location itself.
   *
   * @param timezone IANA name
   * @param country ISO 3166 alpha-2
   */
  public record Place(
      String locationId,
      String companyId,
      String name,
      String timezone,
      String country,
      boolean allowDuplicateContact,
      boolean allowDuplicateOpportunity) {

    /** A location in the United States that allows no duplicates. */
    public static Place of(String locationId) {
      return new Place(
          locationId,
          "sandboxCompany",
          "Location " + locationId,
          "America/Chicago",
          "US",
          false,
          false);
    }
  }

  /**
   * @throws IllegalArgumentException when there are not enough records to refer to
   */
  public Seeding {
    counts = Map.copyOf(counts);
    long deals = count(counts, Kind.OPPORTUNITIES);
    long homes = (long) count(counts, Kind.CONTACTS) * count(counts, Kind.PIPELINES);
    if (deals > 0 && (homes == 0 || (deals > homes && !place.allowDuplicateOpportunity()))) {
      throw new IllegalArgumentException(
          "opportunities must be at most contacts times pipelines: the location does not allow"
              + " duplicates");
    }
    boolean events = count(counts, Kind.APPOINTMENTS) > 0 || count(counts, Kind.BLOCKED_SLOTS) > 0;
    if (events && count(counts, Kind.CALENDARS) == 0) {
      throw new IllegalArgumentException("appointments and blockedSlots need calendars");
    }
    if (count(counts, Kind.CONVERSATIONS) > count(counts, Kind.CONTACTS)) {
      throw new IllegalArgumentException("conversations must be at most contacts");
    }
    if (count(counts, Kind.MESSAGES) > 0 && count(counts, Kind.CONVERSATIONS) == 0) {
      throw new IllegalArgumentException("messages need conversations");
    }
  }

  /** Three users and nobody else. */
  public static Seeding of(String locationId) {
    return of(Place.of(locationId));
  }

  /** Three users and nobody else. */
  public static Seeding of(Place place) {
    return new Seeding(place, 3, Map.of(), 1);
  }

  public String locationId() {
    return place.locationId();
  }

  /** How many of a kind there will be. */
  public int count(Kind kind) {
    return count(counts, kind);
  }

  private static int count(Map<Kind, Integer> counts, Kind kind) {
    return Optional.ofNullable(counts.get(kind)).orElse(USUAL.getOrDefault(kind, 0));
  }

  public Seeding withContacts(int count, long withSeed) {
    return with(Kind.CONTACTS, count).withSeed(withSeed);
  }

  /** So many of a kind. */
  public Seeding with(Kind kind, int count) {
    Map<Kind, Integer> more = new EnumMap<>(Kind.class);
    more.putAll(counts);
    more.put(kind, count);
    return new Seeding(place, users, more, seed);
  }

  public Seeding withSeed(long newSeed) {
    return new Seeding(place, users, counts, newSeed);
  }

  public Seeding withUsers(int count) {
    return new Seeding(place, count, counts, seed);
  }

  public Seeding ofCompany(String companyId) {
    return at(
        new Place(
            place.locationId(),
            companyId,
            place.name(),
            place.timezone(),
            place.country(),
            place.allowDuplicateContact(),
            place.allowDuplicateOpportunity()));
  }

  public Seeding withName(String name) {
    return at(
        new Place(
            place.locationId(),
            place.companyId(),
            name,
            place.timezone(),
            place.country(),
            place.allowDuplicateContact(),
            place.allowDuplicateOpportunity()));
  }

  /** Several contacts may share an address, a contact may have several opportunities. */
  public Seeding allowingDuplicates() {
    return at(
        new Place(
            place.locationId(),
            place.companyId(),
            place.name(),
            place.timezone(),
            place.country(),
            true,
            true));
  }

  private Seeding at(Place newPlace) {
    return new Seeding(newPlace, users, counts, seed);
  }

  Chance chanceOf(String what) {
    return Chance.of(seed, what, locationId());
  }

  /** Writes all of it. */
  void into(World world) {
    world.putLocation(location());
    SeededPeople people = new SeededPeople(this);
    List<String> userIds = people.users(world);
    List<String> contactIds = people.contacts(world, userIds);
    new SeededFields(this).into(world);
    new SeededDeals(this).into(world, contactIds, userIds);
    new SeededDiary(this).into(world, contactIds, userIds);
    new SeededTalks(this).into(world, contactIds, userIds);
  }

  private JsonObject location() {
    String host = locationId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    JsonObject settings =
        JsonText.object()
            .add("allowDuplicateContact", place.allowDuplicateContact())
            .add("allowDuplicateOpportunity", place.allowDuplicateOpportunity())
            .add("allowFacebookNameMerge", false)
            .add("disableContactTimezone", false)
            .build();
    return JsonText.object()
        .add("id", locationId())
        .add("companyId", place.companyId())
        .add("name", place.name())
        .add("address", "3535 1st St N")
        .add("city", "Dolomite")
        .add("state", "AL")
        .add("country", place.country())
        .add("postalCode", "35061")
        .add("website", "https://" + host + ".example.com")
        .add("timezone", place.timezone())
        .add("email", "office@" + host + ".example.com")
        .add("phone", "+12055550100")
        .add("firstName", "Robin")
        .add("lastName", "Owner")
        .add("domain", host + ".example.com")
        .add("logoUrl", "https://" + host + ".example.com/logo.png")
        .add(
            "business",
            JsonText.object()
                .add("name", place.name())
                .add("address", "3535 1st St N")
                .add("city", "Dolomite")
                .add("state", "AL")
                .add("country", place.country())
                .add("postalCode", "35061")
                .add("website", "https://" + host + ".example.com")
                .add("timezone", place.timezone())
                .add("logoUrl", "https://" + host + ".example.com/logo.png"))
        .add("social", JsonText.object().add("facebookUrl", "https://facebook.example.com/" + host))
        .add("settings", settings)
        .add("reseller", JsonText.object())
        .build();
  }
}
