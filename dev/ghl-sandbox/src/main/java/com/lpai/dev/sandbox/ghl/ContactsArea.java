package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.webhook.Webhooks;
import com.lpai.dev.sandbox.world.Contact;
import com.lpai.dev.sandbox.world.ContactBook;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Contacts (ghl-facts.md 3.1). */
final class ContactsArea implements GhlArea {
  private static final String READ = "contacts.readonly";
  private static final String WRITE = "contacts.write";
  private static final String VERSION = "2021-07-28";
  private static final Set<String> TAG_FIELDS = Set.of("tags");
  private static final Set<String> DND_FIELDS = Set.of("dnd", "dndSettings", "inboundDndSettings");

  private record Change(Contact before, Contact after) {}

  private final World world;
  private final Webhooks webhooks;

  ContactsArea(World world, Webhooks webhooks) {
    this.world = world;
    this.webhooks = webhooks;
  }

  @Override
  public List<Endpoint> endpoints() {
    String one = "/contacts/{contactId}";
    String tags = "/contacts/{contactId}/tags";
    return List.of(
        new Gated("POST", "/contacts/search", READ, VERSION, Access.LOCATION, this::search),
        new Gated(
            "GET", "/contacts/search/duplicate", READ, VERSION, Access.LOCATION, this::duplicate),
        new Gated("POST", "/contacts/", WRITE, VERSION, Access.LOCATION, this::create),
        new Gated("GET", one, READ, VERSION, Access.LOCATION, this::get),
        new Gated("PUT", one, WRITE, VERSION, Access.LOCATION, this::update),
        new Gated("DELETE", one, WRITE, VERSION, Access.LOCATION, this::delete),
        new Gated("POST", tags, WRITE, VERSION, Access.LOCATION, call -> tag(call, 201, true)),
        new Gated("DELETE", tags, WRITE, VERSION, Access.LOCATION, call -> tag(call, 200, false)));
  }

  private Reply search(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    return ContactSearch.of(body)
        .run(book(call), world.settings().get(Settings.LOWER_CASE_NAMES_IN_SEARCH));
  }

  private Reply duplicate(Call call) {
    call.allowQuery(Set.of("locationId", "number", "email"));
    Optional<String> locationId = call.request().queryValue("locationId");
    if (locationId.isEmpty()) {
      return Errors.unprocessable(
          List.of("locationId should not be empty", "locationId must be a string"));
    }
    call.requireLocation(locationId.get());
    Optional<String> email = call.request().queryValue("email").map(ContactsArea::email);
    Optional<String> phone =
        call.request().queryValue("number").flatMap(it -> PhoneForm.normalised(it, country(call)));
    JsonValue found =
        twin(book(call), email, phone)
            .map(it -> (JsonValue) ContactViews.detail(it.contact()))
            .orElse(JsonValue.NULL);
    return Reply.json(200, JsonText.object().add("contact", found).build());
  }

