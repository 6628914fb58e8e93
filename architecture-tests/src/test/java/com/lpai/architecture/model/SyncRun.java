package com.lpai.architecture.model;

import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.edit.EditOutcome;
import com.lpai.architecture.model.Tales.Side;
import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: a connected location, steps, and then quiet. Both sides and what persons did on either
 * are left to be judged.
 */
final class SyncRun implements AutoCloseable {
  static final LocationId LOCATION = new LocationId(Ghl.LOCATION);
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
  private static final int ROUNDS = 60;
  private static final int PAGE = 200;

  /** Webhooks that arrived are kept for coming again. */
  private static final int KEPT = 50;

  final Stores stores = new Stores();
  final Ghl ghl;
  final Tales tales = new Tales();
  private final Random chance;
  private final Duration skew;
  private final Function<Request, Answer> answers;
  private final Map<String, String> words = new HashMap<>();
  private final List<String> arrived = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private Server server;
  private Server other;
  private int tokens;
  private int addresses;

  private SyncRun(long seed, int contacts, boolean noting) {
    chance = new Random(seed);
    skew = Duration.ofSeconds(chance.nextInt(241) - 120L);
    ghl = new Ghl(Math.floorMod(seed, 1000), START, contacts);
    answers = noting ? this::noted : ghl.sandbox::answer;
    InProcessGhl.leadTo(ghl.sandbox, answers);
    server = process();
    other = process();
    install();
  }

  /** A small location that is connected and copied. */
  static SyncRun of(long seed) {
    return new SyncRun(seed, 2, true);
  }

  /** One with more contacts, whose calls are not looked at one by one. */
  static SyncRun ofMany(int contacts) {
    return new SyncRun(0, contacts, false);
  }

  private Server process() {
    return new Server(
        stores,
        "instance" + tokens++,
        () -> ghl.sandbox.clock().instant().plus(skew),
        () -> "token" + tokens++,
        chance::nextDouble,
        ghl.sandbox::advanceClock);
  }

  private void install() {
    Secret code = new Secret(ghl.sandbox.newAuthorizationCode(Ghl.LOCATION));
    InstallAppUseCase.Outcome outcome = server.connecting.installing().complete(code, "", "");
    if (!(outcome instanceof InstallAppUseCase.Outcome.Installed)) {
      throw new AssertionError("not installed: " + outcome);
    }
    for (int round = 0; round < 5; round++) {
      hear(Step.Arrival.ALL);
      server.doChores();
      server.runSetup();
      advance(Duration.ofMinutes(3));
    }
    requireCopied();
    for (ModelKind kind : ModelKind.values()) {
      ghl.records(kind).keySet().forEach(id -> tales.made(Side.THERE, kind, id));
    }
    words.put("size", ghl.textFieldOfContacts());
    JsonObject pipeline = ghl.records("pipelines").values().iterator().next();
    words.put("pipeline", pipeline.getString("id"));
    for (int stage = 0; stage < 2; stage++) {
      words.put(
          "stage" + stage, pipeline.getJsonArray("stages").getJsonObject(stage).getString("id"));
    }
    words.put("calendar", ghl.records("calendars").keySet().iterator().next());
  }

  private void requireCopied() {
    var setup = stores.locations.find(LOCATION).orElseThrow().setup();
    if (setup.isAtWork()) {
      throw new AssertionError("the setup does not come to its end: " + setup);
    }
  }

  // ---- steps

  void take(List<Step> steps) {
    for (Step step : steps) {
      advance(Duration.ofSeconds(1));
      story.add(step.toString());
      try {
        take(server, step);
      } catch (Crash crash) {
        story.add("  died");
        server = process();
      }
    }
  }

