package com.lpai.adapter.ghl.contact;

import static com.lpai.adapter.ghl.client.RestClients.absentIfEmpty;

import com.lpai.adapter.ghl.call.Call;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlContactsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's contacts over HTTP (ghl-facts.md 3.1). */
public final class GhlContacts implements CrmContacts {
  private static final String RECORD = "contact";
  private static final Operation SEARCH = operation("POST", "/contacts/search", Effect.READ);
  private static final Operation DUPLICATE =
      operation("GET", "/contacts/search/duplicate", Effect.READ);
  private static final Operation FIND = operation("GET", "/contacts/{contactId}", Effect.READ);
  private static final Operation CREATE = operation("POST", "/contacts/", Effect.CREATE);
  private static final Operation UPDATE = operation("PUT", "/contacts/{contactId}", Effect.CHANGE);
  private static final Operation DELETE =
      operation("DELETE", "/contacts/{contactId}", Effect.CHANGE);
  private static final Operation ADD_TAGS =
      operation("POST", "/contacts/{contactId}/tags", Effect.CHANGE);
  private static final Operation REMOVE_TAGS =
      operation("DELETE", "/contacts/{contactId}/tags", Effect.CHANGE);

  /** More are refused (ghl-facts.md 3.1). */
  private static final int LARGEST_PAGE = 500;

  private final GhlContactsClient client;
  private final GhlCalls<LocationId> calls;
  private final int largestPage;

  /**
   * GoHighLevel's contacts.
   *
   * @param largestPage contacts per search at most, whatever a caller asks for
   */
  public GhlContacts(GhlContactsClient client, GhlCalls<LocationId> calls, int largestPage) {
    this.client = client;
    this.calls = calls;
    this.largestPage = Math.min(LARGEST_PAGE, largestPage);
  }

  @Override
  public CrmResult<CrmPage<CrmRecord<GhlContactId>>> page(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority) {
    int limit = Math.clamp(size, 1, largestPage);
    String body = searchBody(locationId, cursor, limit, changedSince).toString();
    return calls.call(
        locationId,
        priority,
        SEARCH,
        token -> client.search(token, body),
        answer -> readPage(answer, locationId, cursor, limit));
  }

  /** Oldest first, so that what is added or changed meanwhile comes at the end (trap 48). */
  private static JsonObject searchBody(
      LocationId locationId, String cursor, int limit, Instant changedSince) {
    boolean changesOnly = changedSince.isAfter(Instant.EPOCH);
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("locationId", locationId.value())
            .add("pageLimit", limit)
            .add(
                "sort",
                list(
                    Json.createObjectBuilder()
                        .add("field", changesOnly ? "dateUpdated" : "dateAdded")
                        .add("direction", "asc")));
    if (changesOnly) {
      body.add(
          "filters",
          list(
              Json.createObjectBuilder()
                  .add("field", "dateUpdated")
                  .add("operator", "range")
                  .add(
                      "value",
                      Json.createObjectBuilder().add("gte", changedSince.toEpochMilli()))));
    }
    Optional<JsonValue> after = cursor.isEmpty() ? Optional.empty() : JsonReads.value(cursor);
    if (after.isPresent()) {
      body.add("searchAfter", after.get());
    } else {
      body.add("page", 1);
    }
    return body.build();
  }

  private static JsonArrayBuilder list(JsonObjectBuilder only) {
    return Json.createArrayBuilder().add(only);
  }

