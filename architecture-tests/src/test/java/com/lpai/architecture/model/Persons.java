package com.lpai.architecture.model;

import com.lpai.architecture.model.Tales.Side;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The persons of both sides: they do what the steps say, and what they did is noted. */
final class Persons {
  private final Sides sides;
  private final Here here;
  private final Ghl there;
  private final Tales tales;
  private final Consumer<String> story;
  private int addresses;

  /**
   * Of one location.
   *
   * @param story is told what they did, a line each
   */
  Persons(Sides sides, Consumer<String> story) {
    this.sides = sides;
    this.here = sides.here;
    this.there = sides.there;
    this.tales = sides.tales;
    this.story = story;
  }

  /**
   * Does a step.
   *
   * @param at what is done on our side is done through this process
   */
  void take(Hands at, Step.ByPerson step) {
    switch (step) {
      case Step.CreateHere(ModelKind kind, int contact, int value) ->
          createHere(at, kind, contact, value);
      case Step.EditHere(int which, ModelField field, int value) ->
          editHere(at, which, field, field.value(value));
      case Step.DeleteHere(ModelKind kind, int which) -> deleteHere(at, kind, which);
      case Step.RetryHere(ModelKind kind, int which) ->
          one(here.live(kind), which).ifPresent(record -> at.retry(kind, record));
      case Step.CreateThere(ModelKind kind, int contact, int value) ->
          createThere(kind, contact, value);
      case Step.EditThere(int which, ModelField field, int value) ->
          editThere(which, field, field.value(value));
      case Step.DeleteThere(ModelKind kind, int which) -> deleteThere(kind, which);
      case Step.CreateTwins(int value) -> createTwins(at, value);
    }
  }

  /**
   * Whoever is shown a failed record tries again; one that is to be checked, or is about a contact
   * that GoHighLevel says it does not have, is deleted here at last.
   */
  void goOn(Hands at, boolean hasTriedOften) {
    for (ModelKind kind : ModelKind.values()) {
      for (Mirrored<?, ?, ?> record : here.live(kind)) {
        if (record.sync().phase() != SyncPhase.FAILED) {
          continue;
        }
        story.accept("  failed " + record.id() + ": " + record.sync().problem());
        String problem = record.sync().problem();
        boolean isToBeDeleted =
            hasTriedOften
                && Stream.of("Please check", "Choose another one", "\"The contact ")
                    .anyMatch(problem::contains);
        if (isToBeDeleted) {
          tales.givenUp(kind);
          delete(at, kind, record);
        } else {
          at.retry(kind, record);
        }
      }
    }
  }

  // ---- here

  private void createHere(Hands at, ModelKind kind, int contact, int value) {
    String key = newAddress();
    switch (kind) {
      case CONTACT -> make(at, kind, Optional.empty(), newContact(key, value));
      case PROJECT ->
          one(here.live(ModelKind.CONTACT), contact)
              .ifPresent(about -> make(at, kind, Optional.of(idOf(about)), deal(key)));
      case APPOINTMENT ->
          one(here.live(ModelKind.CONTACT), contact)
              .ifPresent(about -> make(at, kind, Optional.of(idOf(about)), visit(key)));
    }
  }

  /** Where the process dies, what is stored tells what was done. */
  private void make(Hands at, ModelKind kind, Optional<ContactId> about, FieldChanges values) {
    Set<String> before = idsHere(kind);
    try {
      at.create(kind, about, values);
    } finally {
      for (Mirrored<?, ?, ?> record : here.live(kind)) {
        if (!before.contains(record.id().toString())) {
          made(kind, record);
        }
      }
    }
  }

  private Set<String> idsHere(ModelKind kind) {
    return here.live(kind).stream()
        .map(record -> record.id().toString())
        .collect(Collectors.toSet());
  }

  private FieldChanges newContact(String address, int value) {
    return FieldChanges.of(
            FieldName.of("firstName"), FieldValue.text(ModelField.FIRST_NAME.value(value)))
        .with(FieldName.of("email"), FieldValue.text(address));
  }

  private FieldChanges deal(String title) {
    return FieldChanges.of(FieldName.of("title"), FieldValue.text(title))
        .with(FieldName.of("pipelineId"), FieldValue.text(sides.word("pipeline")));
  }

  private FieldChanges visit(String title) {
    Instant start = sides.hour(addresses + 3);
    return FieldChanges.of(FieldName.of("title"), FieldValue.text(title))
        .with(FieldName.of("calendarId"), FieldValue.text(sides.word("calendar")))
        .with(FieldName.of("start"), new FieldValue.Moment(start))
        .with(FieldName.of("end"), new FieldValue.Moment(start.plus(Ghl.HOUR)));
  }