  private void take(Server at, Step step) {
    switch (step) {
      case Step.CreateHere(ModelKind kind, int contact, int value) ->
          createHere(at, kind, contact, value);
      case Step.EditHere(int which, ModelField field, int value) ->
          editHere(at, which, field, field.value(value));
      case Step.DeleteHere(ModelKind kind, int which) -> deleteHere(at, kind, which);
      case Step.RetryHere(ModelKind kind, int which) ->
          one(live(kind), which).ifPresent(record -> retry(at, kind, record));
      case Step.CreateThere(ModelKind kind, int contact, int value) ->
          createThere(kind, contact, value);
      case Step.EditThere(int which, ModelField field, int value) ->
          editThere(which, field, field.value(value));
      case Step.DeleteThere(ModelKind kind, int which) -> deleteThere(kind, which);
      case Step.CreateTwins(int value) -> createTwins(at, value);
      case Step.Push push -> at.push();
      case Step.Hear(Step.Arrival arrival) -> hear(at, arrival);
      case Step.Apply apply -> at.processWebhooks();
      case Step.Lose(int count) -> lose(count);
      case Step.Trouble(Step.Fault fault, int times) -> InProcessGhl.trouble(fault.json(), times);
      case Step.ExpireTokens expire ->
          ghl.sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
      case Step.Wait(Duration time) -> advance(time);
      case Step.CrashAt(int call, Outside.Moment moment) -> at.outside.planCrash(call, moment);
      case Step.Meanwhile(int call, Outside.Moment moment, Step meanwhile) ->
          at.outside.plan(call, moment, () -> meanwhile(meanwhile));
      case Step.Copy copy -> {
        at.setup.request(LOCATION, false);
        at.runSetup();
      }
    }
  }

  private void meanwhile(Step step) {
    story.add("  meanwhile");
    other.whileOthersCall(() -> take(other, step));
  }

  /** Calls of ours that the sandbox got since they were counted last. */
  Map<String, Integer> callsSince() {
    Map<String, Integer> calls = new HashMap<>();
    ghl.sandbox
        .control("GET", "/sandbox/calls?actor=app", "")
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .forEach(
            call ->
                calls.merge(
                    call.getString("method") + " " + call.getInt("status"),
                    call.getInt("count"),
                    Integer::sum));
    ghl.sandbox.clearCalls();
    return calls;
  }

  void advance(Duration time) {
    ghl.sandbox.advanceClock(time);
  }

  // ---- persons here

  private void createHere(Server at, ModelKind kind, int contact, int value) {
    String key = newAddress();
    switch (kind) {
      case CONTACT ->
          make(
              at,
              kind,
              () -> at.contacts.create(LOCATION, newContact(key, value), MirrorFixture.SOMEBODY));
      case PROJECT ->
          one(live(ModelKind.CONTACT), contact)
              .ifPresent(
                  about ->
                      make(
                          at,
                          kind,
                          () ->
                              at.projects.create(
                                  LOCATION, of(about), deal(key), MirrorFixture.SOMEBODY)));
      case APPOINTMENT ->
          one(live(ModelKind.CONTACT), contact)
              .ifPresent(
                  about ->
                      make(
                          at,
                          kind,
                          () ->
                              at.appointments.create(
                                  LOCATION, of(about), visit(key), MirrorFixture.SOMEBODY)));
    }
  }

  /** Where the process dies, what is stored tells what was done. */
  private void make(
      Server at, ModelKind kind, Supplier<EditOutcome<? extends Mirrored<?, ?, ?>>> create) {
    Set<String> before = idsHere(kind);
    try {
      at.outside.undisturbed(
          () -> {
            if (create.get() instanceof EditOutcome.Refused<?> refused) {
              throw new AssertionError(refused.toString());
            }
          });
    } finally {
      for (Mirrored<?, ?, ?> record : live(kind)) {
        if (!before.contains(record.id().toString())) {
          made(kind, record);
        }
      }
    }
  }

  private Set<String> idsHere(ModelKind kind) {
    return live(kind).stream().map(record -> record.id().toString()).collect(Collectors.toSet());
  }

  private FieldChanges newContact(String address, int value) {
    return FieldChanges.of(
            FieldName.of("firstName"), FieldValue.text(ModelField.FIRST_NAME.value(value)))
        .with(FieldName.of("email"), FieldValue.text(address));
  }

