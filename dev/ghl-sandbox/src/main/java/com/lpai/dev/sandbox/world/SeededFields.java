package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes the custom fields of a seeding, those of people first, and its custom values. */
final class SeededFields {

  /** Of deals, one of each type that is read in a way of its own. */
  private record Field(String name, String dataType) {}

  private static final List<Field> OF_DEALS =
      List.of(
          new Field("Quote Number", "TEXT"),
          new Field("Install Date", "DATE"),
          new Field("Budget", "MONETORY"),
          new Field("Crew Size", "NUMERICAL"),
          new Field("Extras", "MULTIPLE_OPTIONS"));

  /** What can be chosen of a field with options. */
  static final List<String> OPTIONS = List.of("Warranty", "Removal", "Night shift");

  private static final List<String> VALUES = List.of("Owner Name", "Booking Link", "Slogan");

  private final Seeding seeding;

  SeededFields(Seeding seeding) {
    this.seeding = seeding;
  }

  void into(World world) {
    fields(world);
    values(world);
  }

  private void fields(World world) {
    Book book = world.of(Kind.CUSTOM_FIELDS, seeding.locationId());
    Stream<JsonObject> ofPeople =
        SeededPeople.FIELDS.stream()
            .map(
                name ->
                    field(SeededPeople.fieldId(seeding, name), name, "TEXT", "contact").build());
    Chance chance = seeding.chanceOf("customFields");
    Stream<JsonObject> ofDeals =
        OF_DEALS.stream()
            .map(it -> field(chance.id(), it.name(), it.dataType(), "opportunity").build());
    Stream<JsonObject> others =
        Stream.iterate(1, number -> number + 1)
            .map(
                number ->
                    field(
                            chance.id(),
                            "Extra Field " + number,
                            "TEXT",
                            number % 2 == 0 ? "contact" : "opportunity")
                        .build());
    List<JsonObject> made =
        Stream.concat(Stream.concat(ofPeople, ofDeals), others)
            .limit(seeding.count(Kind.CUSTOM_FIELDS))
            .toList();
    for (int i = 0; i < made.size(); i++) {
      book.putSettled(JsonText.object(made.get(i)).add("position", i * 50).build());
    }
  }

  private void values(World world) {
    Chance chance = seeding.chanceOf("customValues");
    Book book = world.of(Kind.CUSTOM_VALUES, seeding.locationId());
    for (int i = 0; i < seeding.count(Kind.CUSTOM_VALUES); i++) {
      String name = i < VALUES.size() ? VALUES.get(i) : "Value " + i;
      String key = name.toLowerCase(Locale.ROOT).replace(' ', '_');
      book.putSettled(
          JsonText.object()
              .add("id", chance.id())
              .add("name", name)
              .add("fieldKey", "{{ custom_values." + key + " }}")
              .add("value", name + " of " + seeding.place().name())
              .add("locationId", seeding.locationId())
              .build());
    }
  }

  /** The fields of deals that have values. */
  static List<JsonObject> ofDeals(World world, String locationId) {
    List<String> names = OF_DEALS.stream().map(Field::name).toList();
    List<JsonObject> found = new ArrayList<>();
    for (Item item : world.of(Kind.CUSTOM_FIELDS, locationId).all()) {
      JsonObject field = item.json();
      if (names.contains(field.getString("name"))) {
        found.add(field);
      }
    }
    return found;
  }

  private JsonObjectBuilder field(String id, String name, String dataType, String model) {
    JsonObjectBuilder field =
        JsonText.object()
            .add("id", id)
            .add("name", name)
            .add("fieldKey", model + "." + name.toLowerCase(Locale.ROOT).replace(' ', '_'))
            .add("placeholder", "")
            .add("dataType", dataType)
            .add("locationId", seeding.locationId())
            .add("model", model);
    return dataType.equals("MULTIPLE_OPTIONS")
        ? field.add("picklistOptions", JsonText.array(OPTIONS))
        : field;
  }
}
