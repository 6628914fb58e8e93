package com.lpai.architecture.campaign;

import com.lpai.architecture.system.HttpCalls.Answer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One person at work on both sides of a location, with contacts of their own, so that it is known
 * what each must hold: {@code city} is edited here only, {@code state} there only; the rest by
 * both.
 */
final class Worker {
  private final String locationId;
  private final String name;
  private final Random random;
  private final Persistent here;
  private final Persistent there;
  private final Findings findings;
  private final List<ContactUnderTest> contacts = new ArrayList<>();
  private final Set<String> deleted = new HashSet<>();
  private final Map<String, Integer> done = new TreeMap<>();
  private int number;

  Worker(
      String locationId,
      String name,
      long seed,
      Persistent here,
      Persistent there,
      Findings findings) {
    this.locationId = locationId;
    this.name = name;
    this.random = new Random(seed);
    this.here = here;
    this.there = there;
    this.findings = findings;
  }

  void takes(ContactUnderTest contact) {
    contacts.add(contact);
  }

  String locationId() {
    return locationId;
  }

  List<ContactUnderTest> contacts() {
    return contacts;
  }

  /** Names of contacts that no side may have any more. */
  Set<String> deleted() {
    return deleted;
  }

  /** What was acknowledged, by kind. */
  Map<String, Integer> done() {
    return done;
  }

  /** One change, until it is acknowledged. */
  void work() {
    number++;
    int choice = random.nextInt(100);
    ContactUnderTest contact = contacts.get(random.nextInt(contacts.size()));
    if (choice < 32) {
      editCityHere(contact);
    } else if (choice < 54) {
      editStateThere(contact);
    } else if (choice < 62) {
      editOnBothSides(contact);
    } else if (choice < 70) {
      tagHere(contact);
    } else if (choice < 77) {
      tagThere(contact);
    } else if (choice < 88) {
      createHere();
    } else if (choice < 94) {
      createThere();
    } else if (choice < 98) {
      deleteHere(contact);
    } else {
      deleteThere(contact);
    }
  }

  private String path(ContactUnderTest contact) {
    return contactsPath() + "/" + contact.id();
  }

  private String contactsPath() {
    return "/api/locations/" + locationId + "/contacts";
  }

  private static JsonObject object(String field, String value) {
    return Json.createObjectBuilder().add(field, value).build();
  }

  private boolean patch(ContactUnderTest contact, JsonObject change) {
    Answer answer = here.untilAnswered(calls -> calls.patch(path(contact), change));
    return expect(answer, 200, "PATCH of " + contact.name());
  }

  private boolean put(ContactUnderTest contact, JsonObject change) {
    Answer answer = there.untilAnswered(calls -> calls.put("/contacts/" + contact.ghlId(), change));
    return expect(answer, 200, "PUT of " + contact.name());
  }

  private boolean expect(Answer answer, int status, String what) {
    if (answer.status() == status) {
      return true;
    }
    findings.add(
        locationId + ": " + what + " was answered " + answer.status() + " " + answer.body());
    return false;
  }

  private void did(String what) {
    done.merge(what, 1, Integer::sum);
  }

  private void editCityHere(ContactUnderTest contact) {
    String city = "City " + name + "." + number;
    if (contact.isKnownHere() && patch(contact, object("city", city))) {
      contact.cityIs(city);
      did("edits here");
    }
  }

  private void editStateThere(ContactUnderTest contact) {
    String state = "State " + name + "." + number;
    if (knownThere(contact) && put(contact, object("state", state))) {
      contact.stateIs(state);
      did("edits there");
    }
  }

  private void editOnBothSides(ContactUnderTest contact) {
    if (contact.isKnownHere()
        && knownThere(contact)
        && patch(contact, object("address1", "Here " + number))
        && put(contact, object("address1", "There " + number))) {
      did("edits of one field on both sides");
    }
  }