  private FieldChanges deal(String title) {
    return FieldChanges.of(FieldName.of("title"), FieldValue.text(title))
        .with(FieldName.of("pipelineId"), FieldValue.text(word("pipeline")));
  }

  private FieldChanges visit(String title) {
    Instant start = hour(addresses + 3);
    return FieldChanges.of(FieldName.of("title"), FieldValue.text(title))
        .with(FieldName.of("calendarId"), FieldValue.text(word("calendar")))
        .with(FieldName.of("start"), new FieldValue.Moment(start))
        .with(FieldName.of("end"), new FieldValue.Moment(start.plus(Ghl.HOUR)));
  }

  private static ContactReference of(Mirrored<?, ?, ?> contact) {
    return new ContactReference.Resolved((ContactId) contact.id());
  }

  private void made(ModelKind kind, Mirrored<?, ?, ?> record) {
    String id = record.id().toString();
    tales.made(Side.HERE, kind, id);
    for (ModelField field : ModelField.of(kind)) {
      String value = valueHere(record, field);
      if (!value.isEmpty() && isChosen(field)) {
        tales.edited(Side.HERE, kind, id, field.name(), value, "");
      }
    }
    story.add("  made here " + id);
  }

  private void editHere(Server at, int which, ModelField field, String symbol) {
    Optional<? extends Mirrored<?, ?, ?>> found = one(live(field.kind()), which);
    if (found.isEmpty()) {
      return;
    }
    Mirrored<?, ?, ?> record = found.get();
    String value = resolved(symbol);
    String before = valueHere(record, field);
    FieldChanges changes = FieldChanges.of(name(field), ours(field, value));
    if (field == ModelField.START) {
      Instant start = Instant.parse(value);
      changes = changes.with(FieldName.of("end"), new FieldValue.Moment(start.plus(Ghl.HOUR)));
    }
    FieldChanges wanted = changes;
    try {
      at.outside.undisturbed(() -> edit(at, field.kind(), record, wanted));
    } finally {
      String after =
          find(field.kind(), record.id().toString())
              .map(present -> valueHere(present, field))
              .orElse(before);
      if (!before.equals(after)) {
        tales.edited(Side.HERE, field.kind(), record.id().toString(), field.name(), after, before);
        story.add("  here " + record.id() + " " + field + ": " + before + " -> " + after);
      }
    }
  }

  private void edit(Server at, ModelKind kind, Mirrored<?, ?, ?> record, FieldChanges changes) {
    EditOutcome<? extends Mirrored<?, ?, ?>> outcome =
        switch (kind) {
          case CONTACT ->
              at.contacts.edit(
                  LOCATION,
                  (ContactId) record.id(),
                  changes,
                  OptionalLong.empty(),
                  MirrorFixture.SOMEBODY);
          case PROJECT ->
              at.projects.edit(
                  LOCATION,
                  (ProjectId) record.id(),
                  ContactReference.none(),
                  changes,
                  OptionalLong.empty(),
                  MirrorFixture.SOMEBODY);
          case APPOINTMENT ->
              at.appointments.edit(
                  LOCATION,
                  (AppointmentId) record.id(),
                  ContactReference.none(),
                  changes,
                  OptionalLong.empty(),
                  MirrorFixture.SOMEBODY);
        };
    if (!(outcome instanceof EditOutcome.Stored<?>)) {
      throw new AssertionError("refused: " + outcome);
    }
  }

  private void deleteHere(Server at, ModelKind kind, int which) {
    one(live(kind), which)
        .filter(record -> kind != ModelKind.CONTACT || isAlone((ContactId) record.id()))
        .ifPresent(record -> delete(at, kind, record));
  }

  /** Nothing is about it, on either side: what becomes of that is another question. */
  private boolean isAlone(ContactId contact) {
    boolean hasRecords =
        Stream.concat(live(ModelKind.PROJECT).stream(), live(ModelKind.APPOINTMENT).stream())
            .map(record -> (AboutContact<?, ?, ?>) record)
            .anyMatch(record -> record.contact().contactId().equals(Optional.of(contact)));
    return !hasRecords
        && stores
            .contacts
            .find(LOCATION, contact)
            .flatMap(Mirrored::crmId)
            .map(id -> isAloneThere(id.value()))
            .orElse(true);
  }