  private static ContactId idOf(Mirrored<?, ?, ?> contact) {
    return (ContactId) contact.id();
  }

  private void made(ModelKind kind, Mirrored<?, ?, ?> record) {
    String id = record.id().toString();
    tales.made(Side.HERE, kind, id);
    for (ModelField field : ModelField.of(kind)) {
      String value = sides.valueHere(record, field);
      if (!value.isEmpty() && isChosen(field)) {
        tales.edited(Side.HERE, kind, id, field.name(), value, "");
      }
    }
    story.accept("  made here " + id);
  }

  private void editHere(Hands at, int which, ModelField field, String symbol) {
    Optional<? extends Mirrored<?, ?, ?>> found = one(here.live(field.kind()), which);
    if (found.isEmpty()) {
      return;
    }
    Mirrored<?, ?, ?> record = found.get();
    String value = resolved(symbol);
    String before = sides.valueHere(record, field);
    FieldChanges changes = FieldChanges.of(sides.name(field), Sides.ours(field, value));
    if (field == ModelField.START) {
      Instant start = Instant.parse(value);
      changes = changes.with(FieldName.of("end"), new FieldValue.Moment(start.plus(Ghl.HOUR)));
    }
    FieldChanges wanted = changes;
    try {
      at.edit(field.kind(), record, wanted);
    } finally {
      String after =
          here.find(field.kind(), record.id().toString())
              .map(present -> sides.valueHere(present, field))
              .orElse(before);
      if (!before.equals(after)) {
        String id = record.id().toString();
        tales.edited(Side.HERE, field.kind(), id, field.name(), after, before);
        record.crmId().ifPresent(known -> tales.wasOf(field.kind(), id, known.toString()));
        story.accept("  here " + record.id() + " " + field + ": " + before + " -> " + after);
      }
    }
  }

  private void deleteHere(Hands at, ModelKind kind, int which) {
    one(here.live(kind), which)
        .filter(record -> kind != ModelKind.CONTACT || isAlone((ContactId) record.id()))
        .ifPresent(record -> delete(at, kind, record));
  }

  /** Nothing is about it, on either side: what becomes of that is another question. */
  private boolean isAlone(ContactId contact) {
    boolean hasRecords =
        Stream.concat(
                here.live(ModelKind.PROJECT).stream(), here.live(ModelKind.APPOINTMENT).stream())
            .map(record -> (AboutContact<?, ?, ?>) record)
            .anyMatch(record -> record.contact().contactId().equals(Optional.of(contact)));
    return !hasRecords
        && here.find(ModelKind.CONTACT, contact.toString())
            .flatMap(record -> record.crmId().map(Object::toString))
            .map(this::isAloneThere)
            .orElse(true);
  }

  private boolean isAloneThere(String contactId) {
    return Stream.of(ModelKind.PROJECT, ModelKind.APPOINTMENT)
        .flatMap(kind -> there.records(kind).values().stream())
        .noneMatch(record -> record.getString("contactId", "").equals(contactId));
  }

  private void delete(Hands at, ModelKind kind, Mirrored<?, ?, ?> record) {
    String id = record.id().toString();
    boolean mayBeThere = record.crmId().isEmpty() && record.sync().hasCallInFlight();
    try {
      at.delete(kind, record);
    } finally {
      if (here.find(kind, id).filter(Mirrored::isLive).isEmpty()) {
        tales.deleted(Side.HERE, kind, id);
        if (mayBeThere) {
          tales.deletedInDoubt(kind);
        }
        story.accept("  deleted here " + id);
      }
    }
  }

  // ---- there

  private void createThere(ModelKind kind, int contact, int value) {
    String key = newAddress();
    switch (kind) {
      case CONTACT -> madeThere(kind, personThere(key, value));
      case PROJECT ->
          one(List.copyOf(there.records(ModelKind.CONTACT).keySet()), contact)
              .ifPresent(about -> madeThere(kind, dealThere(key, about)));
      case APPOINTMENT ->
          one(List.copyOf(there.records(ModelKind.CONTACT).keySet()), contact)
              .ifPresent(about -> madeThere(kind, visitThere(key, about)));
    }
  }

  private static JsonObjectBuilder personThere(String address, int value) {
    return Json.createObjectBuilder()
        .add("firstName", ModelField.FIRST_NAME.value(value))
        .add("email", address);
  }

  private JsonObjectBuilder dealThere(String title, String contact) {
    return Json.createObjectBuilder()
        .add("name", title)
        .add("status", "open")
        .add("pipelineId", sides.word("pipeline"))
        .add("contactId", contact);
  }