  private static Optional<CrmPage<CrmRecord<GhlContactId>>> readPage(
      GhlAnswer answer, LocationId locationId, String cursor, int limit) {
    if (!(answer.body().get("contacts") instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> items = JsonReads.objects(answer.body(), "contacts");
    // A short page is not the end: GoHighLevel may give fewer than it was asked for.
    String after = items.isEmpty() ? "" : cursorAfter(items.getLast());
    String next = after.equals(cursor) ? "" : after;
    if (next.isEmpty() && items.size() >= limit) {
      // Without a cursor that moves, the rest of the contacts cannot be reached.
      return Optional.empty();
    }
    List<CrmRecord<GhlContactId>> contacts = new ArrayList<>();
    for (JsonObject item : items) {
      if (isOf(locationId, item)) {
        ContactReader.read(item, ContactForm.SEARCH_ITEM).ifPresent(contacts::add);
      }
    }
    long total = JsonReads.whole(answer.body(), "total").orElse(-1L);
    return Optional.of(new CrmPage<>(contacts, next, total));
  }

  private static String cursorAfter(JsonObject item) {
    JsonArray after = JsonReads.list(item, "searchAfter");
    return after.isEmpty() ? "" : after.toString();
  }

  @Override
  public CrmResult<CrmRecord<GhlContactId>> find(
      LocationId locationId, GhlContactId id, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.find(token, id.value()),
        answer ->
            contactOf(answer)
                .filter(contact -> isOf(locationId, contact))
                .flatMap(contact -> ContactReader.read(contact, ContactForm.DETAIL)));
  }

  @Override
  public CrmResult<GhlContactId> create(LocationId locationId, FieldChanges values) {
    String body = ContactPayload.create(locationId, values).toString();
    return calls.call(
        locationId,
        CallPriority.USER,
        CREATE,
        token -> client.create(token, body),
        answer ->
            contactOf(answer)
                .flatMap(contact -> ContactReader.read(contact, ContactForm.PARTIAL))
                .map(CrmRecord::id));
  }

  @Override
  public CrmResult<GhlContactId> update(
      LocationId locationId, GhlContactId id, FieldChanges values) {
    JsonObject body = ContactPayload.update(values);
    List<String> untaken = untaken(values);
    if (body.isEmpty() || !untaken.isEmpty()) {
      return CrmResult.failed(nothingSent(untaken));
    }
    return change(
        locationId, id, UPDATE, token -> client.update(token, id.value(), body.toString()));
  }

  /** Fields that an update of GoHighLevel does not know. */
  private static List<String> untaken(FieldChanges values) {
    return values.values().keySet().stream()
        .map(FieldName::value)
        .filter(
            name ->
                ContactField.TABLE
                    .named(name)
                    .filter(field -> field.access() != FieldAccess.WRITABLE)
                    .isPresent())
        .toList();
  }

  /** Said instead of sending a part, or nothing, which would only look like a success. */
  private static CrmFailure nothingSent(List<String> untaken) {
    return new CrmFailure.Rejected(
        untaken, "GoHighLevel takes no " + untaken + " in an update; nothing was sent.");
  }

  @Override
  public CrmResult<GhlContactId> addTags(
      LocationId locationId, GhlContactId id, List<String> tags) {
    String body = ContactPayload.tags(tags).toString();
    return change(locationId, id, ADD_TAGS, token -> client.addTags(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlContactId> removeTags(
      LocationId locationId, GhlContactId id, List<String> tags) {
    String body = ContactPayload.tags(tags).toString();
    return change(locationId, id, REMOVE_TAGS, token -> client.removeTags(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlContactId> delete(LocationId locationId, GhlContactId id) {
    return change(locationId, id, DELETE, token -> client.delete(token, id.value()));
  }

  /** The status decides; success flags are spelt in many ways (ghl-facts.md 1). */
  private CrmResult<GhlContactId> change(
      LocationId locationId, GhlContactId id, Operation operation, Call.Request request) {
    return calls.call(
        locationId,
        CallPriority.USER,
        operation,
        request,
        answer ->
            answer.json().isPresent() || answer.size() == 0 ? Optional.of(id) : Optional.empty());
  }

  @Override
  public CrmResult<List<CrmRecord<GhlContactId>>> lookUp(
      LocationId locationId, String email, String phone) {
    if (email.isEmpty() && phone.isEmpty()) {
      throw new IllegalArgumentException("a look-up needs an e-mail address or a phone number");
    }
    return calls.call(
        locationId,
        CallPriority.USER,
        DUPLICATE,
        token ->
            client.duplicate(token, locationId.value(), absentIfEmpty(email), absentIfEmpty(phone)),
        answer -> readFound(answer, locationId));
  }

  private static Optional<List<CrmRecord<GhlContactId>>> readFound(
      GhlAnswer answer, LocationId locationId) {
    if (answer.json().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        contactOf(answer)
            .filter(contact -> isOf(locationId, contact))
            .flatMap(contact -> ContactReader.read(contact, ContactForm.PARTIAL))
            .stream()
            .toList());
  }

  private static Optional<JsonObject> contactOf(GhlAnswer answer) {
    return Optional.of(JsonReads.child(answer.body(), "contact"))
        .filter(contact -> !contact.isEmpty());
  }

  /** A contact of another location is never taken for one of this. */
  private static boolean isOf(LocationId locationId, JsonObject contact) {
    String named = JsonReads.text(contact, "locationId");
    return named.isEmpty() || named.equals(locationId.value());
  }

  private static Operation operation(String method, String path, Effect effect) {
    String scope = effect == Effect.READ ? "contacts.readonly" : "contacts.write";
    return new Operation(method, path, effect, RECORD, scope);
  }
}