  private boolean isAloneThere(String contactId) {
    return Stream.of(ModelKind.PROJECT, ModelKind.APPOINTMENT)
        .flatMap(kind -> ghl.records(kind).values().stream())
        .noneMatch(record -> record.getString("contactId", "").equals(contactId));
  }

  private void delete(Server at, ModelKind kind, Mirrored<?, ?, ?> record) {
    String id = record.id().toString();
    try {
      at.outside.undisturbed(() -> deleted(at, kind, record));
    } finally {
      if (find(kind, id).filter(Mirrored::isLive).isEmpty()) {
        tales.deleted(Side.HERE, kind, id);
        story.add("  deleted here " + id);
      }
    }
  }

  private static void deleted(Server at, ModelKind kind, Mirrored<?, ?, ?> record) {
    switch (kind) {
      case CONTACT -> at.contacts.delete(LOCATION, (ContactId) record.id(), OptionalLong.empty());
      case PROJECT -> at.projects.delete(LOCATION, (ProjectId) record.id(), OptionalLong.empty());
      case APPOINTMENT ->
          at.appointments.delete(LOCATION, (AppointmentId) record.id(), OptionalLong.empty());
    }
  }

  private void retry(Server at, ModelKind kind, Mirrored<?, ?, ?> record) {
    switch (kind) {
      case CONTACT -> at.contacts.retry(LOCATION, (ContactId) record.id());
      case PROJECT -> at.projects.retry(LOCATION, (ProjectId) record.id());
      case APPOINTMENT -> at.appointments.retry(LOCATION, (AppointmentId) record.id());
    }
  }

  // ---- persons there