  private Reply create(Call call) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    JsonText.text(body, "locationId").filter(it -> !it.isEmpty()).ifPresent(call::requireLocation);
    Map<String, JsonValue> input = ContactInput.ofCreate(body, country(call));
    ContactBook book = book(call);
    Contact contact =
        book.exclusively(
            () -> {
              Contact created =
                  ContactEdit.created(
                      Ids.random(), call.grant().locationId(), input, world.clock().instant());
              refuseTwin(book, created, input.keySet());
              book.put(created);
              return created;
            });
    webhooks.happened("ContactCreate", contact.locationId(), ContactViews.webhook(contact));
    return Reply.json(201, JsonText.object().add("contact", ContactViews.created(contact)).build());
  }

  private Reply get(Call call) {
    call.allowQuery(Set.of());
    return Reply.json(
        200, JsonText.object().add("contact", ContactViews.detail(existing(call))).build());
  }

  private Reply update(Call call) {
    call.allowQuery(Set.of());
    Map<String, JsonValue> input = ContactInput.ofUpdate(call.body(), country(call));
    ContactBook book = book(call);
    Change change =
        book.exclusively(
            () -> {
              Contact before = existing(call);
              Contact after = ContactEdit.updated(before, input, world.clock().instant());
              refuseTwin(book, after, input.keySet());
              book.put(after);
              return new Change(before, after);
            });
    announce(change);
    return Reply.json(
        200,
        JsonText.object()
            .add("succeded", true)
            .add("contact", ContactViews.detail(change.after()))
            .build());
  }

  private Reply delete(Call call) {
    call.allowQuery(Set.of());
    ContactBook book = book(call);
    Contact gone =
        book.exclusively(
            () -> {
              Contact contact = existing(call);
              book.remove(contact);
              return contact;
            });
    webhooks.happened("ContactDelete", gone.locationId(), ContactViews.webhook(gone));
    return Reply.json(200, JsonText.object().add("succeded", true).build());
  }

  private Reply tag(Call call, int status, boolean add) {
    call.allowQuery(Set.of());
    JsonObject body = call.body();
    List<String> unknown =
        body.keySet().stream()
            .filter(name -> !name.equals("tags"))
            .map(name -> "property " + name + " should not exist")
            .toList();
    Errors.refuseIfAny(unknown);
    JsonValue given = body.getOrDefault("tags", JsonValue.NULL);
    Errors.refuseIfAny(ContactInput.tagComplaints(given));
    ContactBook book = book(call);
    Change change =
        book.exclusively(
            () -> {
              Contact before = existing(call);
              JsonArray tags = changedTags(before, given.asJsonArray(), add);
              Contact after =
                  ContactEdit.updated(before, Map.of("tags", tags), world.clock().instant());
              book.put(after);
              return new Change(before, after);
            });
    announce(change);
    return Reply.json(
        status, JsonText.object().add("tags", change.after().json().getJsonArray("tags")).build());
  }

  private static JsonArray changedTags(Contact contact, JsonArray given, boolean add) {
    Set<String> tags = new LinkedHashSet<>();
    contact
        .json()
        .getJsonArray("tags")
        .getValuesAs(JsonString.class)
        .forEach(tag -> tags.add(tag.getString()));
    for (JsonString tag : given.getValuesAs(JsonString.class)) {
      if (add) {
        tags.add(tag.getString());
      } else {
        tags.remove(tag.getString());
      }
    }
    return JsonText.array(tags).build();
  }

  /** One change may be several events (ghl-facts.md 6.5); a change of nothing is none. */
  private void announce(Change change) {
    Contact after = change.after();
    Set<String> changed = new LinkedHashSet<>(after.json().keySet());
    changed.addAll(change.before().json().keySet());
    changed.remove("dateUpdated");
    changed.removeIf(
        name -> Objects.equals(change.before().json().get(name), after.json().get(name)));
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

  private Contact existing(Call call) {
    String id = call.variable("contactId");
    Optional<Contact> found = book(call).find(id);
    if (found.isPresent()) {
      return found.get();
    }
    if (world.contacts().findAnywhere(id).isPresent()) {
      throw new Refused(Errors.forbidden());
    }
    throw new Refused(
        Errors.notFound(
            world.settings().get(Settings.NOT_FOUND_STATUS),
            "Contact with id " + id + " not found"));
  }

  private record Twin(Contact contact, String matchingField) {}

  private static Optional<Twin> twin(
      ContactBook book, Optional<String> email, Optional<String> phone) {
    return email
        .flatMap(book::findByEmail)
        .map(it -> new Twin(it, "email"))
        .or(() -> phone.flatMap(book::findByPhone).map(it -> new Twin(it, "phone")));
  }

  private void refuseTwin(ContactBook book, Contact contact, Set<String> sent) {
    boolean allowed =
        world
            .location(contact.locationId())
            .map(it -> it.getJsonObject("settings").getBoolean("allowDuplicateContact", false))
            .orElse(false);
    if (allowed) {
      return;
    }
    Optional<String> email = contact.text("email").filter(it -> sent.contains("email"));
    Optional<String> phone = contact.text("phone").filter(it -> sent.contains("phone"));
    boolean emailIsOwn =
        email.flatMap(book::findByEmail).filter(it -> isSame(it, contact)).isPresent();
    boolean phoneIsOwn =
        phone.flatMap(book::findByPhone).filter(it -> isSame(it, contact)).isPresent();
    Optional<Twin> twin =
        twin(book, email.filter(it -> !emailIsOwn), phone.filter(it -> !phoneIsOwn));
    if (twin.isPresent()) {
      throw new Refused(duplicateRefused(twin.get()));
    }
  }

  private static boolean isSame(Contact left, Contact right) {
    return left.id().equals(right.id());
  }

  private static Reply duplicateRefused(Twin twin) {
    return Reply.json(
        400,
        JsonText.object()
            .add("statusCode", 400)
            .add("message", "This location does not allow duplicated contacts.")
            .add(
                "meta",
                JsonText.object()
                    .add("contactId", twin.contact().id())
                    .add("contactName", twin.contact().displayName())
                    .add("matchingField", twin.matchingField()))
            .build());
  }

  private ContactBook book(Call call) {
    return world.contacts().of(call.grant().locationId());
  }

  private String country(Call call) {
    return world
        .location(call.grant().locationId())
        .flatMap(it -> JsonText.text(it, "country"))
        .orElse("US");
  }

  private static String email(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