  private JsonObjectBuilder visitThere(String title, String contact) {
    return Ghl.times(sides.hour(addresses + 3))
        .add("title", title)
        .add("calendarId", sides.word("calendar"))
        .add("contactId", contact);
  }

  private void madeThere(ModelKind kind, JsonObjectBuilder body) {
    Optional<String> made = there.create(kind, body);
    made.ifPresent(
        id -> {
          tales.made(Side.THERE, kind, id);
          JsonObject record = there.records(kind).get(id);
          for (ModelField field : ModelField.of(kind)) {
            String value = there.value(field, sides.ourName(field), record);
            if (!value.isEmpty() && isChosen(field)) {
              tales.edited(Side.THERE, kind, id, field.name(), value, "");
            } else {
              tales.chosenThere(kind, id, field.name(), value);
            }
          }
          story.accept("  made there " + id);
        });
  }

  /**
   * What a person says when making a record in the model. Nobody makes a project without a status
   * (GoHighLevel takes none): it is open where nothing else is said, which our create tells like
   * all else, so that it can meet another one set there (spec 6).
   */
  private static boolean isChosen(ModelField field) {
    return field == ModelField.FIRST_NAME
        || field == ModelField.EMAIL
        || field == ModelField.TITLE
        || field == ModelField.STATUS
        || field == ModelField.SUBJECT
        || field == ModelField.START;
  }

  private void editThere(int which, ModelField field, String symbol) {
    Map<String, JsonObject> records = there.records(field.kind());
    one(List.copyOf(records.keySet()), which)
        .filter(id -> !field.identifies() || isSettled(field.kind(), id))
        .ifPresent(
            id -> {
              String value = resolved(symbol);
              String before = there.value(field, sides.ourName(field), records.get(id));
              boolean wasInDoubt = isInDoubt(field, id);
              if (!before.equals(value) && there.edit(field, sides.ourName(field), id, value)) {
                tales.edited(Side.THERE, field.kind(), id, field.name(), value, before);
                if (isLinked(field.kind(), id)) {
                  tales.knownHere(field.kind(), id);
                }
                if (wasInDoubt || isInDoubt(field, id)) {
                  tales.duringDoubt(field.kind(), id);
                }
                story.accept("  there " + id + " " + field + ": " + before + " -> " + value);
              }
            });
  }

  /**
   * A create of unknown outcome is looked up by what identifies the record. Who changes that there,
   * or deletes the record, in the seconds before, hides it: GoHighLevel knows no key of ours by
   * which it could be found (spec 6). So nobody does in the model.
   */
  private boolean isSettled(ModelKind kind, String id) {
    return tales.wasMade(Side.THERE, kind, id)
        || linkedTo(kind, id)
            .anyMatch(record -> tales.wasMade(Side.HERE, kind, record.id().toString()));
  }

  /**
   * A call of ours that told the field is without an answer, perhaps the one that made the record.
   */
  private boolean isInDoubt(ModelField field, String id) {
    return here.live(field.kind()).stream()
        .filter(record -> record.crmId().map(Object::toString).orElse(id).equals(id))
        .anyMatch(
            record ->
                record.sync().push() instanceof Push.InFlight call
                    && call.values().mentions(sides.name(field)));
  }

  private boolean isLinked(ModelKind kind, String id) {
    return linkedTo(kind, id).findAny().isPresent();
  }

  private Stream<? extends Mirrored<?, ?, ?>> linkedTo(ModelKind kind, String id) {
    return here.live(kind).stream()
        .filter(record -> record.crmId().map(Object::toString).filter(id::equals).isPresent());
  }

  private void deleteThere(ModelKind kind, int which) {
    one(List.copyOf(there.records(kind).keySet()), which)
        .filter(id -> isSettled(kind, id))
        .filter(id -> kind != ModelKind.CONTACT || (isAloneThere(id) && isAloneHere(id)))
        .filter(id -> there.delete(kind, id))
        .ifPresent(
            id -> {
              tales.deleted(Side.THERE, kind, id);
              story.accept("  deleted there " + id);
            });
  }

  private boolean isAloneHere(String contactId) {
    return here.contactOf(contactId).map(contact -> isAlone(idOf(contact))).orElse(true);
  }

  private void createTwins(Hands at, int value) {
    String address = newAddress();
    madeThere(ModelKind.CONTACT, personThere(address, value + 1));
    make(at, ModelKind.CONTACT, Optional.empty(), newContact(address, value));
  }

  // ---- values

  private String newAddress() {
    addresses++;
    return "p" + addresses + "@model.example";
  }

  private String resolved(String symbol) {
    return symbol.equals("{new}") ? newAddress() : sides.resolved(symbol);
  }

  private static <T> Optional<T> one(List<T> all, int which) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
  }
}