  private void createThere(ModelKind kind, int contact, int value) {
    String key = newAddress();
    switch (kind) {
      case CONTACT -> madeThere(kind, personThere(key, value));
      case PROJECT ->
          one(List.copyOf(ghl.records(ModelKind.CONTACT).keySet()), contact)
              .ifPresent(about -> madeThere(kind, dealThere(key, about)));
      case APPOINTMENT ->
          one(List.copyOf(ghl.records(ModelKind.CONTACT).keySet()), contact)
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
        .add("pipelineId", word("pipeline"))
        .add("contactId", contact);
  }

  private JsonObjectBuilder visitThere(String title, String contact) {
    return Ghl.times(hour(addresses + 3))
        .add("title", title)
        .add("calendarId", word("calendar"))
        .add("contactId", contact);
  }

  private void madeThere(ModelKind kind, JsonObjectBuilder body) {
    Optional<String> made = ghl.create(kind, body);
    made.ifPresent(
        id -> {
          tales.made(Side.THERE, kind, id);
          JsonObject record = ghl.records(kind).get(id);
          for (ModelField field : ModelField.of(kind)) {
            String value = ghl.value(field, ourName(field), record);
            if (!value.isEmpty() && isChosen(field)) {
              tales.edited(Side.THERE, kind, id, field.name(), value, "");
            }
          }
          story.add("  made there " + id);
        });
  }

  /** What a person says when making a record in the model. */
  private static boolean isChosen(ModelField field) {
    return field == ModelField.FIRST_NAME
        || field == ModelField.EMAIL
        || field == ModelField.TITLE
        || field == ModelField.SUBJECT
        || field == ModelField.START;
  }

  private void editThere(int which, ModelField field, String symbol) {
    Map<String, JsonObject> records = ghl.records(field.kind());
    one(List.copyOf(records.keySet()), which)
        .filter(id -> !field.identifies() || isSettled(field.kind(), id))
        .ifPresent(
            id -> {
              String value = resolved(symbol);
              String before = ghl.value(field, ourName(field), records.get(id));
              if (!before.equals(value) && ghl.edit(field, ourName(field), id, value)) {
                tales.edited(Side.THERE, field.kind(), id, field.name(), value, before);
                if (isLinked(field.kind(), id)) {
                  tales.knownHere(field.kind(), id);
                }
                if (isInDoubt(field, id)) {
                  tales.duringDoubt(field.kind(), id);
                }
                story.add("  there " + id + " " + field + ": " + before + " -> " + value);
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
    return live(field.kind()).stream()
        .filter(record -> record.crmId().map(Object::toString).orElse(id).equals(id))
        .anyMatch(
            record ->
                record.sync().push() instanceof Push.InFlight call
                    && call.values().mentions(name(field)));
  }

  private boolean isLinked(ModelKind kind, String id) {
    return linkedTo(kind, id).findAny().isPresent();
  }

  private Stream<? extends Mirrored<?, ?, ?>> linkedTo(ModelKind kind, String id) {
    return live(kind).stream()
        .filter(record -> record.crmId().map(Object::toString).filter(id::equals).isPresent());
  }

  private void deleteThere(ModelKind kind, int which) {
    one(List.copyOf(ghl.records(kind).keySet()), which)
        .filter(id -> isSettled(kind, id))
        .filter(id -> kind != ModelKind.CONTACT || (isAloneThere(id) && isAloneHere(id)))
        .filter(id -> ghl.delete(kind, id))
        .ifPresent(
            id -> {
              tales.deleted(Side.THERE, kind, id);
              story.add("  deleted there " + id);
            });
  }

  private boolean isAloneHere(String contactId) {
    return stores
        .contacts
        .findByCrmId(LOCATION, new GhlContactId(contactId))
        .map(contact -> isAlone(contact.id()))
        .orElse(true);
  }

  private void createTwins(Server at, int value) {
    String address = newAddress();
    madeThere(ModelKind.CONTACT, personThere(address, value + 1));
    make(
        at,
        ModelKind.CONTACT,
        () -> at.contacts.create(LOCATION, newContact(address, value), MirrorFixture.SOMEBODY));
  }

  // ---- calls of ours

  /** Notes what a call of ours read of a record there, and whose values it wrote over. */
  private Answer noted(Request request) {
    Optional<ModelKind> kind = about(request.path());
    if (kind.isEmpty() || request.path().contains("/search")) {
      return ghl.sandbox.answer(request);
    }
    List<String> path = List.of(request.path().split("/", -1));
    if (request.method().equals("GET")) {
      Answer answer = ghl.sandbox.answer(request);
      if (answer instanceof Answer.Reply reply && reply.status() == 200) {
        tales.shown(kind.get(), path.getLast());
      }
      return answer;
    }
    Map<String, JsonObject> before = ghl.records(kind.get());
    Answer answer = ghl.sandbox.answer(request);
    Map<String, JsonObject> after = ghl.records(kind.get());
    path.stream()
        .filter(id -> before.containsKey(id) && after.containsKey(id))
        .forEach(id -> overwritten(kind.get(), id, before.get(id), after.get(id)));
    after.keySet().stream()
        .filter(id -> !before.containsKey(id))
        .forEach(id -> madeByUs(kind.get(), id, after.get(id)));
    return answer;
  }

  private static Optional<ModelKind> about(String path) {
    return Stream.of(ModelKind.values())
        .filter(kind -> (path + "/").startsWith(kind.path()))
        .findFirst();
  }

  private void madeByUs(ModelKind kind, String id, JsonObject record) {
    for (ModelField field : ModelField.of(kind)) {
      tales.chosenThere(kind, id, field.name(), valueThere(record, field));
    }
  }

  private void overwritten(ModelKind kind, String id, JsonObject before, JsonObject after) {
    for (ModelField field : ModelField.of(kind)) {
      String value = valueThere(before, field);
      if (!value.equals(valueThere(after, field))) {
        tales.overwritten(kind, id, field.name(), value);
      }
    }
  }

  // ---- webhooks

  private void hear(Step.Arrival arrival) {
    hear(server, arrival);
  }

  private void hear(Server at, Step.Arrival arrival) {
    List<String> underWay = ghl.webhooks();
    switch (arrival) {
      case OLDEST -> {
        if (!underWay.isEmpty()) {
          receive(at, underWay.getFirst());
        }
      }
      case ALL -> List.copyOf(underWay).forEach(body -> receive(at, body));
      case REVERSED -> List.copyOf(underWay).reversed().forEach(body -> receive(at, body));
      case ALL_TWICE ->
          List.copyOf(underWay)
              .forEach(
                  body -> {
                    receive(at, body);
                    at.receive(body);
                  });
      case OLD_ONE_AGAIN -> one(arrived, chance.nextInt(KEPT)).ifPresent(at::receive);
    }
    at.processWebhooks();
  }

  /** One that was not taken in comes again: it stays under way. */
  private void receive(Server at, String body) {
    at.receive(body);
    ghl.webhooks().remove(body);
    arrived.add(body);
    if (arrived.size() > KEPT) {
      arrived.removeFirst();
    }
  }

  private void lose(int count) {
    List<String> underWay = ghl.webhooks();
    underWay.subList(0, Math.min(count, underWay.size())).clear();
  }

  // ---- quiet

  /**
   * Nothing goes wrong any more, time passes, and all that is due is done, until nothing is left;
   * persons try again what failed, and do as they are told where that does not help. At last
   * everything is compared, since a lost webhook is noticed by nothing else.
   */
  void calmDown() {
    server.outside.forgetPlan();
    other.outside.forgetPlan();
    InProcessGhl.leadTo(ghl.sandbox, answers);
    settle();
    copyAll();
    settle();
  }

  private void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      advance(round < 5 ? Duration.ofMinutes(1) : Duration.ofMinutes(16));
      server.doChores();
      hear(Step.Arrival.ALL);
      server.push();
      server.runSetup();
      if (isQuiet()) {
        return;
      }
      if (round % 4 == 3) {
        goOnAsPerson(round > ROUNDS / 2);
      }
    }
    throw new AssertionError("it does not come to rest: " + restless());
  }

  private boolean isQuiet() {
    return ghl.webhooks().isEmpty() && restless().isEmpty();
  }

  private List<String> restless() {
    List<String> found = new ArrayList<>();
    for (ModelKind kind : ModelKind.values()) {
      for (Mirrored<?, ?, ?> record : live(kind)) {
        if (record.sync().phase() != SyncPhase.SYNCED) {
          found.add(record + " " + record.sync().problem());
        }
      }
    }
    long due =
        stores.contacts.countDue(LOCATION, FAR)
            + stores.projects.countDue(LOCATION, FAR)
            + stores.appointments.countDue(LOCATION, FAR);
    if (due > 0) {
      found.add(due + " to be pushed");
    }
    Map<WebhookStatus, Long> depth = stores.queue.depth();
    long open = depth.getOrDefault(WebhookStatus.PENDING, 0L);
    if (open > 0) {
      found.add(open + " events open");
    }
    if (stores.locations.find(LOCATION).orElseThrow().setup().isAtWork()) {
      found.add("setup");
    }
    return found;
  }

  /**
   * Whoever is shown a failed record tries again; one that is to be checked, or is about a contact
   * that GoHighLevel says it does not have, is deleted here at last. Where the answer with the new
   * tokens died with the process that asked, a person installs again.
   */
  private void goOnAsPerson(boolean hasTriedOften) {
    boolean isRefused =
        stores
            .connections
            .find(LOCATION)
            .filter(connection -> connection.state() instanceof ConnectionState.NeedsReauth)
            .isPresent();
    if (isRefused) {
      story.add("  installed again");
      install();
    }
    for (ModelKind kind : ModelKind.values()) {
      for (Mirrored<?, ?, ?> record : live(kind)) {
        if (record.sync().phase() != SyncPhase.FAILED) {
          continue;
        }
        story.add("  failed " + record.id() + ": " + record.sync().problem());
        String problem = record.sync().problem();
        boolean isToBeDeleted =
            hasTriedOften
                && Stream.of("Please check", "Choose another one", "\"The contact ")
                    .anyMatch(problem::contains);
        if (isToBeDeleted) {
          tales.givenUp(kind);
          delete(server, kind, record);
        } else {
          retry(server, kind, record);
        }
      }
    }
  }

  private void copyAll() {
    server.setup.request(LOCATION, true);
    for (int round = 0; round < 5; round++) {
      server.runSetup();
      advance(Duration.ofMinutes(2));
    }
    requireCopied();
  }

  // ---- values

  private String newAddress() {
    addresses++;
    return "p" + addresses + "@model.example";
  }

  private String resolved(String symbol) {
    if (symbol.equals("{new}")) {
      return newAddress();
    }
    if (symbol.startsWith("{hour")) {
      return hour(symbol.charAt(5) - '0').toString();
    }
    return symbol.startsWith("{") ? word(symbol.substring(1, symbol.length() - 1)) : symbol;
  }

  private String word(String name) {
    return Optional.ofNullable(words.get(name)).orElseThrow();
  }

  private static Instant hour(int number) {
    return Instant.parse("2026-11-24T00:00:00Z").plus(Duration.ofHours(number));
  }

  private String ourName(ModelField field) {
    return field.ours().replace("{size}", word("size"));
  }

  FieldName name(ModelField field) {
    return FieldName.of(ourName(field));
  }

  private static FieldValue ours(ModelField field, String value) {
    return switch (field) {
      case DND -> new FieldValue.Flag(value.equals("true"));
      case VIP, OLD -> value.isEmpty() ? FieldValue.cleared() : new FieldValue.Flag(true);
      case VALUE -> new FieldValue.Amount(new BigDecimal(value));
      case START -> new FieldValue.Moment(Instant.parse(value));
      default -> FieldValue.text(value);
    };
  }

  String valueHere(Mirrored<?, ?, ?> record, ModelField field) {
    return shown(record.fields().get(name(field)));
  }

  String valueThere(JsonObject record, ModelField field) {
    return ghl.value(field, ourName(field), record);
  }

  /** A value as the model writes it. */
  static String shown(FieldValue value) {
    return switch (value) {
      case FieldValue.Cleared cleared -> "";
      case FieldValue.Text(String text) -> text;
      case FieldValue.Flag(boolean flag) -> String.valueOf(flag);
      case FieldValue.Amount(BigDecimal amount) -> Ghl.plain(amount);
      case FieldValue.Moment(Instant at) -> at.toString();
      case FieldValue.Day(var day) -> day.toString();
      case FieldValue.Texts(List<String> texts) -> texts.toString();
      case FieldValue.Structure(String json) -> json;
    };
  }

  // ---- records

  List<? extends Mirrored<?, ?, ?>> live(ModelKind kind) {
    return switch (kind) {
      case CONTACT -> all(cursor -> stores.contacts.list(LOCATION, ContactQuery.all(PAGE, cursor)));
      case PROJECT -> all(cursor -> stores.projects.list(LOCATION, ProjectQuery.all(PAGE, cursor)));
      case APPOINTMENT ->
          all(
              cursor ->
                  stores.appointments.list(
                      LOCATION, AppointmentQuery.between(Instant.EPOCH, FAR, PAGE, cursor)));
    };
  }

  private static <R> List<R> all(Function<String, Page<R>> list) {
    List<R> all = new ArrayList<>();
    String cursor = "";
    do {
      Page<R> page = list.apply(cursor);
      all.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return all;
  }

  /** Also one that was deleted. */
  Optional<? extends Mirrored<?, ?, ?>> find(ModelKind kind, String id) {
    return switch (kind) {
      case CONTACT -> stores.contacts.find(LOCATION, new ContactId(id));
      case PROJECT -> stores.projects.find(LOCATION, new ProjectId(id));
      case APPOINTMENT -> stores.appointments.find(LOCATION, new AppointmentId(id));
    };
  }

  private static <T> Optional<T> one(List<T> all, int which) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
  }

  /** What happened, a line each. */
  String story() {
    return String.join("\n", story);
  }

  @Override
  public void close() {
    ghl.close();
  }
}