  private void tagHere(ContactUnderTest contact) {
    JsonArray tags =
        Json.createArrayBuilder().add("t" + random.nextInt(5)).add("u" + random.nextInt(5)).build();
    JsonObject change = Json.createObjectBuilder().add("tags", tags).build();
    if (contact.isKnownHere() && patch(contact, change)) {
      did("tags here");
    }
  }

  private void tagThere(ContactUnderTest contact) {
    JsonArray tags = Json.createArrayBuilder().add("g" + random.nextInt(5)).build();
    JsonObject change = Json.createObjectBuilder().add("tags", tags).build();
    if (knownThere(contact)) {
      Answer answer =
          there.untilAnswered(
              calls -> calls.post("/contacts/" + contact.ghlId() + "/tags", change));
      if (expect(answer, 201, "tagging of " + contact.name())) {
        did("tags there");
      }
    }
  }

  private String newEmail() {
    return "%s.%d@example.com".formatted(name, number);
  }

  /** A create without an answer is looked up before it is made again. */
  private void createHere() {
    String email = newEmail();
    JsonObject contact =
        Json.createObjectBuilder().add("firstName", "New " + number).add("email", email).build();
    while (true) {
      Optional<Answer> answer = here.once(calls -> calls.post(contactsPath(), contact));
      if (answer.isPresent()) {
        if (expect(answer.get(), 201, "POST of " + email)) {
          contacts.add(new ContactUnderTest(answer.get().json().getString("id"), "", email));
          did("creates here");
        }
        return;
      }
      here.pause();
      List<JsonObject> found = lookUp(email);
      if (!found.isEmpty()) {
        contacts.add(new ContactUnderTest(found.getFirst().getString("id"), "", email));
        did("creates here");
        return;
      }
    }
  }

  private List<JsonObject> lookUp(String email) {
    return here.untilAnswered(calls -> calls.get(contactsPath() + "?email=" + email))
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  /** GoHighLevel refuses a second contact of one address and names the first. */
  private void createThere() {
    String email = newEmail();
    JsonObject contact =
        Json.createObjectBuilder()
            .add("locationId", locationId)
            .add("firstName", "Crm " + number)
            .add("email", email)
            .build();
    Answer answer = there.untilAnswered(calls -> calls.post("/contacts/", contact));
    JsonObject body = answer.json();
    if (answer.status() == 400 && body.containsKey("meta")) {
      String ghlId = body.getJsonObject("meta").getString("contactId");
      contacts.add(new ContactUnderTest("", ghlId, email));
      did("creates there");
    } else if (expect(answer, 201, "POST there of " + email)) {
      String ghlId = body.getJsonObject("contact").getString("id");
      contacts.add(new ContactUnderTest("", ghlId, email));
      did("creates there");
    }
  }

  private void deleteHere(ContactUnderTest contact) {
    if (!contact.isKnownHere()) {
      return;
    }
    Answer answer = here.untilAnswered(calls -> calls.delete(path(contact)));
    if (answer.status() == 204 || answer.status() == 404) {
      gone(contact);
      did("deletes here");
    } else {
      expect(answer, 204, "DELETE of " + contact.name());
    }
  }

  /** Of contacts that nobody edits here: what is edited here and deleted there is for a person. */
  private void deleteThere(ContactUnderTest contact) {
    if (contact.isKnownHere()) {
      return;
    }
    Answer answer = there.untilAnswered(calls -> calls.delete("/contacts/" + contact.ghlId()));
    if (answer.status() == 200 || answer.status() == 404) {
      gone(contact);
      did("deletes there");
    } else {
      expect(answer, 200, "DELETE there of " + contact.name());
    }
  }

  private void gone(ContactUnderTest contact) {
    contacts.remove(contact);
    deleted.add(contact.name());
  }

  /** Whether GoHighLevel has it; a contact made here is there a little later. */
  private boolean knownThere(ContactUnderTest contact) {
    if (!contact.isKnownThere()) {
      JsonObject shown = here.untilAnswered(calls -> calls.get(path(contact))).json();
      contact.isAlso(shown.getString("ghlContactId", ""));
    }
    return contact.isKnownThere();
  }
}
