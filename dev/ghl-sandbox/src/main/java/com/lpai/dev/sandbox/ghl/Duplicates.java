package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.Book;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which contacts are the same person (ghl-facts.md 3.1). A location allows duplicates or not; if
 * not, what tells contacts apart is set there, in an order of priority.
 */
final class Duplicates {
  private static final List<String> WHERE_ALLOWED = List.of("email", "phone");

  /** A contact, and by which field it is the same. */
  record Twin(Item contact, String matchingField) {}

  private final World world;

  Duplicates(World world) {
    this.world = world;
  }

  boolean areAllowed(String locationId) {
    return world
        .location(locationId)
        .map(it -> it.getJsonObject("settings").getBoolean("allowDuplicateContact", false))
        .orElse(false);
  }

  /** What the duplicate search finds. */
  Optional<Twin> find(
      Book book, String locationId, Optional<String> email, Optional<String> phone) {
    Map<String, String> known = new LinkedHashMap<>();
    email.ifPresent(it -> known.put("email", it));
    phone.ifPresent(it -> known.put("phone", it));
    boolean lags = world.settings().get(Settings.DUPLICATE_SEARCH_LAGS);
    return fields(locationId).stream()
        .filter(known::containsKey)
        .flatMap(
            field ->
                (lags
                        ? indexed(book, field, known.getOrDefault(field, ""))
                        : stored(book, field, known.getOrDefault(field, "")))
                    .map(contact -> new Twin(contact, field)).stream())
        .findFirst();
  }

  /** The contact that an upsert updates. */
  Optional<Item> toUpdate(Book book, Item wanted) {
    return fields(wanted.locationId()).stream()
        .flatMap(field -> wanted.text(field).flatMap(it -> stored(book, field, it)).stream())
        .findFirst();
  }

  /** The input of an upsert without what tells another contact apart: that is ignored silently. */
  Map<String, JsonValue> withoutForeign(Book book, Item contact, Map<String, JsonValue> input) {
    if (areAllowed(contact.locationId())) {
      return input;
    }
    Map<String, JsonValue> own = new LinkedHashMap<>(input);
    for (String field : fields(contact.locationId())) {
      boolean foreign =
          input.get(field) instanceof JsonString text
              && others(book, contact, field, text.getString()).findAny().isPresent();
      if (foreign) {
        own.remove(field);
      }
    }
    return own;
  }

  /** Refuses what would be a second contact for one person, where that is not allowed. */
  void refuse(Book book, Item contact, Set<String> sent) {
    if (areAllowed(contact.locationId())) {
      return;
    }
    Optional<Twin> twin =
        fields(contact.locationId()).stream()
            .filter(sent::contains)
            .flatMap(field -> twins(book, contact, field))
            .findFirst();
    if (twin.isPresent()) {
      throw new Refused(refusal(twin.get()));
    }
  }

  private static Stream<Twin> twins(Book book, Item contact, String field) {
    return contact.text(field).stream()
        .flatMap(value -> others(book, contact, field, value))
        .map(other -> new Twin(other, field));
  }

  private static Stream<Item> others(Book book, Item contact, String field, String value) {
    List<Item> found = book.allBy(field, value);
    boolean hasItAlready = found.stream().anyMatch(it -> it.id().equals(contact.id()));
    return hasItAlready ? Stream.empty() : found.stream();
  }

  private List<String> fields(String locationId) {
    return areAllowed(locationId)
        ? WHERE_ALLOWED
        : List.of(world.settings().get(Settings.UNIQUE_BY).split(",", -1));
  }

  private static Optional<Item> stored(Book book, String field, String value) {
    return book.allBy(field, value).stream().findFirst();
  }

  private static Optional<Item> indexed(Book book, String field, String value) {
    return book.search(
        contacts ->
            contacts.stream()
                .filter(it -> it.text(field).map(value::equals).orElse(false))
                .findFirst());
  }

  private static Reply refusal(Twin twin) {
    return Reply.json(
        400,
        JsonText.object()
            .add("statusCode", 400)
            .add("message", "This location does not allow duplicated contacts.")
            .add(
                "meta",
                JsonText.object()
                    .add("contactId", twin.contact().id())
                    .add("contactName", twin.contact().text("name").orElse(""))
                    .add("matchingField", twin.matchingField()))
            .build());
  }
}
